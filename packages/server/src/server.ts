import { buildApp } from './http/app.ts'
import { settingsOf } from './http/settings.ts'
import { openDatabase } from './store/connect.ts'
import type { Database } from './store/connect.ts'
import { eventBus } from './store/events.ts'
import { migrate } from './store/migrate.ts'

interface Says {
  en: string
  zh: string
}

export interface ServerOptions {
  host: string
  port: number
  /** Answer requests; without it the process only works on jobs. */
  http: boolean
  /** Work on jobs in this process. */
  jobs: boolean
  /** Fill an empty database with the sample team, in this language. */
  sample: 'en' | 'zh' | undefined
  /** The built web application. */
  webFolder: string | undefined
  logLevel: string
  say: (line: Says) => void
  env?: NodeJS.ProcessEnv
}

export interface RunningServer {
  /** Under which it is reached; absent without http. */
  address: string | undefined
  database: Database
  close(): Promise<void>
}

/** How long requests under way may take to end when the server stops. */
const LAST_WORDS = 10_000

/**
 * The whole product in one process: the database, its migrations, the API with the web application, and the jobs. Ends in the opposite order: no new
 * requests, those under way are answered, jobs are given back, the database is left.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const env = options.env ?? process.env
  const settings = { ...settingsOf(env), webFolder: options.webFolder }
  const database = await openDatabase({ env, log: (line) => options.say({ en: line, zh: line }) })
  const closers: (() => Promise<unknown>)[] = [() => database.close()]
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const { applied } = await migrate(database.owner)
    if (applied.length > 0) options.say({ en: `database brought up to date: ${applied.join(', ')}`, zh: `数据库已升级：${applied.join('、')}` })
    const events = eventBus(database)
    closers.push(() => events.close())
    let address: string | undefined
    if (options.http) {
      const app = await buildApp({ db: database, events, settings, log: { level: options.logLevel, stream: process.stderr } })
      closers.push(() => within(app.close(), LAST_WORDS))
      await app.listen({ host: options.host, port: options.port })
      address = settings.baseUrl ?? addressOf(app.server.address(), options.host)
    }
    return { address, database, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A browser on this machine finds a server that listens everywhere under localhost. */
function addressOf(bound: ReturnType<import('node:net').Server['address']>, host: string): string {
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}
