import { Fault } from './fault.ts'

/** Of one kind of work. */
export interface SlotLimits {
  /** Under way at once in this process. */
  inAll: number
  /** Of one workspace (or whoever else is named) at once. */
  each: number
  /** How many more may wait for their turn. */
  waiting: number
  /** Milliseconds after which whoever waits is told to come again. */
  waitMs: number
}

/** How slowly bytes may move. */
export interface PaceLimits {
  /** Milliseconds that may pass without a byte. */
  idleMs: number
  /** Bytes a second that earn their time: who sends or reads as fast, or faster, may take as long as it takes. */
  perSecond: number
}

/** What one process takes on at a time. Tests give their own. */
export interface Limits {
  imports: SlotLimits
  /** Exports that are being made. */
  exports: SlotLimits
  /** Exports that are made, or nearly, and not read to their end yet: they wait in files. */
  readers: SlotLimits
  /** Batches of one import under way at a time. */
  batches: number
  /** Milliseconds for which a request waits for a connection, instead of the pool's own. */
  acquireMs: number | undefined
  /** How long connections under way may take to come back when the program ends. */
  lastWordsMs: number
  uploads: PaceLimits
  downloads: PaceLimits
}

export const LIMITS: Limits = {
  imports: { inAll: 4, each: 2, waiting: 40, waitMs: 20_000 },
  exports: { inAll: 4, each: 2, waiting: 20, waitMs: 10_000 },
  readers: { inAll: 64, each: 4, waiting: 20, waitMs: 10_000 },
  batches: 3,
  acquireMs: undefined,
  lastWordsMs: 5_000,
  uploads: { idleMs: 60_000, perSecond: 256 },
  downloads: { idleMs: 60_000, perSecond: 2048 },
}

interface Waiting {
  key: string
  begin: () => void
}

/** Lets so many in at a time, of each key and in all; the others wait in their order, and not for ever. */
export class Slots {
  readonly #limits: SlotLimits
  readonly #used = new Map<string, number>()
  #inAll = 0
  #waiting: Waiting[] = []

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  get used(): number {
    return this.#inAll
  }

  /** Resolves to what gives the place back. Throws a `Fault` when there is none in time, and the reason of `signal` when that ends first. */
  async take(key: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (!this.#isFree(key)) await this.#wait(key, signal)
    else this.#count(key, 1)
    let given = false
    return () => {
      if (given) return
      given = true
      this.#count(key, -1)
      this.#next()
    }
  }

  #isFree(key: string): boolean {
    return this.#inAll < this.#limits.inAll && (this.#used.get(key) ?? 0) < this.#limits.each
  }

  #count(key: string, by: 1 | -1): void {
    const used = (this.#used.get(key) ?? 0) + by
    if (used === 0) this.#used.delete(key)
    else this.#used.set(key, used)
    this.#inAll += by
  }

  #wait(key: string, signal: AbortSignal | undefined): Promise<void> {
    const { waiting, waitMs } = this.#limits
    if (this.#waiting.length >= waiting) throw busy(waitMs)
    return new Promise((resolve, reject) => {
      const end = (error: unknown): void => {
        leave()
        this.#waiting = this.#waiting.filter((other) => other !== mine)
        reject(error as Error)
      }
      const timer = setTimeout(() => end(busy(waitMs)), waitMs)
      const onAbort = (): void => end(signal!.reason)
      const leave = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const mine: Waiting = {
        key,
        begin: () => {
          leave()
          this.#count(key, 1)
          resolve()
        },
      }
      signal?.addEventListener('abort', onAbort)
      this.#waiting.push(mine)
    })
  }

  /** Whoever came first and fits. */
  #next(): void {
    const at = this.#waiting.findIndex(({ key }) => this.#isFree(key))
    if (at < 0) return
    const [next] = this.#waiting.splice(at, 1)
    next!.begin()
    this.#next()
  }
}

const busy = (waitMs: number): Fault => new Fault('busy', { retryAfter: Math.max(1, Math.ceil(waitMs / 2000)) })

/**
 * Time that the other side has left: it runs while it is waited for, and every byte that moves gives some back. So nothing that moves is ever cut off,
 * however long it takes, and nothing that stands still, or nearly, keeps its place.
 */
export class Pace {
  readonly #limits: PaceLimits
  #left: number
  constructor(limits: PaceLimits) {
    this.#limits = limits
    this.#left = limits.idleMs
  }

  /** Waits for what the other side does; throws what `late` makes when it takes longer than it has. */
  async wait<T>(what: Promise<T>, bytesOf: (value: T) => number, late: () => Error): Promise<T> {
    const began = performance.now()
    let timer: NodeJS.Timeout | undefined
    const end = new Promise<never>((_, reject) => void (timer = setTimeout(() => reject(late()), this.#left)))
    try {
      const value = await Promise.race([what, end])
      this.moved(bytesOf(value), performance.now() - began)
      return value
    } finally {
      clearTimeout(timer)
    }
  }

  /** Milliseconds. */
  get left(): number {
    return this.#left
  }

  /** So many bytes moved, after so many milliseconds of waiting. */
  moved(bytes: number, milliseconds: number): void {
    const { idleMs, perSecond } = this.#limits
    this.#left = Math.min(idleMs, Math.max(0, this.#left - milliseconds) + (bytes / perSecond) * 1000)
  }
}

/** The same bytes, as long as they move. */
export async function* paced(
  bytes: AsyncIterable<Uint8Array>,
  limits: PaceLimits,
  late: () => Error,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  const pace = new Pace(limits)
  try {
    for (;;) {
      const next = await pace.wait(iterator.next(), ({ value }) => (value as Uint8Array | undefined)?.length ?? 0, late)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not waited for: a stream that stands still does not answer.
    void iterator.return?.()?.catch(() => {})
  }
}

/** What is read by somebody else, as long as they read; `late` is told once when they do not, and must end the reading. */
export async function* pacedOut<T extends string | Uint8Array>(
  items: AsyncIterable<T>,
  limits: PaceLimits,
  late: () => void,
): AsyncGenerator<T> {
  const pace = new Pace(limits)
  for await (const item of items) {
    const began = performance.now()
    const timer = setTimeout(late, pace.left)
    try {
      yield item
    } finally {
      clearTimeout(timer)
    }
    pace.moved(item.length, performance.now() - began)
  }
}
