import { addDays, dateOf, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Person, ProofStatus, Touch } from '../deal/deal.ts'
import type { Readiness, TopicReadiness } from './schema.ts'
import { influenceOf } from '../demand/demand.ts'
import type { TraitInForce } from '../demand/demand.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, Topic } from '../methodology/schema.ts'
import { answersOf } from './answers.ts'
import type { Answer } from './answers.ts'

/** A topic as this deal needs it. */
export interface Need {
  topic: Topic
  /** After the deal's traits; topics declared unneeded are left out. */
  weight: number
  /** People with a role that asks it; none: the deal as a whole needs it. */
  people: readonly Person[]
}

export function needsOf(
  deal: Deal,
  model: Model,
  traits: readonly TraitInForce[],
  people: readonly Person[],
): Record<ConcernId, Need[]> {
  const unneeded = deal.notNeeded?.length ? new Set(deal.notNeeded.map((entry) => entry.topic)) : undefined
  const table = askersOf(model)
  const asks = people.map(({ roles }) => roles.flatMap((role) => table.get(role) ?? []))
  const of = (concern: ConcernId): Need[] => {
    const needs: Need[] = []
    for (const topic of model.topicsOf[concern]) {
      if (unneeded?.has(topic.id)) continue
      let { weight } = topic
      for (const { trait } of traits) weight *= topic.weightWith[trait.id] ?? 1
      if (weight > 0)
        needs.push({ topic, weight, people: people.filter((_, i) => asks[i]!.some((topics) => topics.has(topic))) })
    }
    return needs
  }
  return { need: of('need'), cost: of('cost'), solution: of('solution'), risk: of('risk') }
}

const askers = new WeakMap<Model, ReadonlyMap<string, ReadonlySet<Topic>>>()

/** The topics that each role asks. */
function askersOf(model: Model): ReadonlyMap<string, ReadonlySet<Topic>> {
  let table = askers.get(model)
  if (!table) {
    const made = new Map<string, Set<Topic>>()
    for (const topic of model.topics.values())
      for (const role of topic.askedBy) {
        const asked = made.get(role)
        if (asked) asked.add(topic)
        else made.set(role, new Set([topic]))
      }
    askers.set(model, (table = made))
  }
  return table
}

/** Everything readiness is computed from, made once for many days. */
export interface ReadinessBasis {
  needs: Record<ConcernId, Need[]>
  answers: ReadonlyMap<string, readonly Answer[]>
}

export function readinessBasis(
  deal: Deal,
  model: Model,
  traits: readonly TraitInForce[],
  people: readonly Person[],
): ReadinessBasis {
  const answers = new Map<string, Answer[]>()
  for (const answer of answersOf(deal, model)) {
    const list = answers.get(answer.topic)
    if (list) list.push(answer)
    else answers.set(answer.topic, [answer])
  }
  return { needs: needsOf(deal, model, traits, people), answers }
}

const holds = (answer: Answer, day: DayNumber): boolean => answer.from <= day && day < answer.until

/** The best answer on a day for one person, or (person undefined) for the deal as a whole. */
function best(answers: readonly Answer[], day: DayNumber, person?: string): Answer | undefined {
  let found: Answer | undefined
  for (const answer of answers) {
    if (!holds(answer, day) || (person !== undefined && answer.person !== null && answer.person !== person)) continue
    if (!found || answer.value > found.value || (answer.value === found.value && found.status === 'missing'))
      found = answer
  }
  return found
}

function topicValue({ people }: Need, answers: readonly Answer[], day: DayNumber): number {
  if (answers.length === 0) return 0
  if (people.length === 0) return best(answers, day)?.value ?? 0
  let sum = 0
  let total = 0
  for (const person of people) {
    const influence = influenceOf(person)
    total += influence
    sum += influence * (best(answers, day, person.id)?.value ?? 0)
  }
  return sum / total
}

/** Readiness of a concern on a day, 0..1: weighted mean over its topics, and in each over the people who ask it by influence. */
export function readinessOn(basis: ReadinessBasis, concern: ConcernId, day: DayNumber): number {
  let sum = 0
  let total = 0
  for (const need of basis.needs[concern]) {
    total += need.weight
    const answers = basis.answers.get(need.topic.id)
    if (answers) sum += need.weight * topicValue(need, answers, day)
  }
  return total > 0 ? sum / total : 1
}

/** Days on which the readiness of a concern may change, ascending. */
export function changeDays(basis: ReadinessBasis, concern: ConcernId): DayNumber[] {
  const days = new Set<DayNumber>()
  for (const { topic } of basis.needs[concern]) {
    for (const answer of basis.answers.get(topic.id) ?? []) {
      if (Number.isFinite(answer.from)) days.add(answer.from)
      if (Number.isFinite(answer.until)) days.add(answer.until)
    }
  }
  return [...days].sort((a, b) => a - b)
}

/**
 * Strong proof or two medium ones ready. "Ready" asks for prepared or better for at least one who needs it.
 */
export function pointsOf(model: Model, topic: Topic, answers: readonly Answer[], day: DayNumber): number {
  const { addressedPoints } = model.methodology.topics
  const ready = new Set<string>()
  for (const answer of answers) if (answer.byProof && holds(answer, day) && answer.value > 0) ready.add(answer.by)
  let points = 0
  for (const proof of topic.proofs) if (ready.has(proof.id)) points += addressedPoints[proof.strength]
  return points
}

function topicView(model: Model, need: Need, answers: readonly Answer[], day: DayNumber): TopicReadiness {
  const overall = best(answers, day)
  const proof = overall?.byProof ? overall.by : null
  return {
    topic: need.topic.id,
    name: need.topic.name,
    weight: need.weight,
    value: topicValue(need, answers, day),
    people: need.people.map((person) => {
      const found = best(answers, day, person.id)
      const status: ProofStatus = found?.status ?? 'missing'
      return { person: person.id, value: found?.value ?? 0, status, proof: found?.byProof ? found.by : null }
    }),
    status: overall?.status ?? 'missing',
    proof,
    expired: answers.some((answer) => answer.expires && answer.until <= day) && !(overall && overall.value > 0),
    addressed: pointsOf(model, need.topic, answers, day) >= 1,
  }
}

/** The readiness section of the brief, with the steps of the past and what is planned to be ready. */
export function readinessView(
  basis: ReadinessBasis,
  plannedBasis: ReadinessBasis,
  model: Model,
  asOf: PlainDate,
): Readiness {
  const today = dayNumber(asOf)
  const now = {} as Readiness['now']
  const topics = {} as Readiness['topics']
  const steps = {} as Readiness['steps']
  for (const concern of CONCERNS) {
    now[concern] = readinessOn(basis, concern, today)
    topics[concern] = basis.needs[concern].map((need) =>
      topicView(model, need, basis.answers.get(need.topic.id) ?? [], today),
    )
    const past = changeDays(basis, concern).filter((day) => day <= today)
    const list: Readiness['steps'][ConcernId] = past.map((day) => ({
      on: dateOf(day),
      value: readinessOn(basis, concern, day),
      planned: false,
    }))
    for (const day of changeDays(plannedBasis, concern)) {
      if (day > today) list.push({ on: dateOf(day), value: readinessOn(plannedBasis, concern, day), planned: true })
    }
    steps[concern] = list.filter((step, i) => i === 0 || step.value !== list[i - 1]!.value)
  }
  return { now, topics, steps }
}

/**
 * What readiness would be if all came as planned: every proof under way prepared on the day expected, every open step of
 * the plan done with its people on its day, with what its play answers. A step for today counts from tomorrow: today is as it is.
 */
export function withPlans(basis: ReadinessBasis, deal: Deal, model: Model, asOf: PlainDate): ReadinessBasis {
  const proofs = (deal.proofs ?? []).flatMap((proof) => {
    const latest = proof.history.at(-1)
    const waiting = latest === undefined || latest.status === 'preparing' || latest.status === 'missing'
    if (!waiting || !proof.readyOn || proof.readyOn <= asOf) return []
    return [{ ...proof, history: [{ status: 'prepared' as const, on: proof.readyOn }] }]
  })
  const tomorrow = addDays(asOf, 1)
  const touches = (deal.plan ?? []).flatMap((step): Touch[] => {
    if (step.status !== 'open' || !step.play || !step.on || step.on < asOf) return []
    return [{ on: step.on === asOf ? tomorrow : step.on, play: step.play, with: step.with ?? [], outcome: 'done' }]
  })
  if (proofs.length + touches.length === 0) return basis
  const answers = new Map([...basis.answers].map(([topic, list]) => [topic, [...list]]))
  for (const answer of answersOf({ sente: 1, name: deal.name, status: 'open', proofs, touches }, model)) {
    const list = answers.get(answer.topic)
    if (list) list.push(answer)
    else answers.set(answer.topic, [answer])
  }
  return { needs: basis.needs, answers }
}
