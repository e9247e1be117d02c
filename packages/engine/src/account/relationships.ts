import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal, TeamMember } from '../deal/deal.ts'
import { contactsWith, levelOf } from './part.ts'
import type { Ground, Known } from './part.ts'
import type { AccountPlan } from './schema.ts'

type Row = AccountPlan['people'][number]

/** Whom we know over all deals: deciders and what is overdue first. */
export function peopleRows(ground: Ground): Row[] {
  const rank = { top: 0, executive: 1, working: 2 } as const
  return ground.people
    .map((known) => rowOf(known, ground))
    .sort(
      (a, b) =>
        Number(b.red) - Number(a.red) ||
        rank[a.level] - rank[b.level] ||
        Number(b.decides) - Number(a.decides) ||
        (a.name < b.name ? -1 : 1),
    )
}

function rowOf(known: Known, { model, asOf }: Ground): Row {
  const level = levelOf(known)
  const contacts = contactsWith(known)
  const last = contacts.at(-1)?.on ?? null
  const due = last === null ? null : addDays(last, model.methodology.account.cadenceDays[level])
  const overdue = due !== null && due < asOf
  const decides = known.in.some(({ relation }) => relation.decides || relation.numberOne)
  const stances = known.in.flatMap(({ relation }) => relation.stance ?? [])
  return {
    name: known.name,
    title: known.title,
    units: [...new Set(known.in.map(({ part }) => part.unit))],
    level,
    decides,
    deals: known.in.map(({ part }) => part.deal.name),
    trust: Math.max(...known.in.map(({ relation }) => relation.trust)),
    stance: stances.length > 0 ? Math.min(...stances) : null,
    last,
    due,
    overdue,
    red: decides && (last === null || overdue),
    cells: cellsOf(contacts),
  }
}

function cellsOf(contacts: ReturnType<typeof contactsWith>): Row['cells'] {
  const cells = new Map<string | null, { ours: string | null; last: PlainDate; times: number }>()
  for (const { on, ours } of contacts)
    for (const one of ours.length > 0 ? ours : [null]) {
      const cell = cells.get(one)
      if (cell) cells.set(one, { ...cell, last: on, times: cell.times + 1 })
      else cells.set(one, { ours: one, last: on, times: 1 })
    }
  return [...cells.values()].sort((a, b) => (a.last < b.last ? 1 : -1))
}

/** Those of ours who met somebody, the most contacts first. */
export function oursOf(people: readonly Row[]): string[] {
  const times = new Map<string, number>()
  for (const { cells } of people)
    for (const { ours, times: n } of cells) if (ours !== null) times.set(ours, (times.get(ours) ?? 0) + n)
  return [...times].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)
}

/** Everybody of ours whom a deal names. */
export function teamOf({ parts }: Ground): TeamMember[] {
  const found = new Map<string, TeamMember>()
  for (const { deal } of parts)
    for (const one of deal.us?.team ?? []) if (!found.has(one.name)) found.set(one.name, one)
  return [...found.values()]
}

/** Our executives with theirs: whoever of theirs our sponsor met most, else their number one, whom the sponsor should meet. */
export function sponsorRows(ground: Ground, people: readonly Row[]): AccountPlan['sponsors'] {
  const team = teamOf(ground)
  const named = ground.parts.flatMap(({ deal }) => sponsorOf(deal, team) ?? [])
  const executives = team.flatMap(({ name, rank }) => (rank === 'executive' ? [name] : []))
  const above = people.filter(({ level, decides }) => level !== 'working' || decides)
  const top = people.find(({ level }) => level === 'top')
  return [...new Set([...named, ...executives])].flatMap((ours): AccountPlan['sponsors'] => {
    const rank = team.find(({ name }) => name === ours)?.rank
    const parity = (level: Row['level']): boolean | null =>
      named.includes(ours) || rank === 'executive' ? level !== 'working' : rank === undefined ? null : false
    const met = above.flatMap((person) => {
      const cell = person.cells.find((one) => one.ours === ours)
      if (!cell) return []
      const due = addDays(cell.last as PlainDate, ground.model.methodology.account.cadenceDays[person.level])
      return [{ ours, theirs: person.name, last: cell.last, due, parity: parity(person.level) }]
    })
    if (met.length > 0) return met
    return [{ ours, theirs: top?.name ?? null, last: null, due: null, parity: top ? parity(top.level) : null }]
  })
}

/** Whom a deal names as our executive, by the name of the team where one is meant. */
export function sponsorOf(deal: Deal, team: readonly TeamMember[]): string | undefined {
  const named = deal.us?.execSponsor
  if (!named) return undefined
  return team.find(({ id, name }) => id === named || named.includes(name))?.name ?? named
}
