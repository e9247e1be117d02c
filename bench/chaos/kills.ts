import { v7 } from 'uuid'
import { ask, makeGround, pick, sleep } from './ground.ts'
import type { Ground, Kind, Running } from './ground.ts'
import type { Proved } from './tally.ts'

/** What was acknowledged: it must be there, whatever is killed. */
interface Ledger {
  touches: Set<string>
  /** Name of each deal that a `201` made, and its amount. */
  deals: Set<string>
  /** Numbers of the lists that were sent and of those whose import was said to be done; each has its own rows. */
  lists: number
  imports: Set<number>
  refused: Map<number, number>
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

/** Of one list. */
const ROWS = 300
/** Kills after which everybody stops for a moment and the ledger is compared with the database. */
const COMPARE_AFTER = 25

/**
 * So many kills of one database under writers and importers on two servers and a worker, one of which is often just starting again. `proved` is told after
 * each comparison what it has shown: a run that is cut off has shown what came before. Throws when anything acknowledged is lost, or somebody ends who was
 * not killed.
 */
export async function kills(kind: Kind, count: number, proved: (since: Proved) => void): Promise<void> {
  const ground = await makeGround(kind)
  try {
    await rounds(ground, count, proved)
  } finally {
    await ground.close()
  }
}

async function rounds(ground: Ground, count: number, proved: (since: Proved) => void): Promise<void> {
  const seats = [new Seat(ground), new Seat(ground, '--no-jobs'), new Seat(ground, '--worker-only')]
  const [worker, servers] = [seats[2]!, seats.slice(0, 2)]
  await Promise.all(seats.map((seat) => seat.up))
  const ledger: Ledger = { touches: new Set(), deals: new Set(), lists: 0, imports: new Set(), refused: new Map() }
  let since = nothing(ground.kind)
  const before = { touches: 0, deals: 0, imports: 0 }
  for (let done = 0; done < count; done += COMPARE_AFTER) {
    const load = { running: true }
    const writers = [
      ...Array.from({ length: 5 }, () => writer(ground, servers, ledger, load)),
      importer(ground, servers, ledger, load),
    ]
    // A writer that was told what must not be said ends the run.
    const broken = Promise.all(writers).then(() => new Promise<never>(() => {}))
    const piece = async (): Promise<void> => {
      for (let i = 0; i < Math.min(COMPARE_AFTER, count - done); i++) {
        const drawn = pick(VICTIMS)
        // Mostly somebody is left who answers: a start takes long, and while nobody answers little is written.
        const alone = drawn === 'server' && servers.some(({ address }) => address === undefined)
        const victim = alone && Math.random() < 0.75 ? 'backend' : drawn
        since.kills[victim] = (since.kills[victim] ?? 0) + 1
        const waited = await killOne(ground, victim, servers, worker, ledger)
        since.longestMs = Math.max(since.longestMs, waited)
        if (waited > 10_000) since.pauses++
      }
    }
    await Promise.race([piece(), broken])
    load.running = false
    await Promise.all(writers)
    await Promise.race([
      Promise.all(seats.map((seat) => seat.up)),
      sleep(180_000).then(() => {
        throw new Error(
          `does not come to run: ${seats
            .filter(({ lives }) => !lives)
            .map(({ name }) => name)
            .join(', ')}`,
        )
      }),
    ])
    const problems = [
      ...(await check(ground, ledger)),
      ...ground.ended.map((each) => `ended by itself: ${each}`),
      ...seats.flatMap((seat) => (seat.lives ? [] : [`${seat.name} does not live`])),
    ]
    if (problems.length > 0) throw new Error(problems.join('\n'))
    since.facts = ledger.touches.size - before.touches
    since.deals = ledger.deals.size - before.deals
    since.imports = ledger.imports.size - before.imports
    since.rows = since.imports * ROWS
    since.refused = Object.fromEntries(ledger.refused)
    proved(since)
    since = nothing(ground.kind)
    ledger.refused.clear()
    Object.assign(before, { touches: ledger.touches.size, deals: ledger.deals.size, imports: ledger.imports.size })
  }
  for (const seat of seats) await seat.end()
}

const nothing = (kind: Kind): Proved => ({
  kind,
  kills: {},
  facts: 0,
  deals: 0,
  imports: 0,
  rows: 0,
  refused: {},
  pauses: 0,
  longestMs: 0,
})

/** One kill; resolves to the milliseconds until somebody is acknowledged again, three times. */
async function killOne(
  ground: Ground,
  victim: (typeof VICTIMS)[number],
  servers: readonly Seat[],
  worker: Seat,
  ledger: Ledger,
): Promise<number> {
  await sleep(Math.random() * 250)
  const before = ledger.touches.size
  const began = performance.now()
  if (victim === 'server') pick(servers).kill()
  else if (victim === 'worker') worker.kill()
  else if (victim === 'postmaster') {
    await ground.cluster.ready()
    try {
      process.kill(ground.cluster.pid, 'SIGKILL')
    } catch {
      // Its end by the kill before is noticed only now.
    }
  } else await killBackend(ground, victim === 'backend-hard')
  while (ledger.touches.size < before + 3) {
    if (performance.now() - began > 60_000) throw new Error(`${victim}: nothing is written any more after 60 s`)
    await sleep(20)
  }
  return performance.now() - began
}

/** A place at which a server or worker runs: who is killed is followed by the next one at once, and that may be killed while it starts. */
class Seat {
  readonly name: string
  readonly #ground: Ground
  readonly #args: string[]
  #stop = new AbortController()
  #running: Running | undefined
  /** Resolves when whoever has the seat runs. */
  up: Promise<void>

  constructor(ground: Ground, ...args: string[]) {
    this.#ground = ground
    this.#args = args
    this.name = args[0] ?? 'server'
    this.up = this.#start()
  }

  async #start(): Promise<void> {
    const { signal } = this.#stop
    try {
      const running = await this.#ground.start(this.#args, signal)
      if (!signal.aborted) this.#running = running
    } catch (error) {
      // Killed while it started. One that gave up by itself is in `ended`, and its seat stays empty.
      if (!signal.aborted) throw error
    }
  }

  /** `undefined` while it starts. */
  get address(): string | undefined {
    return this.#running?.address
  }

  get lives(): boolean {
    const child = this.#running?.child
    return child !== undefined && child.exitCode === null && child.signalCode === null
  }

  kill(): void {
    this.#running = undefined
    this.#stop.abort()
    this.#stop = new AbortController()
    this.up = this.#start()
    // Whoever waits for it hears of it.
    this.up.catch(() => {})
  }

  async end(): Promise<void> {
    if (this.#running) await this.#ground.kill(this.#running, 'SIGTERM')
  }
}

/** Of one that runs. */
async function someAddress(servers: readonly Seat[]): Promise<string | undefined> {
  const up = servers.flatMap(({ address }) => address ?? [])
  if (up.length > 0) return pick(up)
  await sleep(20)
  return undefined
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
  servers: readonly Seat[],
  ledger: Ledger,
  load: { running: boolean },
): Promise<void> {
  while (load.running) {
    const id = v7()
    const deal = Math.random() < 0.1
    const address = await someAddress(servers)
    if (address === undefined) continue
    try {
      const { status } = deal
        ? await ask(ground, address, 'POST', '/deals', {
            id,
            name: `Made ${id}`,
            amount: { value: '10', currency: 'CNY' },
          })
        : await ask(ground, address, 'POST', `/deals/${pick(ground.deals)}/touches`, {
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
  servers: readonly Seat[],
  ledger: Ledger,
  load: { running: boolean },
): Promise<void> {
  while (load.running) {
    const address = await someAddress(servers)
    if (address === undefined) continue
    const n = ledger.lists++
    const rows = Array.from({ length: ROWS }, (_, i) =>
      JSON.stringify({ externalId: `acc-${n}-${i}`, name: `Imported ${n} ${i}` }),
    )
    try {
      const { status, body } = await ask(
        ground,
        address,
        'POST',
        '/imports?kind=accounts&format=ndjson',
        `${rows.join('\n')}\n`,
      )
      const run = body as { status: string; created: number }
      if (status === 201 && run.status === 'done' && run.created === ROWS) ledger.imports.add(n)
    } catch {
      // Broken off; what was committed of it stays, and nothing was promised.
    }
    await sleep(400)
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
  const { rows: lists } = await owner.query<{ list: number; rows: number }>(
    `select split_part(external_id, '-', 2)::int as list, count(*)::int as rows from account where workspace_id = $1 group by 1`,
    [workspaceId],
  )
  const whole = new Set(lists.filter(({ rows }) => rows === ROWS).map(({ list }) => list))
  const torn = [...ledger.imports].filter((list) => !whole.has(list)).length
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
    ...(torn > 0 ? [`${torn} imports that were said to be done are not whole`] : []),
    ...(twice > 0 ? [`${twice} rows imported twice`] : []),
    ...(totals > 0 ? [`${totals} totals differ from the deals`] : []),
  ]
}
