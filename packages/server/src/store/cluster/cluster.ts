import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { StoreProblem } from '../problem.ts'
import { placeOf } from './folder.ts'
import type { Place } from './folder.ts'
import { initialise, notStarted } from './initialise.ts'
import type { Secrets } from './initialise.ts'
import { withLock } from './lock.ts'
import { forgetPostmaster, hasDoor, hasPidFile, readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import type { Listen, Postmaster } from './postmaster.ts'
import { holderOf, lives } from './process.ts'
import { programFor } from './program.ts'
import type { Program } from './program.ts'
import { APP_ROLE, ensureRoles, OWNER_ROLE } from './roles.ts'
import { settings } from './settings.ts'
import type { Settings } from './settings.ts'

/** Who connects: the bootstrap superuser (for tests and repair only), the owner of the tables, the application. */
export type ClusterRole = 'postgres' | 'owner' | 'app'

export interface ClusterOptions {
  /** The data folder, see `dataFolder`. */
  folder: string
  /** Told, in English, what happens to the server; nothing is told when it is simply there. */
  log?: (line: string) => void
  listen?: Listen
  /** Only tests may give durability up for speed. */
  durable?: boolean
  settings?: Settings
  /** The folder with bin, lib and share of PostgreSQL; otherwise the one that was installed. */
  native?: string
}

/** Our membership of a running server; the server itself is shared with every process that opened the same folder. */
export interface Cluster {
  readonly folder: string
  /** Whether this process started the server or found it running. */
  readonly how: 'started' | 'adopted'
  readonly pid: number
  /** Changes when the server had to be started again. */
  connection(database: string, role: ClusterRole): Connection
  url(database: string, role: ClusterRole): string
  /** Resolves when the server takes connections, also after it has died and is being started again. */
  ready(): Promise<void>
  /** Leaves; the last one to leave stops the server. */
  stop(): Promise<void>
}

export interface Connection {
  host: string
  port: number
  database: string
  user: string
  password: string
}

/** How a member's own connection is called, with its process id; the members of a cluster are counted by it. */
const MEMBER = 'sente member '
const LEAVING = 'sente leaving'

interface Joined {
  how: Cluster['how']
  postmaster: Postmaster
  presence: pg.Client
  secrets: Secrets
}

/**
 * Opens the database of a folder: makes it, starts it, or joins the one that runs there, whoever started it. Processes take part
 * by holding a connection, which the kernel closes however they end: so a killed one neither keeps the server nor takes it away.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await placeOf(options.folder)
  const program = await programFor(place.user, `${place.folder}/programs`, options.native)
  const log = options.log ?? (() => {})
  let joined = await withLock(place.lock, () => join(place, program, options))
  let stopped = false
  let ready: Promise<void> = Promise.resolve()

  const watch = (presence: pg.Client): void => {
    // Being a member is no reason for a process to live on.
    handleOf(presence).unref()
    presence.once('end', () => {
      if (stopped) return
      log(`The database server (process ${joined.postmaster.pid}) has gone; starting it again.`)
      ready = revive()
      // Whoever awaits ready() hears of it; nobody has to.
      ready.catch(() => {})
    })
  }
  const revive = async (): Promise<void> => {
    for (let pause = 250; ; pause = Math.min(pause * 2, 30_000)) {
      try {
        joined = await withLock(place.lock, () => join(place, program, options))
        if (stopped) return await withLock(place.lock, () => leave(place, program, joined))
        watch(joined.presence)
        log(`The database server runs again (process ${joined.postmaster.pid}, ${joined.how}).`)
        return
      } catch (error) {
        if (stopped) return
        log(`The database server could not be started: ${(error as Error).message}`)
        await sleep(pause, undefined, { ref: false })
      }
    }
  }
  watch(joined.presence)

  const connection = (database: string, role: ClusterRole): Connection => ({
    host: joined.postmaster.host,
    port: joined.postmaster.port,
    database,
    ...login(role, joined.secrets),
  })
  return {
    folder: place.folder,
    how: joined.how,
    get pid() {
      return joined.postmaster.pid
    },
    connection,
    url: (database, role) => {
      const { host, port, user, password } = connection(database, role)
      return host.startsWith('/')
        ? `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
        : `postgres://${user}:${password}@${host}:${port}/${database}`
    },
    ready: () => ready,
    stop: async () => {
      if (stopped) return
      stopped = true
      await ready.catch(() => {})
      await withLock(place.lock, () => leave(place, program, joined))
    },
  }
}

function login(role: ClusterRole, secrets: Secrets): { user: string; password: string } {
  if (role === 'postgres') return { user: 'postgres', password: secrets.postgres }
  return role === 'owner' ? { user: OWNER_ROLE, password: secrets.owner } : { user: APP_ROLE, password: secrets.app }
}

/** How long a server may take to start or end before we say so: replaying the log after a crash can take long. */
const STARTING = 90_000
/** A dead server's remains (a zombie, its last children) are gone after this. */
const REMAINS = 2_500

async function join(place: Place, program: Program, options: ClusterOptions): Promise<Joined> {
  const secrets = await initialise(place, program, options.durable ?? true)
  const listen = options.listen ?? (process.platform === 'win32' ? 'tcp' : 'socket')
  const began = performance.now()
  const waited = (): number => performance.now() - began
  for (;;) {
    const there = await readPostmaster(place)
    if (there) {
      // First of all knock: that also finds a server whose process id means nothing here, as in another container.
      const presence = there.port > 0 ? await enter(place, there, secrets) : undefined
      if (presence instanceof pg.Client) return { how: 'adopted', postmaster: there, presence, secrets }
      const holder = await holderOf(there.pid, place.data)
      if (holder === 'postgres') {
        if (presence === 'refused') throw wrongPassword(place)
        if (waited() > STARTING) throw notStarted(place, `process ${there.pid} does not answer`)
        // It says that it is ready, and its door is gone (a cleaner of /tmp): nobody else can reach it either.
        if (there.ready && waited() > REMAINS && !(await hasDoor(there))) await stopPostmaster(place, program, there.pid)
        await sleep(10)
        continue
      }
      // PostgreSQL believes any process with this id to be alive; we know better, and hold the lock.
      if (holder === 'zombie' && waited() < REMAINS) {
        await sleep(10)
        continue
      }
      if (holder !== 'none') await forgetPostmaster(place)
    } else if (await hasPidFile(place)) {
      // One is just writing it (and was orphaned by its starter), or died doing so; PostgreSQL itself would give up here.
      if (waited() < REMAINS) {
        await sleep(10)
        continue
      }
      await forgetPostmaster(place)
    }
    const started = await startPostmaster(place, program, listen, { ...settings(options.durable ?? true), ...options.settings })
    if (started === 'busy') {
      if (waited() > STARTING) throw notStarted(place, 'another server still holds the folder')
      await sleep(50)
      continue
    }
    const presence = await enter(place, started, secrets)
    if (presence === 'refused') throw wrongPassword(place)
    if (!presence) continue
    await ensureRoles(presence, secrets)
    return { how: 'started', postmaster: started, presence, secrets }
  }
}

/** Connects as a member; `undefined` when nobody answers there, or not yet, or it is another server. */
async function enter(place: Place, { host, port }: Postmaster, secrets: Secrets): Promise<pg.Client | 'refused' | undefined> {
  const client = new pg.Client({ host, port, database: 'postgres', ...login('postgres', secrets), application_name: MEMBER + process.pid, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    if (rows[0]?.data_directory === place.data || process.platform === 'win32') return client
    await client.end()
    return undefined
  } catch (error) {
    await client.end().catch(() => {})
    return (error as { code?: string }).code === '28P01' ? 'refused' : undefined
  }
}

function wrongPassword(place: Place): StoreProblem {
  return new StoreProblem('wrong-password', {
    en: `${place.secrets} does not fit the database beside it. Put back the file that belongs to it, or restore a backup into a new folder.`,
    zh: `${place.secrets} 与其旁边的数据库不匹配。请放回原来的文件，或将备份恢复到新文件夹。`,
  })
}

/** Under the lock nobody can join while we look whether we are the last. */
async function leave(place: Place, program: Program, { presence, postmaster }: Joined): Promise<void> {
  let others = 0
  handleOf(presence).ref()
  try {
    // Marked within the query, not by the end of the connection, which the server notices a little later.
    await presence.query(`set application_name = '${LEAVING}'`)
    let members = await membersOf(presence)
    if (members.some((pid) => !lives(pid))) {
      // Killed just now, and its connection not yet buried; or a member whose process ids are not ours (another container).
      await sleep(150)
      members = await membersOf(presence)
    }
    others = members.length
    await presence.end()
  } catch {
    // The server went away by itself; somebody else may have started it again, and then it is theirs.
    return
  }
  if (others === 0) await stopPostmaster(place, program, postmaster.pid)
}

async function membersOf(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ name: string }>('select application_name as name from pg_stat_activity where starts_with(application_name, $1)', [MEMBER])
  return rows.map(({ name }) => Number(name.slice(MEMBER.length)))
}

/** `pg` has these two, its types forget them. */
const handleOf = (client: pg.Client): { ref(): void; unref(): void } => client as unknown as { ref(): void; unref(): void }
