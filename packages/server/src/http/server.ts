import type { FastifyInstance } from 'fastify'

export interface ListenOptions {
  host?: string
  port?: number
}

/** How long requests under way may take once the server is told to stop. */
const FINISH_MS = 10_000

export interface Server {
  /** Address to open in a browser on this machine. */
  url: string
  port: number
  /**
   * Takes no more requests, ends streams of events, finishes what is under way and lets go of the database's events. After ten seconds
   * what is not finished is cut off; its transaction rolls back. May be called again and again.
   */
  stop(): Promise<void>
}

export async function listen(app: FastifyInstance, { host = '127.0.0.1', port = 8080 }: ListenOptions = {}): Promise<Server> {
  await app.listen({ host, port })
  const address = app.server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    const cut = setTimeout(() => app.server.closeAllConnections(), FINISH_MS)
    try {
      await app.close()
    } finally {
      clearTimeout(cut)
    }
  }
  return { url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, stop: () => (stopping ??= stop()) }
}
