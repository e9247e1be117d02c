import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, open, realpath, rmdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { folderProblem, StoreProblem } from '../problem.ts'
import { closedTo, giveTo, isRoot, runAs } from './user.ts'
import type { RunAs } from './user.ts'

/** Where everything of one cluster lies. */
export interface Place {
  /** What SENTE_DATA names; other things of Sente may lie here too. */
  folder: string
  /** Made in one rename when it is complete: if it exists, it is whole. */
  cluster: string
  data: string
  secrets: string
  log: string
  lock: string
  user: RunAs
}

/** The data folder: SENTE_DATA, or the place where the platform keeps a user's data. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SENTE_DATA) return resolve(env.SENTE_DATA)
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'sente')
  const home = env.HOME || homedir()
  if (process.platform === 'darwin') return join(isRoot() ? '/' : home, 'Library', 'Application Support', 'sente')
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'sente')
  // Root's home is closed to the user PostgreSQL must then run as; this is where a system's services keep their data.
  return isRoot() ? '/var/lib/sente' : join(home, '.local', 'share', 'sente')
}

/** Makes the data folder and finds what lies where. Throws a `StoreProblem` when it cannot be used. */
export async function placeOf(wanted: string): Promise<Place> {
  try {
    await makeFolder(wanted)
    const folder = await realpath(wanted)
    const cluster = join(folder, 'cluster')
    const data = join(cluster, 'data')
    const user = await runAs(data)
    if (user) await openFor(user, folder)
    const probe = join(folder, 'cluster.lock')
    await (await open(probe, 'a', 0o600)).close()
    return {
      folder,
      cluster,
      data,
      secrets: join(cluster, 'secrets.json'),
      log: join(cluster, 'postgres.log'),
      lock: probe,
      user,
    }
  } catch (error) {
    throw folderProblem(wanted, error) ?? error
  }
}

/** Folders that root makes on the way are open for passing, whatever its umask; an ordinary user's are closed. */
async function makeFolder(wanted: string): Promise<void> {
  const first = await mkdir(wanted, { recursive: true, mode: 0o700 })
  if (first === undefined || !isRoot()) return
  for (let made = resolve(wanted); made.length >= first.length; made = dirname(made)) await chmod(made, 0o755)
}

/** Lets the user PostgreSQL runs as pass through our own folder; folders above it are not ours to change. */
async function openFor(user: NonNullable<RunAs>, folder: string): Promise<void> {
  const { mode, uid } = await stat(folder)
  if (uid === 0) await chmod(folder, (mode & 0o7777) | 0o011)
  const closed = await closedTo(user, folder)
  if (closed === undefined) return
  throw new StoreProblem('unreachable', {
    en: `${folder}: PostgreSQL does not run as root and its user may not enter ${closed}. Name a folder that others may enter with SENTE_DATA, such as /var/lib/sente, or start Sente without root.`,
    zh: `${folder}：PostgreSQL 不能以 root 运行，而它所用的用户无权进入 ${closed}。请用 SENTE_DATA 指定其他用户可进入的文件夹（如 /var/lib/sente），或不以 root 启动 Sente。`,
  })
}

/** A Unix socket's whole path has at most 107 bytes on Linux and 103 on macOS, of which PostgreSQL takes some for the name. */
const LONGEST_SOCKET_FOLDER = 103 - '/.s.PGSQL.5432.lock'.length

/** The folder of the Unix socket, for the database's user and root only: beside the data, or in /tmp when that path is too long. */
export async function socketFolder(place: Place): Promise<string> {
  const beside = join(place.cluster, 'run')
  const short = Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER
  const folder = short ? beside : `/tmp/sente-${createHash('sha256').update(place.data).digest('hex').slice(0, 16)}`
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
  if (made) {
    await chmod(folder, 0o700)
    await giveTo(folder, place.user)
    return folder
  }
  // In /tmp anybody could have made it first, to listen in our place.
  const found = await lstat(folder)
  const owner = place.user?.uid ?? process.getuid?.()
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return folder
  throw new StoreProblem('unwritable', {
    en: `${folder}: belongs to somebody else. Remove it, or name a data folder with a shorter path with SENTE_DATA.`,
    zh: `${folder}：属于其他用户。请删除它，或用 SENTE_DATA 指定路径更短的数据文件夹。`,
  })
}

/** Takes away a socket folder that lies outside the data; it is empty once the server has stopped. */
export async function removeSocketFolder(place: Place, folder: string): Promise<void> {
  if (folder.startsWith('/tmp/sente-') && !folder.startsWith(place.folder)) await rmdir(folder).catch(() => {})
}

/** A rename is only safe against a power cut once the folder around it is on disk. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(dirname(path), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
