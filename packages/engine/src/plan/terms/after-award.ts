import { deliveryOpen, referenceOf, resultsOf, returnsOf } from '../../people/after.ts'
import { fill } from '../words.ts'
import type { AfterNeed } from '../../methodology/account.ts'
import type { PlanPerson, PlanView } from '../view.ts'
import { pointsOf } from './need.ts'
import type { Need, Term } from './need.ts'

/** A need of the account plan: who it is for, and by when. Days from today. */
interface Case {
  id: AfterNeed
  people: readonly PlanPerson[]
  from: number
  due: number
  until: number
  about: Need['about']
}

/** Days within which trouble is answered, and for which anything of it stays worth doing. */
const SOON = 7
const LONG = 90
/** Deals of which nothing was heard: visits stand on the calendar alone. */
const AT_MOST = 2

/** After the signature: visits back, delivery, use, acceptance, money, the result, a reference, the next unit. */
export const afterAward: Term = (view) => {
  const signed = view.deal.status === 'won' ? view.deal.closedOn : undefined
  if (signed === undefined) return []
  return casesOf(view, view.daysOf(signed)).flatMap(({ id, people, about, ...days }) => {
    const { deed, share, says } = view.model.methodology.account.needs.find((need) => need.id === id)!
    return people.map((person): Need => ({
      term: 'after',
      person: view.people.indexOf(person),
      weight: pointsOf(view, 'after') * share * Math.max(0.4, person.weight),
      ...days,
      serves: (play) => (play.does?.includes(deed) ? 1 : 0),
      about: { what: fill(says, { person: person.name, ...about }) },
    }))
  })
}

function casesOf(view: PlanView, signed: number): Case[] {
  const { deal, model, facts } = view
  const above = view.people.filter(({ top, decides, standing }) => top || (decides && standing !== 'working'))
  const deciders = (above.length > 0 ? above : view.people.filter(({ decides }) => decides)).slice(0, AT_MOST)
  const tops = view.people.filter(({ top }) => top)
  const users = working(view, ['user_buyer', 'project_leader', 'champion'])
  const soon = { from: 0, due: SOON, until: LONG, about: {} }
  const counted = (fact: string): boolean => Number(facts.get(fact) ?? 0) > 0

  const executives = new Set(view.people.filter(({ standing }) => standing !== 'working').map(({ id }) => id))
  const visit = returnsOf(deal, executives, model, view.asOf).findLast(
    ({ state }) => state === 'due' || state === 'ahead',
  )
  const late = deliveryOpen(deal, model)?.find(({ on }) => on! < view.asOf)
  const results = resultsOf(deal, model) ?? []
  const agreed = (referenceOf(deal, model) ?? []).length > 0
  const valueDue = signed + model.methodology.account.valueByDays
  const cases: (Case | false | undefined)[] = [
    visit && {
      id: 'return',
      people: deciders,
      from: Math.max(0, view.daysOf(visit.due) - model.methodology.account.beforeDays),
      due: Math.max(SOON, view.daysOf(visit.due) + SOON),
      until: Math.max(SOON, view.daysOf(visit.until)),
      about: { visit: visit.name, day: visit.due, show: visit.show },
    },
    counted('events.escalation_by_top') && { ...soon, id: 'top', people: tops, due: 2 },
    counted('events.delivery_complaint') && { ...soon, id: 'rescue', people: users },
    counted('events.low_usage') && { ...soon, id: 'use', people: users, due: 2 * SOON },
    late && {
      ...soon,
      id: 'acceptance',
      people: named(view, late.owner) ?? users,
      about: { step: model.milestones.get(late.step)?.name ?? late.step, day: late.on! },
    },
    results.length === 0 && {
      id: 'value',
      people: deciders.slice(0, 1),
      from: Math.max(0, valueDue - 30),
      due: Math.max(2 * SOON, valueDue),
      until: Math.max(valueDue + LONG, LONG),
      about: {},
    },
    results.length > 0 && !agreed && { ...soon, id: 'reference', people: deciders.slice(0, 1), due: 30 },
    (counted('events.expansion_asked') || results.length > 0) && {
      ...soon,
      id: 'next',
      people: deciders.slice(0, 1),
      due: 30,
    },
  ]
  return cases.filter((one): one is Case => Boolean(one))
}

function named(view: PlanView, owner: string | undefined): PlanPerson[] | undefined {
  const person = view.people.find(({ id, name }) => id === owner || name === owner)
  return person && [person]
}

/** The working person who leads it, by the first of these roles that somebody has. */
function working(view: PlanView, roles: readonly string[]): PlanPerson[] {
  for (const role of roles) {
    const found = view.people.find((person) => person.roles.includes(role))
    if (found) return [found]
  }
  return view.people.slice(0, 1)
}
