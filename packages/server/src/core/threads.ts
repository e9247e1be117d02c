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

interface Task {
  input: unknown
  resolve: (value: unknown) => void
  reject: (error: Error) => void
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
  #working = 0
  #waiting: Task[] = []

  constructor(module: URL, limits: ThreadLimits) {
    this.#module = module
    this.#limits = limits
  }

  /** Throws `TooCostly`, a `Fault` when too many wait, and what the task itself throws. */
  run<T>(input: unknown): Promise<T> {
    if (this.#working >= this.#limits.atOnce && this.#waiting.length >= this.#limits.waiting)
      return Promise.reject(new Fault('busy', { retryAfter: 2 }))
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ input, resolve: resolve as Task['resolve'], reject })
      this.#next()
    })
  }

  #next(): void {
    if (this.#working >= this.#limits.atOnce) return
    const task = this.#waiting.shift()
    if (!task) return
    this.#working++
    const known = this.#idle.pop()
    const worker = known ?? this.#start()
    let look: NodeJS.Timeout | undefined
    let ended = false
    const end = (dead: boolean): void => {
      ended = true
      clearTimeout(late)
      clearInterval(look)
      for (const name of ['error', 'exit', 'message']) worker.removeAllListeners(name)
      worker.on('error', () => {})
      if (dead || this.#limits.once === true) void worker.terminate()
      else {
        worker.unref()
        worker.once('exit', () => (this.#idle = this.#idle.filter((other) => other !== worker)))
        this.#idle.push(worker)
      }
      this.#working--
      this.#next()
    }
    const fail = (error: Error): void => {
      end(true)
      task.reject(error)
    }
    let late = setTimeout(() => fail(new Fault('busy', { retryAfter: 5 })), START_MS)
    const begin = (): void => {
      clearTimeout(late)
      late = setTimeout(() => fail(new TooCostly('time')), this.#limits.timeMs * PATIENCE)
      const before = worker.cpuUsage?.().catch(() => undefined)
      look = setInterval(() => {
        void this.#exceeded(worker, before).then((what) => {
          if (what && !ended) fail(new TooCostly(what))
        })
      }, LOOK_MS)
      worker.once('message', (answer: { value?: unknown; error?: string }) => {
        end(false)
        if (answer.error === undefined) task.resolve(answer.value)
        else task.reject(new Error(answer.error))
      })
      worker.postMessage({ input: task.input })
    }
    worker.once('error', (error: Error & { code?: string }) =>
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TooCostly('memory') : error),
    )
    worker.once('exit', () => fail(new Error('the thread ended')))
    worker.ref()
    if (known) begin()
    else worker.once('message', begin)
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
  ): Promise<TooCostly['what'] | undefined> {
    const { memoryMb, timeMs } = this.#limits
    const memory = await worker.getHeapStatistics().catch(() => undefined)
    if (memory && memory.used_heap_size + memory.external_memory > memoryMb * 2 ** 20) return 'memory'
    const began = await before
    const time = began && (await worker.cpuUsage(began).catch(() => undefined))
    return time && time.user + time.system > timeMs * 1000 ? 'time' : undefined
  }
}
