import { setTimeout as sleep } from 'node:timers/promises'
import { loadMethodology, plainDate } from '@sente/engine'
import type { Lang, Methodology, Text } from '@sente/engine'
import { files } from '@sente/methodology'
import { firstStart } from './auth/first-start.ts'
import { buildApp } from './http/app.ts'
import { hostOf } from './core/hosts.ts'
import { settingsOf } from './core/settings.ts'
import { openDatabase } from './store/connect.ts'
import type { Database } from './store/connect.ts'
import { eventBus } from './store/events.ts'
import { startJobs } from './jobs/jobs.ts'
import { migrate } from './store/migrate.ts'
import { comesBack } from './store/pool.ts'
import { withWorkspace } from './store/tenant.ts'
import type { Store } from './store/tenant.ts'
import { loadSample } from './sample/load.ts'
import { TEAM } from './sample/team.ts'
import { Problem } from './core/problem.ts'

export interface ServerOptions {
  host: string
  port: number
  /** Answer requests; without it the process only works on jobs. */
  http: boolean
  /** Work on jobs in this process. */
  jobs: boolean
  /** Fill an empty database with the sample team, in this language. */
  sample: Lang | undefined
  /** The built web application. */
  webFolder: string | undefined
  logLevel: string
  say: (line: Text) => void
  env?: NodeJS.ProcessEnv
}

export interface RunningServer {
  /** Under which it is reached; absent without http. */
  address: string | undefined
  /** Where its socket is, whatever it is called outside. */
  listensAt: string | undefined
  database: Database
  close(): Promise<void>
}

/** How long requests under way may take to end when the server stops. */
const LAST_WORDS = 10_000
/** How long a start waits for a database that is being started itself, or breaks down meanwhile. */
const PATIENCE_MS = 30_000

/**
 * The whole product in one process: the database, its migrations, the API with the web application, and the jobs. Ends in the opposite order: no new
 * requests, those under way are answered, jobs are given back, the database is left.
 */
export const startServer = (options: ServerOptions): Promise<RunningServer> =>
  patiently(options.say, () => startOnce(options))

/** Does the work again for a while where the database is just being started, or broke off. */
export async function patiently<T>(say: ServerOptions['say'], work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS
  for (let said = false; ; said = true) {
    try {
      return await work()
    } catch (error) {
      if (!comesBack(error) || Date.now() > until) throw error
      if (!said) say(waiting(error as Error))
      await sleep(250)
    }
  }
}

const waiting = (error: Error): Text => {
  const { en, zh } = error instanceof Problem ? error.says : { en: error.message, zh: error.message }
  return {
    en: `${en} Trying again for ${PATIENCE_MS / 1000} s.`,
    zh: `${zh} 将在 ${PATIENCE_MS / 1000} 秒内重试。`,
  }
}

async function startOnce(options: ServerOptions): Promise<RunningServer> {
  const env = options.env ?? process.env
  const told = settingsOf(env)
  // An address that it is told to listen at is one to be asked under; "everywhere" is none.
  const everywhere = options.host === '0.0.0.0' || options.host === '::'
  const listens = everywhere ? undefined : hostOf(options.host.includes(':') ? `[${options.host}]` : options.host)
  const settings = {
    ...told,
    hosts: [...told.hosts, ...(listens ? [listens.name] : [])],
    webFolder: options.webFolder,
  }
  const database = await openDatabase({ env, log: (line) => options.say({ en: line, zh: line }) })
  const closers: (() => Promise<unknown>)[] = [() => database.close()]
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const { applied } = await migrate(database.owner)
    if (applied.length > 0)
      options.say({
        en: `database brought up to date: ${applied.join(', ')}`,
        zh: `数据库已升级：${applied.join('、')}`,
      })
    const events = eventBus(database)
    closers.push(() => events.close())
    const store: Store = { database, events, methodology: shippedMethod() }
    if (options.sample && (await fillFirst(store, options.sample)))
      options.say({ en: 'filled with the sample team', zh: '已放入示例团队' })
    if (options.jobs) {
      const jobs = await startJobs(store, {
        log: (line, error) => options.say({ en: `${line}: ${String(error)}`, zh: `${line}：${String(error)}` }),
      })
      closers.push(() => jobs.stop())
      const unsubscribe = await events.subscribe('*', (event) => {
        // An import writes neither search entries nor summaries: its end is the word to make them.
        if ('kind' in event && event.kind === 'import' && event.action === 'update')
          jobs
            .afterImport(event.workspaceId)
            .catch((error: unknown) => options.say({ en: String(error), zh: String(error) }))
      })
      closers.push(async () => unsubscribe())
    }
    let address: string | undefined
    let listensAt: string | undefined
    if (options.http) {
      const app = await buildApp({
        db: database,
        events,
        settings,
        log: { level: options.logLevel, stream: process.stderr },
      })
      closers.push(() => within(app.close(), LAST_WORDS))
      await app.listen({ host: options.host, port: options.port })
      listensAt = addressOf(app.server.address(), options.host)
      address = settings.baseUrl ?? listensAt
    }
    return { address, listensAt, database, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Any number that nothing else locks here: the letters of "team". */
const LOCK = 0x7465616d

/** The first workspace gets the sample, unless somebody has begun to use it. Of several processes that start at once one does so, and the others wait for it. */
async function fillFirst(store: Store, lang: Lang): Promise<boolean> {
  await firstStart(store.database, { baseUrl: '', language: lang })
  return store.database.owner.hold(async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      const { rows } = await client.query<{ id: string; used: boolean; today: string }>(
        `select w.id, exists (select
           from deal
           where workspace_id = w.id) or exists (select
           from account
           where workspace_id = w.id) as used, (now() at time zone w.time_zone)::date::text as today
         from workspace w
         order by w.created_at
         limit 1`,
      )
      const [workspace] = rows
      if (!workspace || workspace.used) return false
      await withWorkspace(store, { workspaceId: workspace.id, via: 'sample' }, (tx) =>
        loadSample(tx, store.methodology, plainDate(workspace.today)),
      )
      await client.query('update workspace set name = $2, language = $3 where id = $1', [
        workspace.id,
        TEAM.name[lang],
        lang,
      ])
      return true
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    }
  })
}

function shippedMethod(): Methodology {
  const loaded = loadMethodology(files)
  if ('methodology' in loaded) return loaded.methodology
  throw new Error('The shipped methodology has faults: `sente method check methodology` names them.')
}

/** A browser on this machine finds a server that listens everywhere under localhost. */
function addressOf(bound: ReturnType<import('node:net').Server['address']>, host: string): string {
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const name =
    host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}
