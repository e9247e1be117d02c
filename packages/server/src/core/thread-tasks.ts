import { parentPort } from 'node:worker_threads'

/** In a thread of `Threads`: answers each task. What it throws is answered by its message. */
export function answerTasks<I>(work: (input: I) => unknown): void {
  const port = parentPort
  port?.on('message', ({ input }: { input: I }) => {
    Promise.resolve()
      .then(() => work(input))
      .then(
        (value) => port.postMessage({ value }),
        (error: unknown) => port.postMessage({ error: error instanceof Error ? error.message : String(error) }),
      )
  })
  port?.postMessage({})
}
