import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { v7 } from 'uuid'
import { hashOf, newApiToken } from '../../src/auth/secrets.ts'
import { openDatabase } from '../../src/store/connect.ts'
import type { Database } from '../../src/store/connect.ts'
import { ROOT } from '../run.ts'
import { testDatabase } from './database.ts'
import type { DatabaseKind } from './database.ts'

export const SENTE = join(ROOT, 'packages/server/bin/sente.mjs')
/** Milliseconds for a test that starts and kills servers. */
export const LONG = 240_000

export interface Served {
  child: ChildProcess
  address: string
  setup: string | null
  err: () => string
}

/** Starts the real server in its own process, and waits until it says where it is. */
export function serve(env: Record<string, string>, ...args: string[]): Promise<Served> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(
    process.execPath,
    [SENTE, 'serve', '--no-restart', '--port', '0', '--json', '--log', 'error', ...args],
    {
      cwd: ROOT,
      env: { PATH, HOME, ...env },
    },
  )
  let [out, err] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${err}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (!out.includes('\n')) return
      const { address, setup } = JSON.parse(out.split('\n')[0]!) as { address: string; setup: string | null }
      resolve({ child, address, setup, err: () => err })
    })
  })
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const done = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill(signal)
  return done
}

/** A database with a workspace, an administrator's token and a deal, for servers in processes of their own. */
export interface ServedGround {
  env: Record<string, string>
  database: Database
  token: string
  dealId: string
}

/** Makes the ground before the tests of a `describe` and clears it away after them; use it inside tests and hooks only. */
export function servedGround(kind: DatabaseKind): ServedGround {
  const ground = {} as ServedGround
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sente-serve-'))
    await chmod(folder, 0o755)
    Object.assign(ground, kind === 'external' ? await external() : await embedded(join(folder, 'data')))
    await fill(ground)
  }, LONG)
  afterAll(async () => {
    await ground.database?.close()
    await rm(folder, { recursive: true, force: true })
  }, LONG)
  return ground
}

async function external(): Promise<Pick<ServedGround, 'env' | 'database'>> {
  const database = await testDatabase({ kind: 'external' })
  return { env: { ...database.env }, database }
}

async function embedded(folder: string): Promise<Pick<ServedGround, 'env' | 'database'>> {
  const env = { SENTE_DATA: folder }
  // A first start makes everything; it ends cleanly when told to.
  const first = await serve(env)
  expect(first.setup).toMatch(/\/welcome\?token=/)
  expect(await ended(first.child, 'SIGTERM')).toBe(0)
  return { env, database: await openDatabase({ env }) }
}

async function fill(ground: ServedGround): Promise<void> {
  const { owner } = ground.database
  const [w, m] = [v7(), v7()]
  ground.token = newApiToken()
  ground.dealId = v7()
  await owner.query(`insert into workspace (id, name) values ($1, 'Kills')`, [w])
  await owner.query(
    `insert into member (workspace_id, id, email, name, role, password_hash) values ($1, $2, 'ada@example.com', 'Ada', 'administrator', 'x')`,
    [w, m],
  )
  await owner.query(
    `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, 't', $4, '{deals:read,deals:write,accounts:read,accounts:write,import,export,sensitive:read,members:read}')`,
    [w, v7(), m, hashOf(ground.token)],
  )
  await owner.query(`insert into deal (workspace_id, id, owner_id, name) values ($1, $2, $3, 'Core platform')`, [
    w,
    ground.dealId,
    m,
  ])
}
