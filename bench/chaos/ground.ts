import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 } from 'uuid'
import { hashOf, newApiToken } from '../../packages/server/src/auth/secrets.ts'
import { openCluster } from '../../packages/server/src/store/cluster/cluster.ts'
import type { Cluster } from '../../packages/server/src/store/cluster/cluster.ts'
import { openDatabase } from '../../packages/server/src/store/connect.ts'
import type { Database } from '../../packages/server/src/store/connect.ts'
import { migrate } from '../../packages/server/src/store/migrate.ts'

export type Kind = 'embedded' | 'external'
const root = fileURLToPath(new URL('../../', import.meta.url))
export const SENTE = join(root, 'packages/server/bin/sente.mjs')

/** A server or worker in a process of its own. */
export interface Running {
  child: ChildProcess
  address: string
  err: () => string
}

/** A database with a workspace, a token and deals, and servers on it. What ends without being killed is remembered. */
export interface Ground {
  kind: Kind
  folder: string
  env: Record<string, string>
  database: Database
  cluster: Cluster
  workspaceId: string
  memberId: string
  token: string
  deals: string[]
  /** Processes that ended and were not killed by us, with what they said. */
  ended: string[]
  /** When `until` ends first, it is killed while it starts. */
  start(args?: readonly string[], until?: AbortSignal): Promise<Running>
  kill(running: Running, signal?: NodeJS.Signals): Promise<void>
  close(): Promise<void>
}

export async function makeGround(kind: Kind, deals = 16, data?: string): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-chaos-'))
  await chmod(folder, 0o755)
  const at = data ?? join(folder, 'data')
  const cluster = await openCluster({ folder: at, listen: kind === 'external' ? 'tcp' : 'socket' })
  const env: Record<string, string> =
    kind === 'embedded'
      ? { SENTE_DATA: at }
      : { DATABASE_URL: cluster.url('sente', 'owner'), SENTE_APP_DATABASE_URL: cluster.url('sente', 'app') }
  const database = await openDatabase({ env })
  await migrate(database.owner)
  const [workspaceId, memberId, token] = [v7(), v7(), newApiToken()]
  const { owner } = database
  await owner.query(`insert into workspace (id, name) values ($1, 'Chaos')`, [workspaceId])
  await owner.query(
    `insert into member (workspace_id, id, email, name, role, password_hash) values ($1, $2, 'ada@example.com', 'Ada', 'administrator', 'x')`,
    [workspaceId, memberId],
  )
  await owner.query(
    `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, 't', $4, '{deals:read,deals:write,accounts:read,accounts:write,import,export,sensitive:read,members:read}')`,
    [workspaceId, v7(), memberId, hashOf(token)],
  )
  const killed = new WeakSet<ChildProcess>()
  const alive = new Set<ChildProcess>()
  const ground: Ground = {
    kind,
    folder,
    env,
    database,
    cluster,
    workspaceId,
    memberId,
    token,
    deals: [],
    ended: [],
    start: (args = [], until) =>
      new Promise((resolve, reject) => {
        const { PATH = '', HOME = '' } = process.env
        const child = spawn(
          process.execPath,
          [SENTE, 'serve', '--no-restart', '--port', '0', '--json', '--log', 'silent', ...args],
          {
            cwd: root,
            env: { PATH, HOME, ...env },
          },
        )
        alive.add(child)
        until?.addEventListener('abort', () => {
          killed.add(child)
          child.kill('SIGKILL')
        })
        let [out, err] = ['', '']
        child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-4_000)))
        child.on('exit', (code, signal) => {
          alive.delete(child)
          if (!killed.has(child)) ground.ended.push(`${args.join(' ')} ended with ${code ?? signal}: ${err}`)
          reject(new Error(`ended with ${code ?? signal}: ${err}`))
        })
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          out += text
          if (!out.includes('\n')) return
          const { address } = JSON.parse(out.split('\n')[0]!) as { address: string }
          resolve({ child, address, err: () => err })
        })
      }),
    kill: (running, signal = 'SIGKILL') => {
      killed.add(running.child)
      return new Promise((resolve) => {
        if (running.child.exitCode !== null || running.child.signalCode !== null) return resolve()
        running.child.once('exit', () => resolve())
        running.child.kill(signal)
      })
    },
    async close() {
      for (const child of alive) {
        killed.add(child)
        child.kill('SIGKILL')
      }
      await database.close().catch(() => {})
      await cluster.stop().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
  const first = await ground.start(['--no-jobs'])
  for (let i = 0; i < deals; i++) {
    const made = await ask(ground, first.address, 'POST', '/deals', {
      name: `Deal ${i}`,
      amount: { value: String(1000 + i), currency: 'CNY' },
    })
    ground.deals.push((made.body as { id: string }).id)
  }
  await ground.kill(first, 'SIGTERM')
  return ground
}

export async function ask(
  { token }: Pick<Ground, 'token'>,
  address: string,
  method: string,
  path: string,
  body?: object | string,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
export const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!
