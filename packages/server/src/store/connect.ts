import type pg from 'pg'
import { LIMITS, Slots } from '../core/limits.ts'
import type { Limits } from '../core/limits.ts'
import { openCluster } from './cluster/cluster.ts'
import type { Cluster, ClusterOptions } from './cluster/cluster.ts'
import { dataFolder } from './cluster/folder.ts'
import { APP_ROLE, DATABASE } from './cluster/roles.ts'
import { checkAppRole, checkServer, ensureAppRole, fromUrl } from './external.ts'
import { PatientPool } from './pool.ts'
import type { Connections } from './pool.ts'

export interface OpenOptions {
  /** Where DATABASE_URL, SENTE_APP_DATABASE_URL and SENTE_DATA are looked up. */
  env?: NodeJS.ProcessEnv
  /** Told, in English, what happens to the server. */
  log?: (line: string) => void
  /** The database of the embedded cluster. */
  database?: string
  /** How many connections the application may have at once. */
  connections?: number
  /** What is under way at most; the rest is as `LIMITS` says. */
  limits?: Partial<Limits>
  /** For tests: how the embedded cluster is run. */
  cluster?: Omit<ClusterOptions, 'folder' | 'log'>
}

/** The database of Sente, embedded or not: the same roles, the same SQL. */
export interface Database {
  kind: 'embedded' | 'external'
  /** Owns the tables and migrates. Row level security binds it where tables say `force`. */
  owner: Connections
  /** Works as `sente_app`: sees and changes only what row level security lets it. */
  app: Connections
  /** The same for batches of imports: one for each that can be under way, so that requests need not wait for them, nor they for each other. */
  batches: Connections
  /** The same for what lasts: the claim of an import, the snapshot of an export. */
  long: Connections
  limits: Limits
  /** What is under way in this process. */
  slots: { imports: Slots; exports: Slots; readers: Slots }
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

/**
 * The pools, by rank: whoever holds a connection may ask pools below only (`pool.ts`). `name` is what `pg_stat_activity` says. Connections of the
 * owner are for migrations, backups and jobs. Requests wait for seconds, work behind them for longer.
 */
const POOLS = {
  app: { rank: 0, name: 'sente', acquireMs: 10_000 },
  batches: { rank: 1, name: 'sente imports', acquireMs: 60_000 },
  owner: { rank: 2, name: 'sente owner', acquireMs: 60_000 },
  long: { rank: 3, name: 'sente long', acquireMs: 10_000 },
} as const
type PoolName = keyof typeof POOLS
type Pools = Record<PoolName, PatientPool>

/** Questions go out before the answers to those before have come: one way there and back for all that are asked together. */
const AT_ONCE = { pipeline: true }

function poolsWith(
  config: { app: pg.PoolConfig; owner: pg.PoolConfig },
  limits: Limits,
  options: OpenOptions,
  patienceMs: number,
): Pools {
  const sizes: Record<PoolName, number> = {
    app: options.connections ?? 10,
    batches: limits.imports.inAll * limits.batches,
    owner: 4,
    long: limits.imports.inAll + limits.exports.inAll,
  }
  const family = {}
  const pool = (of: PoolName): PatientPool =>
    new PatientPool({
      ...(of === 'owner' ? config.owner : { ...config.app, ...AT_ONCE }),
      application_name: POOLS[of].name,
      family,
      rank: POOLS[of].rank,
      acquireMs: (of === 'app' ? limits.acquireMs : undefined) ?? POOLS[of].acquireMs,
      patienceMs,
      max: sizes[of],
    })
  return { app: pool('app'), batches: pool('batches'), owner: pool('owner'), long: pool('long') }
}

async function openEmbedded(folder: string, options: OpenOptions): Promise<Database> {
  const { log } = options
  const cluster = await openCluster({ folder, ...(log ? { log } : {}), ...options.cluster })
  const database = options.database ?? DATABASE
  const limits = { ...LIMITS, ...options.limits }
  const config = { app: cluster.connection(database, 'app'), owner: cluster.connection(database, 'owner') }
  return assemble('embedded', poolsWith(config, limits, options, 10_000), limits, cluster)
}

async function openExternal(url: string, appUrl: string | undefined, options: OpenOptions): Promise<Database> {
  const limits = { ...LIMITS, ...options.limits }
  const config = {
    owner: { ...fromUrl('DATABASE_URL', url), keepAlive: true },
    app: {
      // Given at the start of the connection, so that RESET ROLE and DISCARD ALL come back to it.
      ...fromUrl(appUrl ? 'SENTE_APP_DATABASE_URL' : 'DATABASE_URL', appUrl ?? url, `-c role=${APP_ROLE}`),
      keepAlive: true,
    },
  }
  const database = assemble('external', poolsWith(config, limits, options, 2_500), limits)
  try {
    await checkServer(database.owner, url)
    await ensureAppRole(database.owner, !appUrl)
    await checkAppRole(database.app)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

function assemble(kind: Database['kind'], pools: Pools, limits: Limits, cluster?: Cluster): Database {
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(pools).map((pool) => pool.endWithin(limits.lastWordsMs)))
    await cluster?.stop()
  }
  return {
    kind,
    ...pools,
    limits,
    slots: {
      imports: new Slots(limits.imports),
      exports: new Slots(limits.exports),
      readers: new Slots(limits.readers),
    },
    ...(cluster ? { cluster } : {}),
    close: () => (closing ??= close()),
  }
}
