import { spawn, execFile } from 'node:child_process'
import { lstat, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { folderProblem } from '../problem.ts'
import { socketFolder } from './folder.ts'
import type { Place } from './folder.ts'
import { cannotRun, notStarted, quietEnvironment } from './initialise.ts'
import { holderOf } from './process.ts'
import type { Program } from './program.ts'
import type { Settings } from './settings.ts'

/** A server process as its own pid file describes it. */
export interface Postmaster {
  pid: number
  /** A folder of a Unix socket or an address. */
  host: string
  port: number
  /** It takes connections; otherwise it is starting or stopping. */
  ready: boolean
}

/** How the server listens: a Unix socket, or loopback where there are none (and in tests of that way). */
export type Listen = 'socket' | 'tcp'

const pidFile = (place: Place): string => join(place.data, 'postmaster.pid')

/** Lines: pid, data folder, start time, port, socket folder, address, shared memory, status. Half-written ones count as none. */
export async function readPostmaster(place: Place): Promise<Postmaster | undefined> {
  const lines = (await readFile(pidFile(place), 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3] ?? 0), host: lines[4] || lines[5] || '127.0.0.1', ready: lines[7] === 'ready' }
}

export const hasPidFile = (place: Place): Promise<boolean> => exists(pidFile(place))

/** Whether there is something to knock at. */
export async function hasDoor({ host, port }: Postmaster): Promise<boolean> {
  return !host.startsWith('/') || exists(join(host, `.s.PGSQL.${port}`))
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Forgets a postmaster that is certainly dead. Only under the lock: nobody else can have started a new one meanwhile. */
export async function forgetPostmaster(place: Place): Promise<void> {
  await rm(pidFile(place), { force: true })
}

/** Starts the server and waits until it takes connections. `'busy'`: what is left of a dead one still holds the folder. */
export async function startPostmaster(
  place: Place,
  program: Program,
  listen: Listen,
  settings: Settings,
): Promise<Postmaster | 'busy'> {
  const { host, port } = await address(place, listen)
  const at =
    listen === 'tcp'
      ? { listen_addresses: host, unix_socket_directories: '' }
      : { listen_addresses: '', unix_socket_directories: host, unix_socket_permissions: '0700' }
  const options = Object.entries({ ...settings, ...at, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const log = await openLog(place)
  const before = (await log.stat()).size
  // Detached: neither Ctrl-C nor our own death ends it, others may be using it.
  const child = spawn(program.postgres, ['-D', place.data, ...options], {
    ...place.user,
    cwd: process.platform === 'win32' ? place.data : '/',
    env: quietEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
  })
  let ended: Error | number | string | undefined
  child.on('error', (error) => (ended = cannotRun(program.postgres, error)))
  child.on('exit', (code, signal) => (ended = code ?? signal ?? 'unknown'))
  child.unref()
  await log.close()
  for (;;) {
    const found = await readPostmaster(place)
    if (found?.ready && found.pid === child.pid) return found
    if (ended instanceof Error) throw ended
    if (ended !== undefined) {
      const words = (await readFile(place.log)).subarray(before).toString('utf8')
      if (/lock file ".*" already exists|pre-existing shared memory block|Address already in use/i.test(words))
        return 'busy'
      throw folderProblem(place.folder, words) ?? notStarted(place, words)
    }
    await sleep(4)
  }
}

async function address(place: Place, listen: Listen): Promise<{ host: string; port: number }> {
  if (listen === 'socket') return { host: await socketFolder(place), port: 5432 }
  // The last port again if it is free, so that addresses stay good.
  const remembered = Number(await readFile(join(place.cluster, 'port'), 'utf8').catch(() => '0'))
  const port = (await freePort(remembered)) ?? (await freePort(0))!
  const handle = await open(join(place.cluster, 'port'), 'w')
  await handle.writeFile(String(port))
  await handle.close()
  return { host: '127.0.0.1', port }
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(undefined))
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** PostgreSQL writes little (warnings and worse); one older file is kept. */
async function openLog(place: Place): Promise<Awaited<ReturnType<typeof open>>> {
  const size = await stat(place.log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 8 * 2 ** 20) await rename(place.log, `${place.log}.1`)
  return open(place.log, 'a', 0o600)
}

/** Ends the server: what is committed is on disk, clients are sent away. Resolves when the process is gone. */
export async function stopPostmaster(place: Place, program: Program, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(program.pgCtl, ['stop', '-D', place.data, '-m', 'fast', '-w'], { windowsHide: true })
    return
  }
  const started = performance.now()
  let hurried = false
  send(pid, 'SIGINT')
  for (;;) {
    const holder = await holderOf(pid, place.data)
    if (holder !== 'postgres') return
    // Slow disks may need long for the last checkpoint; after that the log is replayed at the next start instead.
    if (!hurried && performance.now() - started > 60_000) {
      hurried = true
      send(pid, 'SIGQUIT')
    }
    await sleep(5)
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
