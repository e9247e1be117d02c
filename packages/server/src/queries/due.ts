import { addDays, AHEAD } from '@sente/engine'
import type { DealOfToday, PlainDate } from '@sente/engine'
import type { Asking } from '../auth/principal.ts'
import { visibilityOf, visibilitySql, viewerOf } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'

/** So many deals are looked through for steps that are due, and of so many briefs are read: the most endangered. */
const DEALS = 500
const BRIEFED = 40
const BRIEFED_WON = 8

export interface DealHead {
  id: string
  name: string
  account: string | null
  owner: string | null
  status: 'open' | 'won'
  briefed: boolean
}

/** Deals won less than two years ago are still somebody's work: visits back, promises, results. */
const WON_DAYS = 730

/** Whose deals: one's own, all that one may see, or of these those of a member or of the members of a team. */
export interface Whose {
  whose?: 'own' | 'all' | undefined
  memberId?: string | undefined
  teamId?: string | undefined
}

/** Open deals and those won lately, of the caller's own, the most endangered first; of who owns none, or asks for others', those that they may see. */
export async function dealsOfToday(
  { tx, principal }: Asking,
  { whose = 'own', memberId, teamId }: Whose = {},
): Promise<DealHead[]> {
  const others = whose === 'all' || memberId !== undefined || teamId !== undefined
  const own = others ? [] : await livingDeals(tx, (add) => `d.owner_id = ${add(principal.member.id)}`)
  if (own.length > 0) return own
  const visibility = await visibilityOf(tx, viewerOf(principal))
  return livingDeals(tx, (add) =>
    [
      visibilitySql(visibility, add),
      ...(memberId === undefined ? [] : [`d.owner_id = ${add(memberId)}`]),
      ...(teamId === undefined
        ? []
        : [
            `d.owner_id in (select t.member_id from team_member t where t.workspace_id = $1 and t.team_id = ${add(teamId)})`,
          ]),
    ].join(' and '),
  )
}

async function livingDeals(tx: Tx, which: (add: (value: unknown) => string) => string): Promise<DealHead[]> {
  const values: unknown[] = [tx.workspaceId]
  const rows = await tx.rows<{
    id: string
    name: string
    account: string | null
    owner: string | null
    status: 'open' | 'won'
  }>(
    `select d.id, d.name, d.status, a.name as account, m.name as owner from deal d
     left join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
     left join member m on m.workspace_id = d.workspace_id and m.id = d.owner_id
     where d.workspace_id = $1 and (d.status = 'open' or d.status = 'won' and d.closed_on > current_date - ${WON_DAYS})
       and ${which((value) => `$${values.push(value)}`)}
     order by d.status = 'won', d.closed_on desc nulls first, d.danger_count desc nulls first, d.lead_days asc nulls last, d.id desc
     limit ${DEALS}`,
    values,
  )
  // Open deals come first; of those that were won the newest few are read as well, however many are open.
  const open = rows.filter(({ status }) => status === 'open').length
  return rows.map((row, place) => ({ ...row, briefed: place < open ? place < BRIEFED : place < open + BRIEFED_WON }))
}

type Named = DealOfToday['steps'][number]['with'][number]
interface Due {
  steps: Map<string, DealOfToday['steps'][number][]>
  commitments: Map<string, DealOfToday['commitments'][number][]>
  people: Map<string, Map<string, Named>>
}

/** Steps and promises with a day that has come or comes within a week, with the people they name; what was put off is not there before its day. */
export async function dueOf(tx: Tx, on: PlainDate, deals: readonly DealHead[]): Promise<Due> {
  const ids = deals.map(({ id }) => id)
  const until = addDays(on, AHEAD)
  const steps = await tx.rows<{
    id: string
    deal_id: string
    play: string | null
    what: string | null
    on: string
    with: string[] | null
    owner: string | null
  }>(
    `select id, deal_id, play, what, "on", "with", owner from plan_step
     where workspace_id = $1
       and deal_id = any($2::uuid[])
       and status = 'open'
       and "on" <= $3
       and (snoozed_until is null or snoozed_until <= $4)
     order by "on", id limit 500`,
    [tx.workspaceId, ids, until, on],
    'steps_due',
  )
  const promises = await tx.rows<{ deal_id: string; what: string; who: string | null; due_on: string }>(
    `select deal_id, what, who, due_on
     from commitment
     where workspace_id = $1 and deal_id = any($2::uuid[]) and done_on is null and due_on <= $3
     order by due_on, id
     limit 500`,
    [tx.workspaceId, ids, until],
    'promises_due',
  )
  const stakeholders = await tx.rows<{ deal_id: string; key: string; id: string; name: string; title: string | null }>(
    `select s.deal_id, s.key, p.id, p.name, p.title
     from stakeholder s
     join person p on p.workspace_id = $1 and p.id = s.person_id
     where s.workspace_id = $1 and s.deal_id = any($2::uuid[])`,
    [tx.workspaceId, ids],
    'people_of_deals',
  )
  const people: Due['people'] = new Map()
  const byId = new Map<string, Named>()
  for (const { deal_id: dealId, key, id, name, title } of stakeholders) {
    const person = { id, name, ...(title === null ? {} : { title }) }
    byId.set(id, person)
    const known = people.get(dealId)
    if (known) known.set(key, person)
    else people.set(dealId, new Map([[key, person]]))
  }
  const whoIs = (dealId: string, who: string | null): Named | undefined =>
    who === null
      ? undefined
      : (people.get(dealId)?.get(who) ?? [...(people.get(dealId)?.values() ?? [])].find(({ name }) => name === who))
  return {
    steps: grouped(steps, ({ id, play, what, on: day, with: met, owner }) => ({
      id,
      ...(play === null ? {} : { play }),
      ...(what === null ? {} : { what }),
      on: day,
      with: (met ?? []).flatMap((person) => byId.get(person) ?? []),
      ...(owner === null ? {} : { owner }),
    })),
    commitments: grouped(promises, ({ deal_id: dealId, what, who, due_on: dueOn }) => {
      const person = whoIs(dealId, who)
      return { what, dueOn, ...(person ? { who: person } : {}) }
    }),
    people,
  }
}

function grouped<R extends { deal_id: string }, T>(rows: readonly R[], of: (row: R) => T): Map<string, T[]> {
  return new Map([...Map.groupBy(rows, (row) => row.deal_id)].map(([dealId, group]) => [dealId, group.map(of)]))
}
