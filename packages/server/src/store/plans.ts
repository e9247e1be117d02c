import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { dealOf, withOurs } from '@sente/api'
import type { DealWhole, Ours } from '@sente/api'
import { addDays, plan as makePlan } from '@sente/engine'
import type { Deal, Methodology, Plan, PlainDate, PlanRequest } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { methodOf, methodologyOf } from './method.ts'
import { keepDay, planOfDay } from './plan-days.ts'
import { loadDeal } from './read.ts'
import type { Tx } from './tenant.ts'
import { todayOf } from './today.ts'

/** Everything, for computing: what of it may be shown is decided where it is shown. */
const COMPUTING = { write: false, sensitive: true, share: false }
/** So long a change of the plan is told. */
const TOLD_DAYS = 14
const TOLD = 50

/** Only what every later write counts a version for: an import counts none for a deal whose summary waits to be computed (`outdate.ts`). */
export const mayBeKept = (whole: DealWhole): boolean => whole.summary?.fresh === true

/** What a plan, and a brief with one, is made with besides the deal: with another method, or other people of ours, it is another. */
export const madeWith = (methodology: Methodology, ours: Ours): string =>
  `${methodOf(methodology)} ${createHash('sha256').update(JSON.stringify(ours)).digest('base64url')}`

export type Noticed = Plan['changed'][number] & { noticedOn: PlainDate }
type Style = Plan['style']

/** A deal with all that a plan is made of. */
export interface Ground {
  whole: DealWhole
  /** With the workspace's people and days off. */
  deal: Deal
  ours: Ours
  today: PlainDate
}

/** Who of ours goes to customers, and when nobody can; the same for all deals of the workspace. */
export async function oursOf(tx: Tx): Promise<Ours> {
  const [row] = await tx.rows<{ us: Ours | null }>('select us from workspace where id = $1', [tx.workspaceId], 'ours')
  return row?.us ?? {}
}

/** Throws `NotFound`. */
export async function planGround(tx: Tx, dealId: string): Promise<Ground> {
  const whole = await loadDeal(tx, dealId, { access: COMPUTING })
  const ours = await oursOf(tx)
  return { whole, deal: withOurs(dealOf(whole), ours), ours, today: await todayOf(tx) }
}

/** A plan that is not kept. */
export async function planFrom(tx: Tx, { deal, today }: Ground, request: PlanRequest, asOf = today): Promise<Plan> {
  return makePlan(deal, await methodologyOf(tx), asOf, { calendars: calendarsOf(deal, asOf), ...request })
}

export interface KeptPlan {
  plan: Plan
  /** Who of ours goes, as the plan names them. */
  team: readonly { id: string; name: string }[]
}

/** The plans of deals that were made today and of what the deals are now; those that would have to be made are not there. */
export async function keptPlans(tx: Tx, dealIds: readonly string[]): Promise<Map<string, KeptPlan>> {
  const ours = await oursOf(tx)
  const rows = await tx.rows<{ deal_id: string; us: NonNullable<Deal['us']> | null; body: Buffer }>(
    `select p.deal_id, d.us, p.body
     from deal_plan p
     join deal d on d.workspace_id = $1 and d.id = p.deal_id and d.version = p.deal_version
     where p.workspace_id = $1
       and p.deal_id = any($2::uuid[])
       and p."on" = $3
       and p.made_with = $4
       and p.style = coalesce(d.style, 'steady')`,
    [tx.workspaceId, dealIds, await todayOf(tx), madeWith(await methodologyOf(tx), ours)],
    'kept_plans',
  )
  return new Map(
    rows.map(({ deal_id: dealId, us, body }) => {
      const { plan } = JSON.parse(inflateRawSync(body).toString()) as Kept
      return [dealId, { plan, team: us?.team ?? ours.team ?? [] }]
    }),
  )
}

interface Kept {
  plan: Plan
  changed: Noticed[]
}

/**
 * The plan of a deal as it lives: made again when the deal, the day or who of ours there is has changed, from the plan before, so that as
 * little as possible moves; what moved is told for two weeks.
 */
export async function livingPlan(tx: Tx, ground: Ground, given?: Style): Promise<Kept> {
  const { whole, deal, ours, today } = ground
  const style = given ?? deal.style ?? 'steady'
  const made = madeWith(await methodologyOf(tx), ours)
  const { id: dealId, version } = whole.deal
  const [row] = await tx.rows<{ on: PlainDate; deal_version: number; made_with: string; body: Buffer }>(
    `select "on"::text as "on", deal_version, made_with, body
     from deal_plan
     where workspace_id = $1 and deal_id = $2 and style = $3`,
    [tx.workspaceId, dealId, style],
    'kept_plan',
  )
  const before = row && (JSON.parse(inflateRawSync(row.body).toString()) as Kept)
  if (before && row.on === today && row.deal_version === version && row.made_with === made) return before
  const plan = await planFrom(tx, ground, { style, ...(before && { previous: before.plan }) })
  const since = addDays(today, -TOLD_DAYS)
  const changed = [
    ...plan.changed.map((change): Noticed => ({ ...change, noticedOn: today })),
    ...(before?.changed ?? []).filter(({ noticedOn }) => noticedOn > since),
  ].slice(0, TOLD)
  const kept: Kept = { plan, changed }
  if (before && row.on < today) await keepDay(tx, dealId, { ...before.plan, asOf: row.on }, today)
  if (!mayBeKept(whole) && before && row.deal_version === version && row.on === today) return kept
  await tx.rows(
    `insert into deal_plan (workspace_id, deal_id, style, "on", deal_version, made_with, body)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, deal_id, style)
     do update set "on" = excluded."on", deal_version = excluded.deal_version, made_with = excluded.made_with, body = excluded.body, made_at = now()
     where deal_plan.deal_version <= excluded.deal_version`,
    [tx.workspaceId, dealId, style, today, version, made, deflateRawSync(JSON.stringify(kept), { level: 1 })],
    'keep_plan',
  )
  return kept
}

/** The plan that stood on an earlier day: the living one, where it has stood since, else the one that was kept; null: none is. */
export async function stoodOn(tx: Tx, { whole, deal }: Ground, on: PlainDate, given?: Style): Promise<Plan | null> {
  const style = given ?? deal.style ?? 'steady'
  const [row] = await tx.rows<{ on: PlainDate; body: Buffer }>(
    `select "on"::text as "on", body
     from deal_plan
     where workspace_id = $1 and deal_id = $2 and style = $3 and "on" <= $4`,
    [tx.workspaceId, whole.deal.id, style, on],
    'plan_standing',
  )
  if (row) {
    const { plan } = JSON.parse(inflateRawSync(row.body).toString()) as Kept
    return { ...plan, asOf: row.on, steps: plan.steps.map((step) => ({ ...step, why: [] })) }
  }
  return planOfDay(tx, whole.deal.id, { on, style, methodology: await methodologyOf(tx) })
}
