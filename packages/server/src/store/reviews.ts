import { lacksOf } from '@sente/engine'
import type { PlainDate, ReviewLine, Staked, Voices } from '@sente/engine'
import { conditions, narrow, Parameters } from './deal-filter.ts'
import type { DealFilter } from './deal-filter.ts'
import type { Tx } from './tenant.ts'
import { visibilityOf } from './visibility.ts'
import type { Viewer } from './visibility.ts'

/** As much of a deal as orders and counts it, without its line. */
export interface ReviewPoint extends Staked {
  ownerId: string
  status: ReviewLine['status']
  voices: Voices
  /** The line is of this version of the deal and of today. */
  fresh: boolean
  /** Nothing was computed of it yet. */
  waiting: boolean
}

/** Every deal that the viewer may see and asks for which is open, or closed after `since`: from what is kept, nothing is computed. */
export async function reviewPoints(
  tx: Tx,
  viewer: Viewer,
  { on, since, filter }: { on: PlainDate; since: PlainDate; filter: Pick<DealFilter, 'ownerId' | 'teamId'> },
): Promise<ReviewPoint[]> {
  const narrowed = await narrow(tx, await visibilityOf(tx, viewer), filter)
  const { values, add } = new Parameters()
  const where = conditions(tx, narrowed, filter, add)
  const [day, from] = [add(on), add(since)]
  const rows = await tx.rows<{
    id: string
    name: string
    owner_id: string
    owner: string
    amount: string | null
    currency: string | null
    status: ReviewLine['status']
    week_drop: number | null
    win: number | null
    base: number | null
    seller: number | null
    manager: number | null
    meeting: boolean | null
    decider: ReviewLine['decider'] | null
    threads: number | null
    fresh: boolean | null
  }>(
    `select d.id, d.name, d.owner_id, m.name as owner, trim_scale(d.amount)::text as amount, d.currency, d.status, l.week_drop, l.win, l.base, l.seller,
       l.manager, l.meeting, l.decider, l.threads, l."on" = ${day}::date and l.deal_version = d.version as fresh
     from deal d
     join member m on m.workspace_id = d.workspace_id and m.id = d.owner_id
     left join lateral (
       select l.week_drop, l.win, l.base, l.seller, l.manager, l.meeting, l.decider, l.threads, l."on", l.deal_version
       from review_line l
       where l.workspace_id = d.workspace_id and l.deal_id = d.id and l."on" <= ${day}::date
       order by l."on" desc
       limit 1) l on true
     where ${where.join(' and ')} and (d.status = 'open' or (d.closed_on > ${from}::date and d.closed_on <= ${day}::date))`,
    values,
  )
  return rows.map((row): ReviewPoint => {
    const { id, name, owner, amount, currency, status, meeting, decider, threads } = row
    return {
      id,
      name,
      owner,
      ownerId: row.owner_id,
      status,
      amount: amount === null || currency === null ? null : { value: amount, currency },
      drop: row.week_drop,
      lacks: decider === null ? [] : lacksOf({ status, nextMeeting: meeting, decider, threads }),
      voices: {
        ...(row.seller !== null && { seller: row.seller }),
        ...(row.manager !== null && { manager: row.manager }),
        ...(row.win !== null && { sente: row.win }),
        ...(row.base !== null && { base: row.base }),
      },
      fresh: row.fresh === true,
      waiting: decider === null,
    }
  })
}

export interface LinesOfDeal {
  version: number
  account: string | null
  line: ReviewLine
  before: ReviewLine | 'new' | 'unknown'
}

/** The lines of deals: the newest, and the newest of `since` or before. Deals of which none is kept are not there. */
export async function reviewLines(
  tx: Tx,
  ids: readonly string[],
  { on, since }: { on: PlainDate; since: PlainDate },
): Promise<Map<string, LinesOfDeal>> {
  const rows = await tx.rows<{
    id: string
    version: number
    account: string | null
    amount: string | null
    currency: string | null
    line: ReviewLine
    before: ReviewLine | null
    is_new: boolean
  }>(
    `select d.id, d.version, a.name as account, trim_scale(d.amount)::text as amount, d.currency, l.body as line,
       coalesce(d.opened_on, d.first_contact_on, d.created_at::date) > $4::date as is_new,
       (select b.body
        from review_line b
        where b.workspace_id = $1 and b.deal_id = d.id and b."on" <= $4::date
        order by b."on" desc
        limit 1) as before
     from deal d
     left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
     cross join lateral (
       select l.body
       from review_line l
       where l.workspace_id = $1 and l.deal_id = d.id and l."on" <= $3::date
       order by l."on" desc
       limit 1) l
     where d.workspace_id = $1 and d.id = any($2::uuid[])`,
    [tx.workspaceId, ids, on, since],
    'review_lines',
  )
  return new Map(
    rows.map(({ id, version, account, amount, currency, line, before, is_new: isNew }) => [
      id,
      {
        version,
        account,
        // What it is worth is what it is now; the line may be of an hour ago.
        line: { ...line, amount: amount === null || currency === null ? null : { value: amount, currency } },
        // Where nothing newer is kept, nobody knows what changed.
        before: before === null ? (isNew ? 'new' : 'unknown') : before.on === line.on ? 'unknown' : before,
      },
    ]),
  )
}
