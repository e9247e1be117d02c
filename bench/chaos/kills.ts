import { v7 } from 'uuid'
import { ask, makeGround, pick, sleep } from './ground.ts'
import type { Ground, Kind, Running } from './ground.ts'

/** What was acknowledged: it must be there, whatever is killed. */
interface Ledger {
  touches: Set<string>
  /** Name of each deal that a `201` made, and its amount. */
  deals: Set<string>
  imports: { rows: number; done: number }
  refused: Map<number, number>
}

/** Kills of one database under writers and importers on two servers and a worker; throws when anything acknowledged is lost. */
export async function kills(kind: Kind, count: number): Promise<string[]> {
  const ground = await makeGround(kind)
  try {
    return await rounds(ground, count)
  } finally {
    await ground.close()
  }
}

const VICTIMS = [
  'server',
  'server',
  'server',
  'worker',
  'backend',
  'backend',
  'backend',
  'backend-hard',
  'postmaster',
] as const

async function rounds(ground: Ground, count: number): Promise<string[]> {
  const servers: Running[] = [await ground.start(), await ground.start('--no-jobs')]
  let worker = await ground.start('--worker-only')
  const ledger: Ledger = { touches: new Set(), deals: new Set(), imports: { rows: 0, done: 0 }, refused: new Map() }
  const load = { running: true }
  const writers = [
    ...Array.from({ length: 5 }, () => writer(ground, servers, ledger, load)),
    importer(ground, servers, ledger, load),
  ]
  const done = new Map<string, number>()
  let stuck = 0
  for (let i = 0; i < count; i++) {
    const before = ledger.touches.size
    await sleep(Math.random() * 250)
    const victim = pick(VICTIMS)
    done.set(victim, (done.get(victim) ?? 0) + 1)
    if (victim === 'server') {
      const at = Math.floor(Math.random() * servers.length)
      await ground.kill(servers[at]!)
      servers[at] = await again(() => ground.start(...(at === 0 ? [] : ['--no-jobs'])))
    } else if (victim === 'worker') {
      await ground.kill(worker)
      worker = await again(() => ground.start('--worker-only'))
    } else if (victim === 'postmaster') {
      await ground.cluster.ready()
      try {
        process.kill(ground.cluster.pid, 'SIGKILL')
      } catch {
        // Its end by the kill before is noticed only now.
      }
      await sleep(50)
      await ground.cluster.ready()
    } else await killBackend(ground, victim === 'backend-hard')
    // It must go on: somebody is acknowledged again.
    for (let tries = 0; ledger.touches.size < before + 3; tries++) {
      if (tries === 600) throw new Error(`${victim}: nothing is written any more after 60 s`)
      if (tries === 100) stuck++
      await sleep(100)
    }
    if ((i + 1) % 25 === 0)
      console.error(`  ${ground.kind}: ${i + 1} kills, ${ledger.touches.size} writes acknowledged`)
  }
  load.running = false
  await Promise.all(writers)
  const alive = [...servers, worker].filter(({ child }) => child.exitCode === null && child.signalCode === null).length
  for (const one of [...servers, worker]) await ground.kill(one, 'SIGTERM')
  const wrong = await check(ground, ledger)
  const problems = [
    ...wrong,
    ...ground.ended.map((one) => `ended by itself: ${one}`),
    ...(alive === 3 ? [] : [`${alive} of 3 alive`]),
  ]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return [
    `${ground.kind}: ${count} kills (${[...done].map(([name, n]) => `${name} ${n}`).join(', ')})`,
    `${ledger.touches.size} facts and ${ledger.deals.size} deals acknowledged, none lost; ${ledger.imports.done} imports of ${ledger.imports.rows} rows done, none lost; totals exact; no process ended that was not killed; ${stuck} pauses of more than 10 s`,
    `answers that refused: ${[...ledger.refused].map(([status, n]) => `${status} × ${n}`).join(', ') || 'none'}`,
  ]
}

/** The database may be starting just then. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (tries === 3) throw error
      await sleep(1000)
    }
}

async function killBackend({ database, cluster }: Ground, hard: boolean): Promise<void> {
  try {
    await cluster.ready()
    const { rows } = await database.owner.query<{ pid: number }>(
      `select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend' and datname = current_database() order by random() limit 1`,
    )
    const pid = rows[0]?.pid
    if (pid === undefined) return
    if (hard) process.kill(pid, 'SIGKILL')
    else await database.owner.query('select pg_terminate_backend($1)', [pid])
  } catch {
    // The one who asked was the one who was killed.
  }
}

async function writer(
  ground: Ground,
  servers: readonly Running[],
  ledger: Ledger,
  load: { running: boolean },
): Promise<void> {
  while (load.running) {
    const id = v7()
    const deal = Math.random() < 0.1
    try {
      const { status } = deal
        ? await ask(ground, pick(servers).address, 'POST', '/deals', {
            id,
            name: `Made ${id}`,
            amount: { value: '10', currency: 'CNY' },
          })
        : await ask(ground, pick(servers).address, 'POST', `/deals/${pick(ground.deals)}/touches`, {
            id,
            on: '2025-02-11',
            what: 'chaos',
          })
      if (status === 201) (deal ? ledger.deals : ledger.touches).add(id)
      else {
        ledger.refused.set(status, (ledger.refused.get(status) ?? 0) + 1)
        if (status !== 503 && status !== 507) throw new Error(`a write was answered ${status}`)
        await sleep(50)
      }
    } catch (error) {
      if (/answered/.test((error as Error).message)) throw error
      await sleep(20)
    }
  }
}

async function importer(
  ground: Ground,
  servers: readonly Running[],
  ledger: Ledger,
  load: { running: boolean },
): Promise<void> {
  for (let n = 0; load.running; n++) {
    const rows = Array.from({ length: 300 }, (_, i) =>
      JSON.stringify({ externalId: `acc-${n}-${i}`, name: `Imported ${n} ${i}` }),
    )
    try {
      const { status, body } = await ask(
        ground,
        pick(servers).address,
        'POST',
        '/imports?kind=accounts&format=ndjson',
        `${rows.join('\n')}\n`,
      )
      const run = body as { status: string; created: number }
      if (status === 201 && run.status === 'done') {
        ledger.imports.done++
        ledger.imports.rows += run.created
      }
    } catch {
      // Broken off; what was committed of it stays, and nothing was promised.
    }
    await sleep(200)
  }
}

async function check({ database, workspaceId, cluster }: Ground, ledger: Ledger): Promise<string[]> {
  await cluster.ready()
  const { owner } = database
  const ids = async (table: string): Promise<Set<string>> =>
    new Set(
      (await owner.query<{ id: string }>(`select id from ${table} where workspace_id = $1`, [workspaceId])).rows.map(
        ({ id }) => id,
      ),
    )
  const [touches, deals] = [await ids('touch'), await ids('deal')]
  const lost =
    [...ledger.touches].filter((id) => !touches.has(id)).length +
    [...ledger.deals].filter((id) => !deals.has(id)).length
  const one = async (text: string): Promise<number> =>
    (await owner.query<{ n: number }>(text, [workspaceId])).rows[0]!.n
  const unmarked = await one(
    `select count(*)::int as n from touch t where t.workspace_id = $1 and not exists (select from change c where c.workspace_id = $1 and c.record_id = t.id and c.action = 'create')`,
  )
  const accounts = await one(`select count(*)::int as n from account where workspace_id = $1`)
  const twice = await one(
    `select count(*)::int as n from (select external_id from account where workspace_id = $1 group by 1 having count(*) > 1) t`,
  )
  const totals = await one(
    `select count(*)::int as n from (
       select owner_id, status, coalesce(phase, -1) as phase, coalesce(currency, '') as currency, count(*) as deals, coalesce(sum(amount), 0) as amount from deal where workspace_id = $1 group by 1, 2, 3, 4
     ) d full join (select * from deal_total where workspace_id = $1 and deals <> 0) t using (owner_id, status, phase, currency)
     where d.deals is distinct from t.deals or d.amount is distinct from t.amount`,
  )
  return [
    ...(lost > 0 ? [`${lost} acknowledged records are lost`] : []),
    ...(unmarked > 0 ? [`${unmarked} facts without a mark in the audit trail`] : []),
    ...(accounts < ledger.imports.rows ? [`${ledger.imports.rows} imported rows acknowledged, ${accounts} there`] : []),
    ...(twice > 0 ? [`${twice} rows imported twice`] : []),
    ...(totals > 0 ? [`${totals} totals differ from the deals`] : []),
  ]
}
