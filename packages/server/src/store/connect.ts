import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { openCluster } from './cluster/cluster.ts'
import type { Cluster, ClusterOptions } from './cluster/cluster.ts'
import { dataFolder } from './cluster/folder.ts'
import { APP_ROLE, DATABASE } from './cluster/roles.ts'
import { checkAppRole, checkServer, ensureAppRole, fromUrl } from './external.ts'
import { PatientPool } from './pool.ts'
import type { Tables } from './tables.ts'

export interface OpenOptions {
  /** Where DATABASE_URL, SENTE_APP_DATABASE_URL and SENTE_DATA are looked up. */
  env?: NodeJS.ProcessEnv
  /** Told, in English, what happens to the server. */
  log?: (line: string) => void
  /** The database of the embedded cluster. */
  database?: string
  /** How many connections the application may have at once. */
  connections?: number
  /** For tests: how the embedded cluster is run. */
  cluster?: Omit<ClusterOptions, 'folder' | 'log'>
}

/** The database of Sente, embedded or not: the same roles, the same SQL. */
export interface Database {
  kind: 'embedded' | 'external'
  /** Owns the tables and migrates. Row level security binds it where tables say `force`. */
  owner: pg.Pool
  /** Works as `sente_app`: sees and changes only what row level security lets it. */
  app: pg.Pool
  /** Queries of the application, over `app`. */
  kysely: Kysely<Tables>
  /** The running server when it is ours. */
  cluster?: Cluster
  /** Ends the connections; the last process to close stops the embedded server. */
  close(): Promise<void>
}

/** Opens DATABASE_URL if it is set, otherwise the embedded database. Does not migrate. Throws a `StoreProblem`. */
export async function openDatabase(options: OpenOptions = {}): Promise<Database> {
  const env = options.env ?? process.env
  return env.DATABASE_URL
    ? openExternal(env.DATABASE_URL, env.SENTE_APP_DATABASE_URL, options)
    : openEmbedded(dataFolder(env), options)
}

/** How `pg_stat_activity` names our connections. */
const NAMES = { owner: 'sente owner', app: 'sente' }
/** Connections for migrations, backups and jobs; the application has its own. */
const OWNER_CONNECTIONS = 4
/** Questions go out before the answers to those before have come: one way there and back for all that are asked together. */
const AT_ONCE = { pipeline: true }

async function openEmbedded(folder: string, options: OpenOptions): Promise<Database> {
  const { log } = options
  const cluster = await openCluster({ folder, ...(log ? { log } : {}), ...options.cluster })
  const database = options.database ?? DATABASE
  const owner = new PatientPool({
    ...cluster.connection(database, 'owner'),
    application_name: NAMES.owner,
    max: OWNER_CONNECTIONS,
  })
  const app = new PatientPool({
    ...cluster.connection(database, 'app'),
    application_name: NAMES.app,
    max: options.connections ?? 10,
    ...AT_ONCE,
  })
  return assemble('embedded', owner, app, cluster)
}

async function openExternal(url: string, appUrl: string | undefined, options: OpenOptions): Promise<Database> {
  const owner = new PatientPool(
    { ...fromUrl('DATABASE_URL', url), application_name: NAMES.owner, max: OWNER_CONNECTIONS },
    2_500,
  )
  const app = new PatientPool(
    {
      // Given at the start of the connection, so that RESET ROLE and DISCARD ALL come back to it.
      ...fromUrl(appUrl ? 'SENTE_APP_DATABASE_URL' : 'DATABASE_URL', appUrl ?? url, `-c role=${APP_ROLE}`),
      application_name: NAMES.app,
      max: options.connections ?? 10,
      ...AT_ONCE,
    },
    2_500,
  )
  const database = assemble('external', owner, app)
  try {
    await checkServer(owner, url)
    await ensureAppRole(owner, !appUrl)
    await checkAppRole(app)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

function assemble(kind: Database['kind'], owner: pg.Pool, app: pg.Pool, cluster?: Cluster): Database {
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await Promise.all([owner.end(), app.end()])
    await cluster?.stop()
  }
  return {
    kind,
    owner,
    app,
    kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: app }) }),
    ...(cluster ? { cluster } : {}),
    close: () => (closing ??= close()),
  }
}
