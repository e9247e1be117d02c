import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { dealOf, withOurs } from '@sente/api'
import type { Ours } from '@sente/api'
import { brief } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { dealAt } from './as-of.ts'
import { methodologyOf } from './method.ts'
import { livingPlan, madeWith, mayBeKept, oursOf, planGround } from './plans.ts'
import { NotFound } from './refusal.ts'
import type { Tx } from './tenant.ts'
import { todayOf } from './today.ts'

/** Everything, for computing: what of it may be shown is decided where it is shown. */
const COMPUTING = { write: false, sensitive: true, share: false }

export interface BriefQuery {
  /** What could be known at the end of this day; default: today. */
  asOf?: PlainDate | undefined
  /** As the database stood at this moment (RFC 3339); not kept. */
  at?: string | undefined
}

/** The brief of a deal as JSON text, from the cache where it stands there for this version of the deal. Throws `NotFound`. */
export async function briefText(
  tx: Tx,
  dealId: string,
  { asOf, at }: BriefQuery = {},
): Promise<{ text: string; version: number }> {
  const methodology = await methodologyOf(tx)
  if (at !== undefined) {
    const day = asOf ?? (await todayOf(tx))
    const ours = await oursOf(tx)
    const whole = await dealAt(tx, dealId, at, { access: COMPUTING })
    const deal = withOurs(dealOf(whole), ours)
    const made = brief(deal, methodology, day, { calendars: calendarsOf(deal, day) })
    return { text: JSON.stringify(made), version: whole.deal.version }
  }
  const [known] = await tx.rows<{
    version: number
    us: Ours | null
    today: PlainDate
    method: string | null
    body: Buffer | null
  }>(
    `select d.version, w.us, coalesce($4::date, (now() at time zone w.time_zone)::date)::text as today, b.method, b.body
     from deal d
     join workspace w on w.id = $1
     left join brief_cache b on b.workspace_id = $1
       and b.deal_id = d.id
       and b.deal_version = d.version
       and b.as_of = coalesce($3::date, $4::date, (now() at time zone w.time_zone)::date)
     where d.workspace_id = $1 and d.id = $2`,
    [tx.workspaceId, dealId, asOf ?? null, tx.today ?? null],
    'cached_brief',
  )
  if (!known) throw new NotFound()
  const day = asOf ?? known.today
  const lives = day === known.today
  // A day that was looked at before it came was planned from nothing.
  const method = `${madeWith(methodology, known.us ?? {})}${lives ? ' lives' : ''}`
  if (known.body && known.method === method)
    return { text: inflateRawSync(known.body).toString(), version: known.version }
  const ground = await planGround(tx, dealId)
  const { whole, deal } = ground
  // Of today there is one plan, the one that lives: a brief that planned anew could say another.
  const planned = lives ? { plan: (await livingPlan(tx, ground)).plan } : {}
  const text = JSON.stringify(brief(deal, methodology, day, { calendars: calendarsOf(deal, day), ...planned }))
  if (!mayBeKept(whole)) return { text, version: whole.deal.version }
  await tx.rows(
    `insert into brief_cache (workspace_id, deal_id, as_of, deal_version, method, body)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, deal_id, as_of)
     do update set deal_version = excluded.deal_version, method = excluded.method, body = excluded.body, created_at = now()
     where brief_cache.deal_version <= excluded.deal_version`,
    [tx.workspaceId, dealId, day, whole.deal.version, method, deflateRawSync(text, { level: 1 })],
    'keep_brief',
  )
  return { text, version: whole.deal.version }
}

/** The same, read. */
export async function briefOf(
  tx: Tx,
  dealId: string,
  query: BriefQuery = {},
): Promise<{ brief: Brief; version: number }> {
  const { text, version } = await briefText(tx, dealId, query)
  return { brief: JSON.parse(text) as Brief, version }
}
