import { setImmediate as breathe } from 'node:timers/promises'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { dealOf, withOurs } from '@sente/api'
import type { Ours } from '@sente/api'
import { brief } from '@sente/engine'
import type { Brief, PlainDate } from '@sente/engine'
import { methodologyOf } from '../store/method.ts'
import { madeWith, mayBeKept } from '../store/plans.ts'
import { loadDeals } from '../store/read.ts'
import type { Tx } from '../store/tenant.ts'

const keyOf = (dealId: string, day: string): string => `${dealId} ${day}`

/** Without the plan, which costs more than all the rest; `briefOf` has it. */
type WithoutPlan = Omit<Brief, 'plan' | 'standing'>
export interface Briefs {
  get: (dealId: string, day: PlainDate) => WithoutPlan | undefined
}

/** Briefs of several deals on several days: three statements however many there are, and nothing computed that is in the cache. */
export async function briefsOfMany(tx: Tx, dealIds: readonly string[], days: readonly PlainDate[]): Promise<Briefs> {
  const found = new Map<string, WithoutPlan>()
  const briefs: Briefs = { get: (dealId, day) => found.get(keyOf(dealId, day)) }
  if (dealIds.length === 0 || days.length === 0) return briefs
  const methodology = await methodologyOf(tx)
  const rows = await tx.rows<{
    us: Ours | null
    deal_id: string | null
    as_of: string | null
    method: string | null
    body: Buffer | null
  }>(
    `select w.us, k.*
     from workspace w
     left join (
       select b.deal_id, b.as_of::text as as_of, b.method, b.body
       from brief_cache b
       join deal d on d.workspace_id = $1 and d.id = b.deal_id and d.version = b.deal_version
       where b.workspace_id = $1 and b.deal_id = any($2::uuid[]) and b.as_of = any($3::date[])
     ) k on true
     where w.id = $1`,
    [tx.workspaceId, dealIds, days],
    'cached_briefs',
  )
  const ours = rows[0]?.us ?? {}
  const method = madeWith(methodology, ours)
  // Kept under a name of its own: whoever wants the plan as well makes it, and keeps it in its place.
  const bare = `${method} bare`
  for (const row of rows)
    if (row.deal_id !== null && row.as_of !== null && row.body !== null && row.method?.startsWith(method))
      found.set(keyOf(row.deal_id, row.as_of), JSON.parse(inflateRawSync(row.body).toString()) as WithoutPlan)
  const missing = dealIds.filter((id) => days.some((day) => !found.has(keyOf(id, day))))
  if (missing.length === 0) return briefs
  const kept: { deal: string; day: string; version: number; body: Buffer }[] = []
  for (const whole of await loadDeals(tx, missing)) {
    const deal = withOurs(dealOf(whole), ours)
    for (const day of days) {
      const key = keyOf(whole.deal.id, day)
      if (found.has(key)) continue
      // Made only when it is read: here it never is.
      const computed: WithoutPlan = Object.defineProperties(brief(deal, methodology, day), {
        plan: { value: [] },
        standing: { value: [] },
      })
      found.set(key, computed)
      if (mayBeKept(whole))
        kept.push({
          deal: whole.deal.id,
          day,
          version: whole.deal.version,
          body: deflateRawSync(JSON.stringify(computed), { level: 1 }),
        })
      // A brief takes milliseconds: other requests are answered in between.
      await breathe()
    }
  }
  if (kept.length > 0)
    await tx.rows(
      `insert into brief_cache (workspace_id, deal_id, as_of, deal_version, method, body)
     select $1, k.deal, k.day, k.version, $2, k.body
     from unnest($3::uuid[], $4::date[], $5::int[], $6::bytea[]) k (deal, day, version, body)
     order by k.deal, k.day
     on conflict (workspace_id, deal_id, as_of)
     do update set deal_version = excluded.deal_version, method = excluded.method, body = excluded.body, created_at = now()
     where brief_cache.deal_version <= excluded.deal_version`,
      [
        tx.workspaceId,
        bare,
        kept.map(({ deal }) => deal),
        kept.map(({ day }) => day),
        kept.map(({ version }) => version),
        kept.map(({ body }) => body),
      ],
      'keep_briefs',
    )
  return briefs
}
