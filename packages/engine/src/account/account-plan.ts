import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground as DealGround } from '../assess/ground.ts'
import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import type { Finding } from '../diagnosis/schema.ts'
import { ledgerOf } from '../deal/ledger.ts'
import type { Methodology } from '../methodology/schema.ts'
import { resultsOf } from '../people/after.ts'
import { filledOf } from './filled.ts'
import { gridOf, offersOf, rivalRows, unitsOf } from './grid.ts'
import { growthOf } from './growth.ts'
import { moneyOf } from './money.ts'
import { accountGround, claimOf, heardOf } from './part.ts'
import type { Ground } from './part.ts'
import { oursOf, peopleRows, sponsorRows, teamOf } from './relationships.ts'
import type { AccountPlan } from './schema.ts'

/** Risks of an account: the gravest, a page has room for no more. */
const RISKS = 12
const GRAVE = { block: 0, danger: 1, warn: 2 } as const

/**
 * The account plan as its deals alone fill it, on a day: units and offers with white space, relationships over all deals, rivals' footholds,
 * risks, promises, growth steps, sponsors; each claim with its source, its day and its state. Pure: facts after `asOf` do not exist. `deals`
 * are those of one account, at least one.
 */
export function accountPlan(deals: readonly Deal[], methodology: Methodology, asOf: PlainDate): AccountPlan {
  if (deals.length === 0) throw new RangeError('an account plan needs a deal')
  const ground = accountGround(deals, methodology, asOf)
  const { parts } = ground
  const newest = [...parts].reverse()
  const said = <T>(of: (deal: Deal) => T | undefined): T | null => {
    for (const { deal } of newest) {
      const value = of(deal)
      if (value !== undefined) return value
    }
    return null
  }
  const judged = judge(deals, methodology, asOf)
  const people = peopleRows(ground)
  const grid = gridOf(ground)
  const plan: Omit<AccountPlan, 'filled'> = {
    asOf,
    name: said(({ account }) => account?.name) ?? parts[0]!.deal.name,
    industry: said(({ account }) => account?.industry),
    region: said(({ account }) => account?.region),
    deals: parts.map(({ deal, unit, offer }) => ({
      name: deal.name,
      unit,
      offer,
      status: deal.status,
      from: deal.carriedFrom ?? null,
      since: (deal.status === 'open' ? (deal.openedOn ?? deal.firstContactOn) : deal.closedOn) ?? null,
    })),
    goals: { ours: ourGoal(ground), theirs: cardsOf(ground, 'agenda') },
    pressures: cardsOf(ground, 'pressures'),
    business: cardsOf(ground, 'businessModel'),
    calendar: calendarOf(ground, judged),
    money: moneyOf(parts.map(({ deal }) => deal)),
    units: unitsOf(ground),
    offers: offersOf(ground),
    grid,
    ours: oursOf(people),
    people,
    sponsors: sponsorRows(ground, people),
    team: teamOf(ground).map(({ name, title, rank }) => ({ name, title: title ?? null, rank: rank ?? null })),
    rivals: rivalRows(ground),
    risks: risksOf(judged),
    promises: promisesOf(ground),
    results: parts.flatMap(({ deal }) =>
      deal.status === 'won'
        ? (resultsOf(deal, ground.model) ?? []).flatMap(({ on, words, from }) =>
            words === null ? [] : [{ deal: deal.name, what: words, who: nameIn(deal, from), on }],
          )
        : [],
    ),
    growth: growthOf(ground, { grid, people }),
  }
  return { ...plan, filled: filledOf(ground, plan) }
}

const nameIn = (deal: Deal, id: string | null): string | null =>
  deal.people?.find((person) => person.id === id)?.name ?? id

/** The newest goal of ours for the account, with the day its plan was last worked over. */
function ourGoal(ground: Ground): AccountPlan['goals']['ours'] {
  const part = ground.parts.findLast(({ deal }) => deal.account?.goal)
  if (!part || !part.deal.account?.goal) return null
  const { plan, goal } = part.deal.account
  const on = (plan ? plan.updatedOn : undefined)?.toSorted().at(-1) ?? null
  return { what: goal, who: null, claim: claimOf(ground, part.deal.name, on) }
}

/** What the executives are said to want, to be pressed by, to earn with: one line for each, the newest of several deals. */
function cardsOf(ground: Ground, field: 'agenda' | 'pressures' | 'businessModel'): AccountPlan['pressures'] {
  return ground.people.flatMap((known) => {
    const told = known.in.flatMap(({ part, person, relation }) => {
      const what = person[field]
      return what && (relation.executive || relation.numberOne || relation.decides)
        ? [{ what, part, on: heardOf(part, person) }]
        : []
    })
    const newest = told.sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? 1 : -1))[0]
    return newest
      ? [{ what: newest.what, who: known.name, claim: claimOf(ground, newest.part.deal.name, newest.on) }]
      : []
  })
}

/** Days of theirs that lie ahead, by day. Our own guesses and forecasts are assumed. */
function calendarOf(ground: Ground, judged: readonly Judged[]): AccountPlan['calendar'] {
  const { model, asOf, parts } = ground
  const told = parts.flatMap(({ deal }) =>
    (deal.process ?? []).flatMap(({ step, on, done, applies, recordedOn, source }) =>
      on === undefined || done || applies === false || on < asOf || deal.status === 'lost'
        ? []
        : [
            {
              on,
              name: model.milestones.get(step)?.name ?? { en: step, zh: step },
              deal: deal.name,
              claim: claimOf(ground, deal.name, recordedOn ?? asOf, source === 'guess' || source === undefined),
            },
          ],
    ),
  )
  // Where nobody told the day of the decision, it is expected.
  const expected = judged.flatMap(({ deal, ground: { seen, daysToDecision } }) =>
    seen.status !== 'open' || daysToDecision === null || told.some((one) => one.deal === deal.name)
      ? []
      : [
          {
            on: addDays(asOf, daysToDecision),
            name: model.milestones.get('decision')?.name ?? { en: 'Decision', zh: '决策' },
            deal: deal.name,
            claim: claimOf(ground, deal.name, null),
          },
        ],
  )
  return [...told, ...expected].sort((a, b) => (a.on < b.on ? -1 : 1))
}

/** Deals that are open or won, judged. */
interface Judged {
  deal: Deal
  ground: DealGround
  findings: Finding[]
}

const judge = (deals: readonly Deal[], methodology: Methodology, asOf: PlainDate): Judged[] =>
  deals.flatMap((deal) => {
    const ground = groundOf(deal, methodology, asOf)
    const { status } = ground.seen
    return status === 'open' || status === 'won' ? [{ deal, ground, findings: assess(ground, deal).findings }] : []
  })

const risksOf = (judged: readonly Judged[]): AccountPlan['risks'] =>
  judged
    .flatMap(({ deal, findings }) =>
      findings.flatMap(({ severity, name, message }) =>
        severity === 'info' ? [] : [{ deal: deal.name, severity, name, message }],
      ),
    )
    .sort((a, b) => GRAVE[a.severity] - GRAVE[b.severity])
    .slice(0, RISKS)

/** Open promises both ways, each once though several deals carry it; overdue ones first. */
function promisesOf({ parts, asOf }: Ground): AccountPlan['promises'] {
  const found = new Map<string, AccountPlan['promises'][number]>()
  for (const { deal } of parts)
    for (const { what, by, to, due, overdue, state, made } of ledgerOf(deal, asOf)) {
      const key = `${made} ${what}`
      if (state !== 'open') found.delete(key)
      else if (!found.has(key)) found.set(key, { deal: deal.name, what, by, to: nameIn(deal, to), due, overdue })
    }
  return [...found.values()].sort(
    (a, b) => Number(b.overdue) - Number(a.overdue) || ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1),
  )
}
