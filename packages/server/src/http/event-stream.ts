import type { Heard } from '../store/events.ts'

/** Without a word for longer, proxies and browsers take a connection for dead. */
const HEARTBEAT_MS = 20_000
/** Who reads so slowly that more are waiting is told to look anew instead. */
const MOST_WAITING = 500
const RETRY_MS = 2_000

export interface StreamParts {
  /** Begins to listen; answers what ends it. */
  subscribe: (listener: (heard: Heard) => void) => Promise<() => void>
  /** What of a change is told; `undefined`: nothing. Throws when the stream must end. */
  tell: (heard: Exclude<Heard, { missed: true }>) => Promise<object | undefined>
  /** Is the one who listens still let in? Asked with every heartbeat. */
  still: () => Promise<boolean>
  signal: AbortSignal
  /** The client was here before: what happened in between is not kept, so it must look at everything. */
  returns: boolean
  heartbeatMs?: number
}

/**
 * Server-sent events: `ready` first, `change` for each change, `missed` when something may have got lost. Ids are the moments of sending; a client
 * that comes back with one is told `missed`.
 */
export async function* eventStream({
  subscribe,
  tell,
  still,
  signal,
  returns,
  heartbeatMs = HEARTBEAT_MS,
}: StreamParts): AsyncGenerator<string> {
  const waiting: Heard[] = []
  let wake: (() => void) | undefined
  const push = (heard: Heard): void => {
    if (waiting.length >= MOST_WAITING) waiting.splice(0, waiting.length, { missed: true })
    else waiting.push(heard)
    wake?.()
  }
  const onAbort = (): void => wake?.()
  const end = await subscribe(push)
  signal.addEventListener('abort', onAbort)
  try {
    // Only now: what changes after this line is heard.
    yield `retry: ${RETRY_MS}\n${frame('ready', {})}${returns ? frame('missed', {}) : ''}`
    while (!signal.aborted) {
      const heard = waiting.shift()
      if (heard === undefined) {
        const quiet = await quietFor(
          heartbeatMs,
          (resolve) => (wake = resolve),
          () => waiting.length > 0 || signal.aborted,
        )
        if (quiet && !(await still())) return
        if (quiet) yield ': still here\n\n'
      } else if ('missed' in heard) yield frame('missed', {})
      else {
        const told = await tell(heard)
        if (told) yield frame('change', told)
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    end()
  }
}

let last = 0
function frame(event: string, data: object): string {
  last = Math.max(last + 1, Date.now())
  return `id: ${last}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Waits until woken, at most so long; true when the time passed in silence. */
function quietFor(ms: number, onWake: (wake: () => void) => void, woken: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms)
    const wake = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    onWake(wake)
    if (woken()) wake()
  })
}
