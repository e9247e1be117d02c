import { setImmediate as breathe } from 'node:timers/promises'
import { dealOf, withOurs } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { addDays, firstKnownOn, isOpenOn, reviewLine, WEEK } from '@sente/engine'
import type { Deal, LineRequest, Methodology, PlainDate, ReviewLine } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { methodOf, methodologyOf } from './method.ts'
import { keptPlans, oursOf } from './plans.ts'
import { loadDeals } from './read.ts'
import type { Store, Tx } from './tenant.ts'
import { withWorkspace } from './tenant.ts'

/** Few at once: a line needs a plan, and whoever waits for a connection waits for all of them. */
const BATCH = 10
/** So many days every line is kept; of older ones that of Monday, for a year and a month. */
const EVERY_DAY = 35
const MONDAYS = 400

/**
 * Makes the review lines that are missing: of every open deal one for today and, where none is kept of the week before, one by what was known then; of
 * a deal that closed one more. Once through all deals in the order of their ids; answers how many lines were written. It stops between two batches as soon as
 * `until` is aborted or `busy` says that something else comes first.
 */
export async function settleReviews(
  store: Store,
  workspaceId: string,
  today: PlainDate,
  until?: AbortSignal,
  busy?: () => Promise<boolean>,
): Promise<number> {
  let written = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    if (until?.aborted || (await busy?.())) return written
    const from = after
    const done = await withWorkspace(store, { workspaceId, via: 'job', today }, (tx) => batch(tx, today, from))
    if (done.last === undefined) return written
    after = done.last
    written += done.written
  }
}

async function batch(tx: Tx, today: PlainDate, after: string): Promise<{ last: string | undefined; written: number }> {
  const methodology = await methodologyOf(tx)
  const due = await tx.rows<{ id: string; kept: boolean; again: boolean }>(
    `select d.id, exists (
       select
       from review_line l
       where l.workspace_id = $1 and l.deal_id = d.id and l."on" <= $2::date - ${WEEK}) as kept, exists (
       select
       from review_line l
       where l.workspace_id = $1 and l.deal_id = d.id and l."on" = $2) as again
     from deal d
     where d.workspace_id = $1
       and d.id > $3
       and (d.status = 'open' or d.closed_on > $2::date - ${EVERY_DAY})
       and not exists (
         select
         from review_line l
         where l.workspace_id = $1
           and l.deal_id = d.id
           and l.deal_version = d.version
           and l.method = $4
           and (l."on" = $2 or d.status <> 'open'))
     order by d.id
     limit ${BATCH}`,
    [tx.workspaceId, today, after, methodOf(methodology)],
    'review_due',
  )
  if (due.length === 0) return { last: undefined, written: 0 }
  const ids = due.map(({ id }) => id)
  const kept = new Set(due.filter((one) => one.kept).map(({ id }) => id))
  const again = new Set(due.filter((one) => one.again).map(({ id }) => id))
  const [ours, plans, wholes] = [await oursOf(tx), await keptPlans(tx, ids), await loadDeals(tx, ids)]
  let written = 0
  for (const whole of wholes) {
    const deal = withOurs(dealOf(whole), ours)
    for (const line of linesOf(deal, methodology, today, {
      plan: plans.get(whole.deal.id)?.plan,
      kept: kept.has(whole.deal.id),
    })) {
      await write(tx, whole, methodOf(methodology), line)
      written++
    }
    // Somebody may be looking at a deal that changed; a new day is no news.
    const { id, version } = whole.deal
    if (again.has(id))
      tx.events.push({ workspaceId: tx.workspaceId, dealId: id, kind: 'deal', id, version, action: 'summary' })
    // A line takes tens of milliseconds: requests are answered in between.
    await breathe()
  }
  return { last: ids.at(-1)!, written }
}

function linesOf(
  deal: Deal,
  methodology: Methodology,
  today: PlainDate,
  { plan, kept }: { plan: LineRequest['plan']; kept: boolean },
): ReviewLine[] {
  try {
    const line = reviewLine(deal, methodology, today, { calendars: calendarsOf(deal, today), ...(plan && { plan }) })
    const week = addDays(today, -WEEK)
    const first = firstKnownOn(deal)
    if (kept || first === undefined || first > week || !isOpenOn(deal, week)) return [line]
    // What its amount was then is not known.
    return [{ ...reviewLine(deal, methodology, week, { plan: false }), amount: null }, line]
  } catch (error) {
    // The engine is total; should it fail all the same, one deal goes without a line instead of holding up all others.
    console.error('a review line could not be computed', error)
    return []
  }
}

async function write(tx: Tx, { deal: { id, version } }: DealWhole, method: string, line: ReviewLine): Promise<void> {
  await tx.rows(
    `insert into review_line (workspace_id, deal_id, "on", deal_version, method, week_drop, win, base, seller, manager, meeting, decider, threads, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (workspace_id, deal_id, "on")
     do update set deal_version = excluded.deal_version, method = excluded.method, week_drop = excluded.week_drop, win = excluded.win, base = excluded.base,
       seller = excluded.seller, manager = excluded.manager, meeting = excluded.meeting, decider = excluded.decider, threads = excluded.threads,
       body = excluded.body, made_at = now()
     where review_line.deal_version <= excluded.deal_version`,
    [
      tx.workspaceId,
      id,
      line.on,
      version,
      method,
      line.week?.drop ?? null,
      line.win?.value ?? null,
      line.base.won,
      line.seller?.value ?? null,
      line.manager?.value ?? null,
      line.nextMeeting !== null,
      line.decider,
      line.threads,
      JSON.stringify(line),
    ],
    'write_review_line',
  )
}

/** Forgets lines that no review asks for any more. */
export async function thinReviews(tx: Tx, today: PlainDate): Promise<void> {
  await tx.rows(
    `delete from review_line
     where workspace_id = $1
       and ("on" < $2::date - ${MONDAYS} or ("on" < $2::date - ${EVERY_DAY} and extract(isodow from "on") <> 1))`,
    [tx.workspaceId, today],
  )
}
