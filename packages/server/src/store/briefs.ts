import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { dealOf } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { brief } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { dealAt } from './as-of.ts'
import { methodOf, methodologyOf } from './method.ts'
import { loadDeal } from './read.ts'
import { NotFound } from './refusal.ts'
import type { Tx } from './tenant.ts'

/** Everything, for computing: what of it may be shown is decided where it is shown. */
const COMPUTING = { write: false, sensitive: true, share: false }

/** The day it is in the workspace. */
export async function todayOf(tx: Tx): Promise<PlainDate> {
  if (tx.today) return tx.today
  const [row] = await tx.rows<{ today: PlainDate }>(
    'select (now() at time zone time_zone)::date::text as today from workspace where id = $1',
    [tx.workspaceId],
    'today',
  )
  return row!.today
}

/** Only what every later write counts a version for: an import counts none for a deal whose summary waits to be computed (`outdate.ts`). */
export const mayBeKept = (whole: DealWhole): boolean => whole.summary?.fresh === true

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
  const day = asOf ?? (await todayOf(tx))
  const methodology = await methodologyOf(tx)
  if (at !== undefined) {
    const whole = await dealAt(tx, dealId, at, { access: COMPUTING })
    return { text: JSON.stringify(brief(dealOf(whole), methodology, day)), version: whole.deal.version }
  }
  const method = methodOf(methodology)
  const [known] = await tx.rows<{ version: number; body: Buffer | null }>(
    `select d.version, b.body
     from deal d
     left join brief_cache b on b.workspace_id = $1
       and b.deal_id = d.id
       and b.as_of = $3
       and b.deal_version = d.version
       and b.method = $4
     where d.workspace_id = $1 and d.id = $2`,
    [tx.workspaceId, dealId, day, method],
    'cached_brief',
  )
  if (!known) throw new NotFound()
  if (known.body) return { text: inflateRawSync(known.body).toString(), version: known.version }
  const whole = await loadDeal(tx, dealId, { access: COMPUTING })
  const text = JSON.stringify(brief(dealOf(whole), methodology, day))
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
