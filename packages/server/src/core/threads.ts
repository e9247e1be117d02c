import { Worker } from 'node:worker_threads'
import { Fault } from './fault.ts'

export interface ThreadLimits {
  /** Threads at work at once. */
  atOnce: number
  /** Tasks that may wait for one. */
  waiting: number
  /** Milliseconds of the processor for one task; by the clock it may take `PATIENCE` times as long, on a busy machine. */
  timeMs: number
  /** Of one thread, heap and buffers together. */
  memoryMb: number
  /** A new thread for each task: what one left behind is gone with it. */
  once?: boolean
}

/** A task took more than it may have; the thread that worked on it is gone, and with it all it held. */
export class TooCostly extends Error {
  readonly what: 'time' | 'memory'
  constructor(what: 'time' | 'memory') {
    super(`a task took too much ${what}`)
    this.name = 'TooCostly'
    this.what = what
  }
}

interface Waiting {
  begin: (worker: Worker, known: boolean) => void
}

/** A thread that somebody has for themselves: what one question left behind, the next one finds. */
export interface Kept {
  /** One question at a time. `timeMs`: of the processor, where this one may take another time than others. Throws like `run`; the thread is gone then. */
  ask<T>(input: unknown, timeMs?: number): Promise<T>
  /** Gives it back; one that is at work is ended. */
  giveBack(): void
}

/** How often the memory of a thread at work is looked at. */
const LOOK_MS = 50
/** How much longer than its time of the processor a task may take by the clock. */
const PATIENCE = 6
/** A thread that has not loaded what it needs by then will not. */
const START_MS = 60_000

/**
 * Work on what somebody sent, beside the main thread: bounded in time and memory, however the input is made. The module says `{}` when it is ready and
 * answers each message `{ input }` with `{ value }` or `{ error }` (see `answerTasks`).
 */
export class Threads {
  readonly #module: URL
  readonly #limits: ThreadLimits
  #idle: Worker[] = []
  #used = 0
  #waiting: Waiting[] = []

  constructor(module: URL, limits: ThreadLimits) {
    this.#module = module
    this.#limits = limits
  }

  /** Throws `TooCostly`, a `Fault` when too many wait, and what the task itself throws. */
  async run<T>(input: unknown): Promise<T> {
    const kept = await this.keep()
    try {
      return await kept.ask<T>(input)
    } finally {
      kept.giveBack()
    }
  }

  /** A thread for several questions; it counts among those at work until it is given back. Throws a `Fault` when too many wait. */
  keep(): Promise<Kept> {
    if (this.#used >= this.#limits.atOnce && this.#waiting.length >= this.#limits.waiting)
      return Promise.reject(new Fault('busy', { retryAfter: 2 }))
    return new Promise((resolve) => {
      this.#waiting.push({ begin: (worker, known) => resolve(this.#kept(worker, known)) })
      this.#next()
    })
  }

  #next(): void {
    if (this.#used >= this.#limits.atOnce) return
    const next = this.#waiting.shift()
    if (!next) return
    this.#used++
    const known = this.#idle.pop()
    next.begin(known ?? this.#start(), known !== undefined)
  }

  #kept(worker: Worker, known: boolean): Kept {
    const { once, timeMs } = this.#limits
    let state: 'free' | 'asked' | 'gone' = 'free'
    let ready = known
    let end: (error: Error) => void = () => giveBack(true)
    let questions = 0
    const giveBack = (dead: boolean): void => {
      if (state === 'gone') return
      state = 'gone'
      for (const name of ['error', 'exit', 'message']) worker.removeAllListeners(name)
      worker.on('error', () => {})
      if (dead || once === true || !ready) void worker.terminate()
      else {
        worker.unref()
        worker.once('exit', () => (this.#idle = this.#idle.filter((other) => other !== worker)))
        this.#idle.push(worker)
      }
      this.#used--
      this.#next()
    }
    // Whatever happens to it between two questions is heard with the next one.
    worker.on('error', (error: Error & { code?: string }) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TooCostly('memory') : error),
    )
    worker.on('exit', () => end(new Error('the thread ended')))
    return {
      giveBack: () => {
        if (state === 'asked') end(new Error('nobody waits for the answer'))
        else giveBack(false)
      },
      ask: <T>(input: unknown, mostMs = timeMs) =>
        new Promise<T>((resolve, reject) => {
          if (state !== 'free') return reject(new Error('the thread has ended, or is at work'))
          state = 'asked'
          const question = ++questions
          let late: NodeJS.Timeout | undefined
          let look: NodeJS.Timeout | undefined
          const stop = (): void => {
            clearTimeout(late)
            clearInterval(look)
            worker.unref()
            end = () => giveBack(true)
          }
          end = (error) => {
            stop()
            giveBack(true)
            reject(error)
          }
          const begin = (): void => {
            ready = true
            clearTimeout(late)
            late = setTimeout(() => end(new TooCostly('time')), mostMs * PATIENCE)
            const before = worker.cpuUsage?.().catch(() => undefined)
            look = setInterval(() => {
              void this.#exceeded(worker, before, mostMs).then((what) => {
                if (what && state === 'asked' && question === questions) end(new TooCostly(what))
              })
            }, LOOK_MS)
            worker.once('message', (answer: { value?: unknown; error?: string }) => {
              stop()
              state = 'free'
              if (answer.error === undefined) resolve(answer.value as T)
              else reject(new Error(answer.error))
            })
            worker.postMessage({ input })
          }
          worker.ref()
          if (ready) return begin()
          late = setTimeout(() => end(new Fault('busy', { retryAfter: 5 })), START_MS)
          worker.once('message', begin)
        }),
    }
  }

  #start(): Worker {
    const { memoryMb } = this.#limits
    return new Worker(this.#module, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    })
  }

  /** Buffers lie outside of the heap, which is all that a thread's own limits count. */
  async #exceeded(
    worker: Worker,
    before: Promise<NodeJS.CpuUsage | undefined> | undefined,
    timeMs: number,
  ): Promise<TooCostly['what'] | undefined> {
    const { memoryMb } = this.#limits
    const memory = await worker.getHeapStatistics().catch(() => undefined)
    if (memory && memory.used_heap_size + memory.external_memory > memoryMb * 2 ** 20) return 'memory'
    const began = await before
    const time = began && (await worker.cpuUsage(began).catch(() => undefined))
    return time && time.user + time.system > timeMs * 1000 ? 'time' : undefined
  }
}
