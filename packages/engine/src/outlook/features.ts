import { dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import type { FeatureId } from '../methodology/schema.ts'
import type { Relations } from '../people/relations.ts'
import { tookPlace } from '../deal/outcomes.ts'
import { answersOf } from '../readiness/answers.ts'
import { latestOf, noisyOr, signsOf, strengthOf, weightsOf } from './signs.ts'
import type { Feature } from './feature.ts'
import { peopleFeatures } from './support.ts'
import { wayOf } from './way.ts'

/** What this customer buys again and again. */
const AGAIN = 'repeat_purchase'

/** `silence` is in days; all others are 0..1. */
export type Features = Record<FeatureId, Feature>

/**
 * The features of a deal on a day. `deal` must be cut to it. Each can only grow as facts of its kind are told, and so can what is
 * known of it; the laws of the win number (docs/engine.md, section 7) rest on that.
 */
export function featuresOf(deal: Deal, relations: Relations, model: Model, asOf: PlainDate): Features {
  const { outlook } = model.methodology
  const signs = signsOf(deal, model)
  const pieces = deal.evidence?.length ?? 0
  const heard = 1 - 2 ** (-pieces / 6)
  const today = dayNumber(asOf)
  const answered = answeredOn({ ...deal, evidence: signs.notAgainst }, model, today)
  const promises = deal.commitments ?? []
  const kept = promises.filter(({ doneOn, dueOn }) => doneOn !== undefined && (dueOn === undefined || doneOn <= dueOn))
  // Late, or said that it will not be kept, whether it had a day or not.
  const missed = promises.filter(
    ({ doneOn, dueOn, brokenOn }) =>
      (dueOn !== undefined && dueOn < (doneOn ?? asOf)) ||
      (doneOn === undefined && brokenOn !== undefined && brokenOn <= asOf),
  )
  const sum = (feature: FeatureId, answer?: FeatureId): number[] =>
    weightsOf(signs.of.get(feature), answer && latestOf(signs.of.get(answer)))
  const people = peopleFeatures(deal, relations, model)
  const rivalPull = noisyOr([...sum('rival_pull'), ...rivalWeights(deal, model)])
  const stepsDone = (deal.process ?? []).filter(({ done, applies }) => done && applies !== false)
  return {
    ...people,
    top_missing: topMissing(deal, people, model, today),
    answered: {
      value: 1 - 2 ** (-shareOf(answered, deal, model) / outlook.answered.halfAt),
      known: (deal.proofs ? 0.5 : 0) + (deal.touches ? 0.25 : 0) + (deal.evidence ? 0.25 : 0),
    },
    history: historyOf(deal, model),
    unique_value: { value: valueStrength(deal), known: deal.ucv ? 1 : 0 },
    favour: { value: noisyOr([...sum('favour'), ...kept.map(() => outlook.promise.kept)]), known: heard },
    examined: { value: noisyOr(sum('examined')), known: heard },
    open_questions: { value: noisyOr(worries(deal, answered, model)), known: heard },
    rival_pull: {
      value: rivalPull,
      // Rivals of whom only the name is known pull as hard as nobody knows.
      told: rivalPull > 0 || deal.rivals?.length === 0 || toldOfRivals(deal) > 0,
      known: deal.rivals ? 0.5 + 0.5 * (1 - 2 ** -toldOfRivals(deal)) : 0,
    },
    trouble: {
      value: noisyOr([...sum('trouble', 'favour'), ...missed.map(() => outlook.promise.overdue)]),
      known: heard,
    },
    ...wayOf(deal, model),
    drive: { value: noisyOr([...sum('drive'), ...stepsDone.map(() => outlook.milestone)]), known: heard },
    brakes: { value: noisyOr(sum('brakes', 'drive')), known: heard },
    silence: silenceOf(deal, signs.alive, today),
  }
}

/** Who has bought from us knows us; most so where the same is bought again. */
function historyOf({ account, traits }: Deal, model: Model): Feature {
  const { halfAt, otherwise } = model.methodology.outlook.history
  const won = account?.wonProjects
  if (won === undefined) return { value: 0, known: 0 }
  return { value: (1 - 2 ** (-won / halfAt)) * (traits?.includes(AGAIN) ? 1 : otherwise), known: 1 }
}

/**
 * The time since the first contact, as far as those who decide were not met and do not stand behind us; nothing where the file is silent on people.
 * It asks for stated dates only, so that writing down one more thing never makes the deal look older.
 */
function topMissing(
  deal: Deal,
  { number_one: top, economic_buyer: buyer }: Pick<Features, 'number_one' | 'economic_buyer'>,
  model: Model,
  today: DayNumber,
): Feature {
  const { outlook } = model.methodology
  const known = Math.max(top.known, buyer.known)
  const since = deal.firstContactOn ?? deal.openedOn
  if (!deal.people || since === undefined) return { value: 0, known: 0 }
  const days = Math.max(0, today - dayNumber(since))
  const gone = 1 - 2 ** (-days / outlook.topMissing.halfAfterDays)
  const reached = ({ value, met }: Feature): number => 1 - (1 - value) * (met ? 1 - outlook.topMissing.met : 1)
  return { value: gone * (1 - (2 * reached(top) + reached(buyer)) / 3), known }
}

/** Best answer to each topic on a day, whoever it was for. */
function answeredOn(deal: Deal, model: Model, day: DayNumber): ReadonlyMap<string, number> {
  const best = new Map<string, number>()
  for (const { topic, from, until, value } of answersOf(deal, model))
    if (from <= day && day < until) best.set(topic, Math.max(best.get(topic) ?? 0, value))
  return best
}

function shareOf(answered: ReadonlyMap<string, number>, deal: Deal, model: Model): number {
  const without = new Set(deal.notNeeded?.map(({ topic }) => topic))
  let sum = 0
  let total = 0
  for (const { id, weight } of model.topics.values()) {
    if (without.has(id)) continue
    total += weight
    sum += weight * (answered.get(id) ?? 0)
  }
  return total > 0 ? sum / total : 0
}

/** What they asked out of worry, each topic once, as far as nothing answers it. */
function worries(deal: Deal, answered: ReadonlyMap<string, number>, model: Model): number[] {
  const asked = new Map<string, number>()
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (piece.status === 'rejected' || !signal?.asks || signal.polarity === 'positive' || signal.answers) continue
    for (const topic of signal.asks) asked.set(topic, Math.max(asked.get(topic) ?? 0, strengthOf(piece, model)))
  }
  const { question } = model.methodology.outlook
  return [...asked].map(([topic, strength]) => question * strength * (1 - (answered.get(topic) ?? 0)))
}

function rivalWeights(deal: Deal, model: Model): number[] {
  const { incumbent, leading } = model.methodology.outlook.rival
  return (deal.rivals ?? []).flatMap((rival) => [
    ...(rival.incumbent ? [incumbent] : []),
    ...(rival.leading ? [leading] : []),
  ])
}

/** How many things the file says of the rivals. */
function toldOfRivals(deal: Deal): number {
  return (deal.rivals ?? []).reduce(
    (sum, rival) =>
      sum +
      Number(rival.incumbent !== undefined) +
      Number(rival.leading !== undefined) +
      Number(rival.contacts !== undefined) +
      (rival.contacts?.length ?? 0),
    0,
  )
}

/** A quarter each: said at all, with a number, different from every rival, confirmed by somebody at the customer. */
function valueStrength(deal: Deal): number {
  const latest = deal.ucv?.reduce<(typeof deal.ucv)[number] | undefined>(
    (last, ucv) => (!last || ucv.on >= last.on ? ucv : last),
    undefined,
  )
  if (!latest) return 0
  const rivals = (deal.rivals ?? []).filter((rival) => (rival.kind ?? 'vendor') === 'vendor')
  const different =
    rivals.length > 0 ? rivals.every((rival) => latest.differsFrom?.[rival.id]) : latest.differsFrom !== undefined
  return (1 + (latest.number ? 1 : 0) + (different ? 1 : 0) + (latest.confirmedBy ? 1 : 0)) / 4
}

/**
 * Days since the customer last did something with us or for the purchase; without any, since the first thing that we know. A proof
 * shown, a hold or a promise kept ends a silence, but does not begin to count one.
 */
function silenceOf(deal: Deal, heard: PlainDate | undefined, today: DayNumber): Feature {
  const signs = latest([
    heard,
    deal.openedOn,
    deal.firstContactOn,
    ...(deal.touches ?? []).map((touch) => (tookPlace(touch) && touch.with.length > 0 ? touch.on : undefined)),
  ])
  const since = signs ?? firstWordOf(deal)
  if (since === undefined) return { value: 0, known: 0 }
  const last = latest([
    since,
    ...(deal.commitments ?? []).map(({ doneOn }) => doneOn),
    ...(deal.people ?? []).flatMap(({ hold = [] }) =>
      hold.map(({ value, on }) => (value === 'given' ? on : undefined)),
    ),
    ...(deal.process ?? []).map((step) => (step.done ? step.on : undefined)),
    ...(deal.proofs ?? []).flatMap(({ history }) =>
      history.map(({ status, on }) => (status === 'presented' || status === 'accepted' ? on : undefined)),
    ),
  ])
  return { value: Math.max(0, today - dayNumber(last ?? since)), known: 1 }
}

/**
 * The first day of which we know anything, whoever was there: whom a touch was with may be forgotten, its day is not. A rival's
 * contact is none of ours and begins no count, so forgetting it with the person takes back nothing that it had cost us.
 */
function firstWordOf(deal: Deal): PlainDate | undefined {
  const days = [
    ...(deal.stages ?? []),
    ...(deal.pins ?? []),
    ...(deal.notes ?? []),
    ...(deal.evidence ?? []),
    ...(deal.touches ?? []),
  ].map(({ on }) => on)
  return days.reduce<PlainDate | undefined>((first, on) => (first === undefined || on < first ? on : first), undefined)
}

const latest = (days: readonly (PlainDate | undefined)[]): PlainDate | undefined =>
  days.reduce((last, on) => (on !== undefined && (last ?? '') < on ? on : last), undefined)
