import type { PlanField } from '../methodology/account.ts'
import { fill } from '../plan/words.ts'
import type { Ground } from './part.ts'
import type { AccountPlan } from './schema.ts'

/** Names in a question: more nobody asks at once. */
const NAMED = 3

/** A field's share 0..1, and of whom or what it is still to be asked. */
type State = boolean | { of: readonly { name: string; known: boolean }[] }

/**
 * How much of a plan is filled: the mean over its fields, each between 0 and 1. What is only assumed counts, and is told apart. A list that
 * may be empty counts once it says so.
 */
export function filledOf({ model, parts }: Ground, plan: Omit<AccountPlan, 'filled'>): AccountPlan['filled'] {
  const above = plan.people.filter(({ decides, level }) => decides || level === 'top')
  const known = (list: (deal: (typeof parts)[number]['deal']) => unknown): boolean =>
    parts.some(({ deal }) => list(deal) !== undefined)
  const won = parts.filter(({ deal }) => deal.status === 'won')
  const states: Record<PlanField, State> = {
    goal_ours: plan.goals.ours !== null,
    goal_theirs: plan.goals.theirs.length > 0,
    pressures: plan.pressures.length > 0,
    business: plan.business.length > 0,
    calendar: plan.calendar.length > 0,
    units: plan.units.length > 0,
    offers: plan.offers.length > 0,
    deciders: {
      of: plan.units.map((unit) => {
        const cell = plan.grid.find((one) => one.unit === unit)
        return { name: unit, known: cell?.decider?.group === false }
      }),
    },
    top: plan.people.some(({ level }) => level === 'top'),
    met: { of: above.map(({ name, last }) => ({ name, known: last !== null })) },
    who: {
      of: plan.people.flatMap(({ name, cells, last }) =>
        last === null ? [] : [{ name, known: cells.some(({ ours }) => ours !== null) }],
      ),
    },
    stances: { of: above.map(({ name, stance }) => ({ name, known: stance !== null })) },
    rivals: known((deal) => deal.rivals),
    promises: known((deal) => deal.commitments),
    results: {
      of: won.map(({ deal }) => ({ name: deal.name, known: plan.results.some((one) => one.deal === deal.name) })),
    },
    sponsors: plan.sponsors.length > 0,
    team: plan.team.length > 0,
    money: { of: parts.map(({ deal }) => ({ name: deal.name, known: deal.amount !== undefined })) },
    industry: plan.industry !== null,
    growth: plan.growth.length > 0,
  }
  /** There is something, but nobody said it: units and offers by the names of deals, days by the forecast. */
  const assumed: Partial<Record<PlanField, boolean>> = {
    units: !parts.some(({ deal }) => deal.unit !== undefined || deal.account?.units !== undefined),
    offers: !parts.some(({ deal }) => deal.offer !== undefined || deal.us?.offers !== undefined),
    calendar: plan.calendar.every(({ claim }) => claim.state === 'assumed'),
  }
  const fields = model.methodology.account.fields.map(({ id, name, question }) => {
    const state = states[id]
    const of = typeof state === 'boolean' ? [{ name: '', known: state }] : state.of
    // Nobody to ask about: there is nothing that could be filled.
    const guessed = assumed[id] === true
    const share = of.length === 0 ? 0 : of.filter((one) => one.known).length / of.length
    const open = of.filter((one) => !one.known && one.name !== '').map((one) => one.name)
    const list = { en: open.slice(0, NAMED).join(', '), zh: open.slice(0, NAMED).join('、') }
    const asks = (share < 1 || guessed) && (open.length > 0 || !question.en.includes('{list}'))
    return { id, name, share, assumed: guessed && share > 0, question: asks ? fill(question, { list }) : null }
  })
  const mean = (of: (field: (typeof fields)[number]) => number): number =>
    fields.reduce((sum, field) => sum + of(field), 0) / fields.length
  return { share: mean(({ share }) => share), assumed: mean((field) => (field.assumed ? field.share : 0)), fields }
}
