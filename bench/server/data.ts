import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { v7 } from 'uuid'
import { hashOf, newApiToken } from '../../packages/server/src/auth/secrets.ts'
import { runImport } from '../../packages/server/src/exchange/import/run.ts'
import { openDatabase } from '../../packages/server/src/store/connect.ts'
import type { Database } from '../../packages/server/src/store/connect.ts'
import { eventBus } from '../../packages/server/src/store/events.ts'
import { migrate } from '../../packages/server/src/store/migrate.ts'
import { withWorkspace } from '../../packages/server/src/store/tenant.ts'
import { recount } from '../../packages/server/src/store/totals.ts'
import { accounts, activities, deals, FULL, ndjson, people, SELLERS } from './generate.ts'
import type { Sizes } from './generate.ts'

/** SENTE_BENCH_SCALE=0.05 for a quick look; recorded figures are of the whole. */
const scale = Number(process.env['SENTE_BENCH_SCALE'] ?? 1)
export const SIZES: Sizes = {
  accounts: FULL.accounts * scale,
  people: FULL.people * scale,
  deals: FULL.deals * scale,
  activities: FULL.activities * scale,
}
export const TODAY = '2025-12-01'

export interface Loaded {
  database: Database
  workspaceId: string
  env: Record<string, string>
  tokens: { administrator: string; seller: string }
  sellerId: string
  /** Seconds by kind. */
  took: Record<keyof Sizes, number>
  /** Seconds of processor time of the import, in the program and in the database. */
  cpu: { program: number; database: number }
}

let loading: Promise<Loaded> | undefined
let ending: (() => Promise<void>) | undefined
/** The data set in a database of its own, imported once for all scenarios of a run. */
export const loaded = (): Promise<Loaded> => (loading ??= load())
export async function endData(): Promise<void> {
  await loading?.catch(() => {})
  await ending?.()
}

async function load(): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'sente-bench-'))
  await chmod(folder, 0o755)
  const env = { SENTE_DATA: join(folder, 'data') }
  const database = await openDatabase({ env })
  ending = () => endOf(database, folder)
  await migrate(database.owner)
  const method = loadMethodology(files)
  if (!('methodology' in method)) throw new Error('the method has faults')
  const store = { database, methodology: method.methodology, events: eventBus(database) }
  const [workspaceId, admin] = [v7(), v7()]
  await database.owner.query(`insert into workspace (id, name) values ($1, 'Bench')`, [workspaceId])
  const member = async (id: string, email: string, role: string): Promise<void> =>
    void (await database.owner.query(
      'insert into member (workspace_id, id, email, name, role, password_hash) values ($1, $2, $3, $3, $4, $5)',
      [workspaceId, id, email, role, 'x'],
    ))
  await member(admin, 'admin@example.com', 'administrator')
  const sellers = Array.from({ length: SELLERS }, () => v7())
  for (const [i, id] of sellers.entries()) await member(id, `seller${i}@example.com`, 'seller')
  const viewer = { memberId: admin, role: 'administrator', teamIds: [], write: true, sensitive: true } as const
  const took = {} as Loaded['took']
  const cpu = { program: 0, database: 0 }
  const lists = {
    accounts: accounts(SIZES),
    people: people(SIZES),
    deals: deals(SIZES, TODAY),
    activities: activities(SIZES),
  }
  for (const [kind, rows] of Object.entries(lists) as [keyof Sizes, Iterable<Record<string, unknown>>][]) {
    // What the generator costs is not the import's.
    const bytes: Uint8Array[] = []
    for await (const piece of ndjson(rows)) bytes.push(piece)
    const [started, own, theirs] = [performance.now(), process.cpuUsage(), databaseSeconds(database.cluster!.pid)]
    const run = await runImport(
      store,
      { workspaceId, actorId: admin, via: 'import' },
      viewer,
      (async function* () {
        yield* bytes
      })(),
      { kind },
    )
    took[kind] = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(own)
    cpu.program += (user + system) / 1e6
    cpu.database += databaseSeconds(database.cluster!.pid) - theirs
    if (run.status !== 'done' || run.failed > 0 || run.created !== SIZES[kind])
      throw new Error(`${kind}: ${JSON.stringify(run)}`)
  }
  const token = async (id: string): Promise<string> => {
    const secret = newApiToken()
    await database.owner.query(
      `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes) values ($1, $2, $3, 'bench', $4, '{deals:read,deals:write,accounts:read,accounts:write,members:read,sensitive:read}')`,
      [workspaceId, v7(), id, hashOf(secret)],
    )
    return secret
  }
  await summaries(database, workspaceId)
  await withWorkspace(store, { workspaceId, via: 'job' }, recount)
  await store.events.close()
  for (const table of [
    'deal',
    'touch',
    'note',
    'person',
    'account',
    'stakeholder',
    'deal_total',
    'stage_claim',
    'estimate',
  ])
    await database.owner.query(`vacuum analyze ${table}`)
  const secrets = { administrator: await token(admin), seller: await token(sellers[3]!) }
  // What the import left in memory is written when the database ends: requests that come later do not wait for it.
  await database.close()
  const started = await openDatabase({ env })
  ending = () => endOf(started, folder)
  return { database: started, workspaceId, env, tokens: secrets, sellerId: sellers[3]!, took, cpu }
}

async function endOf(database: Database, folder: string): Promise<void> {
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

/**
 * Summaries as they would stand, drawn instead of computed: how fast briefs are computed is measured by other scenarios, and what reading costs
 * does not depend on it.
 */
async function summaries(database: Database, workspaceId: string): Promise<void> {
  await database.owner.query(
    `update deal set brief_version = version, brief_on = $2, brief_method = 'bench', phase = mod(abs(hashtext(id::text)), 8), phases = '{0.1,0.2,0.1,0.2,0.1,0.1,0.1,0.1}', stalled = 0.1, progress = 0.5,
       lead_state = case when abs(hashtext(name)) % 3 = 0 then 'behind' else 'ahead' end, lead_days = abs(hashtext(name)) % 90 - 30, lead_concern = 'risk', cover = 0.4, working_cover = 0.6, vacuum = false,
       danger_count = abs(hashtext(name)) % 3, warn_count = 1, top_findings = '[{"rule": "no_number_one", "severity": "danger"}]', win = 0.4, decision_on = $2::date + 60, next_start_by = $2::date + 10, homework_count = 3
     where workspace_id = $1`,
    [workspaceId, TODAY],
  )
}

/** The application in a process of its own. */
export function serve(env: Record<string, string>): Promise<{ address: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./serve.ts', import.meta.url))], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.stdout!.setEncoding('utf8').once('data', (text: string) => resolve({ address: text.trim(), child }))
  })
}

/** Processor time of the database so far, in seconds; it counts the same however busy the machine is. Linux only. */
function databaseSeconds(postmaster: number): number {
  try {
    return readdirSync('/proc').reduce((sum, pid) => {
      if (!/^\d+$/.test(pid)) return sum
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(pid) === postmaster || Number(fields[1]) === postmaster
          ? sum + (Number(fields[11]) + Number(fields[12])) / 100
          : sum
      } catch {
        return sum
      }
    }, 0)
  } catch {
    return Number.NaN
  }
}
