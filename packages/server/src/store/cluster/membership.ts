import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { StoreProblem } from '../problem.ts'
import { removeSocketFolder } from './folder.ts'
import type { Place } from './folder.ts'
import { initialise, notStarted } from './initialise.ts'
import type { Secrets } from './initialise.ts'
import { forgetPostmaster, hasDoor, hasPidFile, readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import type { Listen, Postmaster } from './postmaster.ts'
import { holderOf, lives } from './process.ts'
import type { Program } from './program.ts'
import { APP_ROLE, ensureRoles, OWNER_ROLE } from './roles.ts'
import { settings } from './settings.ts'
import type { Settings } from './settings.ts'

/** Who connects: the bootstrap superuser (for tests and repair only), the owner of the tables, the application. */
export type ClusterRole = 'postgres' | 'owner' | 'app'

/** How a server is run, if it must be started. */
export interface ServerOptions {
  listen?: Listen
  /** Only tests may give durability up for speed. */
  durable?: boolean
  settings?: Settings
}

/** How a member's own connection is called, with its process id; the members of a cluster are counted by it. */
const MEMBER = 'sente member '
const LEAVING = 'sente leaving'

export interface Joined {
  /** Whether this process started the server or found it running. */
  how: 'started' | 'adopted'
  postmaster: Postmaster
  presence: pg.Client
  secrets: Secrets
}

export function login(role: ClusterRole, secrets: Secrets): { user: string; password: string } {
  if (role === 'postgres') return { user: 'postgres', password: secrets.postgres }
  return role === 'owner' ? { user: OWNER_ROLE, password: secrets.owner } : { user: APP_ROLE, password: secrets.app }
}

/** How long a server may take to start or end before we say so: replaying the log after a crash can take long. */
const STARTING = 90_000
/** A dead server's remains (a zombie, its last children) are gone after this. */
const REMAINS = 2_500

/** Becomes a member, starting the server if it must. To be called under the lock. */
export async function join(place: Place, program: Program, options: ServerOptions): Promise<Joined> {
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
        if (there.ready && waited() > REMAINS && !(await hasDoor(there)))
          await stopPostmaster(place, program, there.pid)
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
    const started = await startPostmaster(place, program, listen, {
      ...settings(options.durable ?? true),
      ...options.settings,
    })
    if (started === 'busy') {
      if (waited() > STARTING) throw notStarted(place, 'another server still holds the folder')
      await sleep(50)
      continue
    }
    try {
      const presence = await enter(place, started, secrets)
      if (presence === 'refused') throw wrongPassword(place)
      if (!presence) continue
      await ensureRoles(presence, secrets)
      return { how: 'started', postmaster: started, presence, secrets }
    } catch (error) {
      // Nobody has joined it yet, and we do not.
      await stopPostmaster(place, program, started.pid)
      throw error
    }
  }
}

/** Connects as a member; `undefined` when nobody answers there, or not yet, or it is another server. */
async function enter(
  place: Place,
  { host, port }: Postmaster,
  secrets: Secrets,
): Promise<pg.Client | 'refused' | undefined> {
  const client = new pg.Client({
    host,
    port,
    database: 'postgres',
    ...login('postgres', secrets),
    application_name: MEMBER + process.pid,
    connectionTimeoutMillis: 5_000,
  })
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
export async function leave(place: Place, program: Program, { presence, postmaster }: Joined): Promise<void> {
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
  if (others > 0) return
  await stopPostmaster(place, program, postmaster.pid)
  await removeSocketFolder(place, postmaster.host)
}

async function membersOf(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ name: string }>(
    'select application_name as name from pg_stat_activity where starts_with(application_name, $1)',
    [MEMBER],
  )
  return rows.map(({ name }) => Number(name.slice(MEMBER.length)))
}

/** `pg` has these two, its types forget them. */
export const handleOf = (client: pg.Client): { ref(): void; unref(): void } =>
  client as unknown as { ref(): void; unref(): void }
