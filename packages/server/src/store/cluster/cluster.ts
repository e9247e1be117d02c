import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { folderProblem } from '../problem.ts'
import { placeOf } from './folder.ts'
import { withLock } from './lock.ts'
import { handleOf, join, leave, login } from './membership.ts'
import type { ClusterRole, ServerOptions } from './membership.ts'
import { programFor } from './program.ts'

export interface ClusterOptions extends ServerOptions {
  /** The data folder, see `dataFolder`. */
  folder: string
  /** Told, in English, what happens to the server; nothing is told when it is simply there. */
  log?: (line: string) => void
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

/**
 * Opens the database of a folder: makes it, starts it, or joins the one that runs there, whoever started it. Processes take part
 * by holding a connection, which the kernel closes however they end: so a killed one neither keeps the server nor takes it away.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await placeOf(options.folder)
  const program = await programFor(place.user, path.join(place.folder, 'programs'), options.native).catch(
    (error: unknown) => {
      throw folderProblem(place.folder, error) ?? error
    },
  )
  const log = options.log ?? (() => {})
  let joined = await withLock(place.lock, () => join(place, program, options))
  const stopping = new AbortController()
  let stopped: Promise<void> | undefined
  let ready: Promise<void> = Promise.resolve()

  const watch = (presence: pg.Client): void => {
    // Being a member is no reason for a process to live on.
    handleOf(presence).unref()
    presence.once('end', () => {
      if (stopping.signal.aborted) return
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
        if (stopping.signal.aborted) return await withLock(place.lock, () => leave(place, program, joined))
        watch(joined.presence)
        log(`The database server runs again (process ${joined.postmaster.pid}, ${joined.how}).`)
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        log(`The database server could not be started: ${(error as Error).message}`)
        await sleep(pause, undefined, { ref: false, signal: stopping.signal }).catch(() => {})
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
    stop: () => {
      stopping.abort()
      return (stopped ??= ready.catch(() => {}).then(() => withLock(place.lock, () => leave(place, program, joined))))
    },
  }
}
