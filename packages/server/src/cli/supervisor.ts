import type { Lang } from '@sente/engine'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EXIT, tell } from './context.ts'

/** Pauses before the next start: doubled each time, from half a second to half a minute; forgotten after a minute of running. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const WELL_MS = 60_000
/** A server that ends so often before it ever ran does not run by being started again. */
const MOST_STILLBORN = 5

const SENTE = fileURLToPath(new URL('../../bin/sente.mjs', import.meta.url))

/** What the server's process tells the one that looks after it. */
export interface Ready {
  ready: true
  port: number | undefined
}

/**
 * Runs the server in a process of its own and starts it again when that is killed or breaks down. It gives up where starting again mends nothing: the
 * server says itself that its settings are wrong, or never comes to run. Asked to stop, it has the server stop in order, and ends as it ended.
 */
export async function supervise(args: readonly string[], lang: Lang): Promise<number> {
  const stop = stopping()
  let pause = FIRST_PAUSE_MS
  let everRan = false
  let stillborn = 0
  let port: number | undefined
  for (;;) {
    const began = Date.now()
    const { code, ran } = await once(args, stop, port, (told) => (port = told))
    everRan ||= ran
    if (stop.asked || code === EXIT.fine || (code === EXIT.badInput && !everRan)) return code
    stillborn = ran ? 0 : stillborn + 1
    if (!everRan && stillborn >= MOST_STILLBORN) {
      tell(
        lang === 'zh'
          ? `服务器连续 ${MOST_STILLBORN} 次未能启动，已放弃。上面的输出说明了原因；sente doctor 可协助检查。`
          : `The server has failed to start ${MOST_STILLBORN} times; giving up. What it said above tells why; sente doctor helps to find out.`,
      )
      return code
    }
    if (Date.now() - began > WELL_MS) pause = FIRST_PAUSE_MS
    tell(
      lang === 'zh'
        ? `服务器进程意外结束，${pause / 1000} 秒后重新启动`
        : `The server's process has ended unexpectedly; starting it again in ${pause / 1000} s`,
    )
    if (await stop.within(pause)) return EXIT.fine
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
}

type Stopping = ReturnType<typeof stopping>

/** Heard from the first moment on. A terminal tells the server of Ctrl+C as well: being told twice is being told once. */
function stopping() {
  const state = { asked: false }
  let tellIt: ((again: boolean) => void) | undefined
  const wakes = new Set<() => void>()
  const ask = (): void => {
    const again = state.asked
    state.asked = true
    tellIt?.(again)
    for (const wake of wakes) wake()
  }
  process.on('SIGTERM', ask)
  process.on('SIGINT', () => {
    if (!state.asked) ask()
  })
  return {
    get asked() {
      return state.asked
    },
    /** Whom to tell; `undefined`: nobody runs. */
    tell(how: ((again: boolean) => void) | undefined) {
      tellIt = how
    },
    /** Resolves after so long, or at once when asked to stop: to whether it was. */
    within(milliseconds: number): Promise<boolean> {
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          wakes.delete(done)
          resolve(state.asked)
        }
        const timer = setTimeout(done, milliseconds)
        wakes.add(done)
        if (state.asked) done()
      })
    },
  }
}

/** One life of the server; a signal counts as a fault of the program. */
function once(
  args: readonly string[],
  stop: Stopping,
  port: number | undefined,
  onPort: (port: number | undefined) => void,
): Promise<{ code: number; ran: boolean }> {
  return new Promise((resolve) => {
    let ran = false
    const child = spawn(process.execPath, [...process.execArgv, SENTE, 'serve', ...args, '--no-restart'], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      // The address that people have open stays the same.
      env: { ...process.env, [LOOKED_AFTER]: '1', ...(port === undefined ? {} : { SENTE_AGAIN_PORT: String(port) }) },
    })
    child.on('message', (message) => {
      ran = true
      onPort((message as Ready).port)
    })
    child.on('error', () => {})
    const end = (code: number): void => {
      stop.tell(undefined)
      resolve({ code, ran })
    }
    child.once('error', (error) => {
      tell(String(error))
      end(EXIT.internal)
    })
    child.once('exit', (code) => end(code ?? EXIT.internal))
    stop.tell((again) => {
      if (again) child.kill('SIGTERM')
      else if (child.connected) child.send('stop', () => {})
    })
    if (stop.asked) child.once('spawn', () => child.connected && child.send('stop', () => {}))
  })
}

/** Other programs too start processes with a channel, and what they say on it is not for us. */
const LOOKED_AFTER = 'SENTE_LOOKED_AFTER'
const isLookedAfter = (): boolean => process.send !== undefined && process.env[LOOKED_AFTER] === '1'

/** In the server's process: resolves when the supervisor wants it to stop, or is gone. Never without one. */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    if (!isLookedAfter()) return
    process.on('message', (message) => message === 'stop' && resolve())
    process.on('disconnect', () => resolve())
    process.channel?.unref()
  })
}

/** In the server's process: it runs, here. */
export function tellReady(address: string | undefined): void {
  const port = address === undefined ? undefined : Number(new URL(address).port) || undefined
  if (isLookedAfter()) process.send!({ ready: true, port } satisfies Ready)
}
