import { setImmediate as breathe } from 'node:timers/promises'
import { dealOf } from '@sente/api'
import { judgedWin, PHASES, summary } from '@sente/engine'
import type { BriefSummary, Methodology, PlainDate } from '@sente/engine'
import { methodOf, methodologyOf } from './method.ts'
import { loadDeals } from './read.ts'
import type { SummaryColumns } from './summary.ts'
import type { Store, Tx } from './tenant.ts'
import { withWorkspace } from './tenant.ts'

const TOP_FINDINGS = 5

/** What lists and totals keep of a brief. */
export function summaryColumns(of: BriefSummary, method: string, version: number): SummaryColumns {
  const severe = of.findings.filter(({ severity }) => severity === 'danger' || severity === 'block')
  const { known } = of.position
  const starts = of.lead.startBy.map(({ startBy }) => startBy).sort()
  return {
    brief_version: version,
    brief_on: of.asOf,
    brief_method: method,
    // Nothing was heard of the customer: no phase, and the deal is not counted in one.
    phase: known ? PHASES.indexOf(of.position.leading) : null,
    phases: known ? PHASES.map((phase) => of.position.phases[phase]) : null,
    stalled: known ? of.position.stalled : null,
    progress: known ? of.position.progress : null,
    lead_state: of.lead.state,
    lead_days: of.lead.days,
    lead_concern: of.lead.concern,
    cover: of.people.cover.executives?.value ?? null,
    working_cover: of.people.cover.working?.value ?? null,
    vacuum: of.people.vacuum,
    danger_count: severe.length,
    warn_count: of.findings.filter(({ severity }) => severity === 'warn').length,
    top_findings: of.findings.slice(0, TOP_FINDINGS).map(({ rule, severity }) => ({ rule, severity })),
    win: judgedWin(of),
    decision_on: of.outlook.when?.p50 ?? null,
    next_start_by: starts[0] ?? null,
    homework_count: of.homework.length,
  }
}

const TYPES: Record<keyof SummaryColumns, string> = {
  brief_version: 'int',
  brief_on: 'date',
  brief_method: 'text',
  phase: 'smallint',
  phases: 'real[]',
  stalled: 'real',
  progress: 'real',
  lead_state: 'text',
  lead_days: 'int',
  lead_concern: 'text',
  cover: 'real',
  working_cover: 'real',
  vacuum: 'boolean',
  danger_count: 'smallint',
  warn_count: 'smallint',
  top_findings: 'jsonb',
  win: 'real',
  decision_on: 'date',
  next_start_by: 'date',
  homework_count: 'smallint',
}
const COLUMNS = Object.keys(TYPES)

const WRITE = `
  with s as (select *
    from json_to_recordset($2::json) s (id uuid, ${COLUMNS.map((column) => `${column} ${TYPES[column as keyof SummaryColumns]}`).join(', ')})),
  was as materialized (
    select d.id, d.owner_id, d.status, d.currency, d.amount, d.phase, d.lead_state, d.danger_count
    from deal d
    join s on s.id = d.id
    where d.workspace_id = $1 and coalesce(d.brief_version, 0) <= s.brief_version
    order by d.id
    for no key update of d),
  now as (
    update deal d
    set ${COLUMNS.map((column) => `${column} = s.${column}`).join(', ')}
    from was
    join s on s.id = was.id
    where d.workspace_id = $1 and d.id = was.id
    returning d.id, d.owner_id, d.status, d.currency, d.amount, d.phase, d.lead_state, d.danger_count, d.version),
  moved as (
    insert into deal_total (workspace_id, owner_id, status, phase, currency, deals, amount, behind, danger)
    select $1::uuid, owner_id, status, coalesce(phase, -1), coalesce(currency, ''), sum(n), sum(n * coalesce(amount, 0)),
      sum(case when lead_state = 'behind' then n else 0 end), sum(case when danger_count > 0 then n else 0 end)
    from (select -1 as n, owner_id, status, currency, amount, phase, lead_state, danger_count
      from was
      where id in (select id from now)
      union all
      select 1, owner_id, status, currency, amount, phase, lead_state, danger_count
      from now) m
    group by 2, 3, 4, 5
    having sum(n) <> 0 or sum(n * coalesce(amount, 0)) <> 0 or sum(case when lead_state = 'behind' then n else 0 end) <> 0 or sum(case when danger_count > 0 then n else 0 end) <> 0
    order by 2, 3, 4, 5
    on conflict (workspace_id, owner_id, status, phase, currency) do update set
      deals = deal_total.deals + excluded.deals, amount = deal_total.amount + excluded.amount, behind = deal_total.behind + excluded.behind, danger = deal_total.danger + excluded.danger)
  select id, version from now`

/** Computes and writes the summaries of deals for a day. Holds no lock while it computes, so that nobody waits for it. */
export async function summarise(
  tx: Tx,
  ids: readonly string[],
  today: PlainDate,
  { tell = true }: { tell?: boolean } = {},
): Promise<void> {
  const methodology = await methodologyOf(tx)
  const rows: object[] = []
  for (const whole of await loadDeals(tx, ids)) {
    rows.push({
      id: whole.deal.id,
      ...summaryOfDeal(() => summary(dealOf(whole), methodology, today), methodology, whole.deal.version, today),
    })
    // Many take a while: requests are answered in between.
    await breathe()
  }
  const written = await tx.rows<{ id: string; version: number }>(
    WRITE,
    [tx.workspaceId, JSON.stringify(rows)],
    'write_summaries',
  )
  if (tell)
    for (const { id, version } of written)
      tx.events.push({ workspaceId: tx.workspaceId, dealId: id, kind: 'deal', id, version, action: 'summary' })
}

/** The engine is total; should it fail all the same, one deal goes without a summary instead of holding up all others. */
function summaryOfDeal(
  compute: () => BriefSummary,
  methodology: Methodology,
  version: number,
  today: PlainDate,
): Partial<SummaryColumns> {
  const method = methodOf(methodology)
  try {
    return summaryColumns(compute(), method, version)
  } catch (error) {
    console.error('a brief could not be computed', error)
    return {
      brief_version: version,
      brief_on: today,
      brief_method: method,
      danger_count: 0,
      warn_count: 0,
      homework_count: 0,
      top_findings: [],
    }
  }
}

const BATCH = 50
/** So many workers at once find something that no other has taken. */
const SHARERS = 16
/** More than this is work for several. */
const MUCH = 4 * BATCH

/** Deals to compute: those that changed since, then those whose day is past. Whoever takes one keeps others from it until it is written. */
const DUE = {
  changed: `d.stale`,
  past: `d.status = 'open' and d.brief_on < $2::date`,
}

/** One batch of one workspace; answers how many it computed. Several processes share the work: none takes what another has taken. */
async function batch(store: Store, workspaceId: string, why: keyof typeof DUE, today: PlainDate): Promise<number> {
  return withWorkspace(store, { workspaceId, via: 'job', today }, async (tx) => {
    // Advisory, not row locks: a row lock would make those who write the deal wait while its brief is computed.
    const due = await tx.rows<{ id: string }>(
      `select id
       from (select d.id
         from deal d
         where d.workspace_id = $1 and ${DUE[why]} and $2::date is not null
         limit ${SHARERS * BATCH}) d
       where pg_try_advisory_xact_lock(hashtextextended(id::text, 7)) limit ${BATCH}`,
      [workspaceId, today],
      `due_${why}`,
    )
    // What was computed between the look and the lock is not computed again.
    const still = await tx.rows<{ id: string }>(
      `select d.id
       from deal d
       where d.workspace_id = $1 and d.id = any($3::uuid[]) and ${DUE[why]} and $2::date is not null`,
      [workspaceId, today, due.map(({ id }) => id)],
      `still_${why}`,
    )
    if (still.length > 0)
      await summarise(
        tx,
        still.map(({ id }) => id),
        today,
        { tell: why === 'changed' },
      )
    return due.length
  })
}

/** Computes what is due in a workspace: changed deals first. `until` ends it between two batches. */
export async function settleWorkspace(
  store: Store,
  workspaceId: string,
  today: PlainDate,
  until?: AbortSignal,
): Promise<number> {
  let computed = 0
  for (const why of ['changed', 'past'] as const) {
    for (;;) {
      if (until?.aborted) return computed
      const n = await batch(store, workspaceId, why, today)
      if (n === 0) break
      computed += n
    }
  }
  return computed
}

/** Whether so much is due that others should be asked to help. */
export async function isMuchDue(store: Store, workspaceId: string, today: PlainDate): Promise<boolean> {
  const [row] = await withWorkspace(
    store,
    { workspaceId, via: 'job' },
    (tx) =>
      tx.rows<{ due: number }>(
        `select count(*)::int as due
         from ((select from deal d where d.workspace_id = $1 and ${DUE.changed} limit ${MUCH + 1})
           union all (select from deal d where d.workspace_id = $1 and ${DUE.past} limit ${MUCH + 1})) d`,
        [workspaceId, today],
      ),
    { readOnly: true },
  )
  return row!.due > MUCH
}

/** Workspaces in which something is due, with their day. */
export async function workspacesDue(store: Store): Promise<{ id: string; today: PlainDate }[]> {
  return (
    await store.database.app.query<{ id: string; today: PlainDate }>(
      'select id, today::text as today from workspaces_due()',
    )
  ).rows
}

/** Computes everything that is due now, in all workspaces or one. For tests, the command line, and a server that starts. */
export async function settle(
  store: Store,
  { workspaceId, today }: { workspaceId?: string; today?: PlainDate } = {},
): Promise<number> {
  let computed = 0
  const due = workspaceId && today ? [{ id: workspaceId, today }] : await workspacesDue(store)
  for (const each of due)
    if (workspaceId === undefined || each.id === workspaceId)
      computed += await settleWorkspace(store, each.id, today ?? each.today)
  return computed
}

/** After a change of method every summary has to be computed again. Answers how many were marked. */
export async function forgetOtherMethods(store: Store, workspaceId: string): Promise<number> {
  return withWorkspace(store, { workspaceId, via: 'job' }, async (tx) => {
    const rows = await tx.rows(
      `update deal
       set brief_version = null
       where workspace_id = $1 and brief_version is not null and brief_method is distinct from $2
       returning id`,
      [workspaceId, methodOf(await methodologyOf(tx))],
    )
    return rows.length
  })
}
