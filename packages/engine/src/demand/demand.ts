import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Person } from '../deal/deal.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, Trait } from '../methodology/schema.ts'
import { normalise } from '../position/chain.ts'
import type { Regime } from '../position/chain.ts'
import { monotoneCubic } from '../methodology/curves.ts'

/** Demand 0..1 of each concern at the centre of each step of a regime. */
export type StepDemand = Record<ConcernId, Float64Array>

/** A vendor younger than this is unknown to the customer whatever the file says. */
const YOUNG_VENDOR_YEARS = 5
const DEFAULT_INFLUENCE = 3

export interface TraitInForce {
  trait: Trait
  /** It follows from what the file says of us, the file does not name it. */
  implied: boolean
}

/** The modifiers in force, in the order of the methodology, which is the order in which they apply. */
export function traitsOf(deal: Deal, model: Model, asOf: PlainDate): TraitInForce[] {
  const given = new Set(deal.traits)
  const implied = new Set<string>()
  if (deal.us?.localPresence === false) implied.add('no_local_presence')
  if (deal.us?.foundedOn && addDays(deal.us.foundedOn, Math.round(YOUNG_VENDOR_YEARS * 365.25)) > asOf)
    implied.add('unknown_vendor')
  if (given.size + implied.size === 0) return []
  return model.methodology.concerns.traits
    .filter((trait) => given.has(trait.id) || implied.has(trait.id))
    .map((trait) => ({ trait, implied: !given.has(trait.id) }))
}

/** People of the map who are still there. Influence 1..5. */
export function presentPeople(deal: Deal, asOf: PlainDate): Person[] {
  return (deal.people ?? []).filter((person) => !person.leftOn || person.leftOn > asOf)
}

export function influenceOf(person: Person): number {
  return person.influence ?? DEFAULT_INFLUENCE
}

interface Cache {
  curve: Record<ConcernId, (u: number) => number>
  steps: WeakMap<Regime, Map<string, StepDemand>>
}
const caches = new WeakMap<Model, Cache>()

function cacheOf(model: Model): Cache {
  let cache = caches.get(model)
  if (!cache) {
    const { knots } = model.methodology.concerns
    const us = knots.map((knot) => knot.u)
    const of = (concern: ConcernId): ((u: number) => number) =>
      monotoneCubic(
        us,
        knots.map((knot) => knot[concern]),
      )
    cache = {
      curve: { need: of('need'), cost: of('cost'), solution: of('solution'), risk: of('risk') },
      steps: new WeakMap(),
    }
    caches.set(model, cache)
  }
  return cache
}

/**
 * The deal's curve of a concern at `u`, 0..100: shift of the argument, then each modifier's factor and addition, then clamp.
 * A `shiftU` of −0.08 brings the worry forward: the curve is read 0.08 further on.
 */
export function curveValue(model: Model, traits: readonly TraitInForce[], concern: ConcernId, u: number): number {
  const changes = traits
    .flatMap(({ trait }) => trait.apply)
    .filter((change) => change.concern === concern && u >= (change.fromU ?? -Infinity))
  const shift = changes.reduce((sum, change) => sum + (change.shiftU ?? 0), 0)
  let value = cacheOf(model).curve[concern](u - shift)
  for (const change of changes) value = value * (change.mul ?? 1) + (change.add ?? 0)
  return Math.min(100, Math.max(0, value))
}

/**
 * Demand of a person with these roles (none: the curves themselves): the curve over 100, times the person's weight for the
 * concern over the mean of the four weights, clamped to 0..1. Several roles: the mean of their weights.
 */
export function roleDemand(
  model: Model,
  regime: Regime,
  traits: readonly TraitInForce[],
  roles: readonly string[],
): StepDemand {
  const cache = cacheOf(model)
  let known = cache.steps.get(regime)
  if (!known) cache.steps.set(regime, (known = new Map()))
  const own = roles.length > 1 ? [...roles].sort().join() : (roles[0] ?? '')
  const key = traits.length > 0 ? `${traits.map(({ trait }) => trait.id).join()}|${own}` : own
  const found = known.get(key)
  if (found) return found
  const weights = CONCERNS.map((concern) => {
    if (roles.length === 0) return 1
    return roles.reduce((sum, role) => sum + (model.roles.get(role)?.weights?.[concern] ?? 1), 0) / roles.length
  })
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  const of = (concern: ConcernId): Float64Array => {
    const factor = weights[CONCERNS.indexOf(concern)]! / mean
    return regime.u.map((u) => Math.min(1, Math.max(0, (curveValue(model, traits, concern, u) / 100) * factor)))
  }
  const demand: StepDemand = { need: of('need'), cost: of('cost'), solution: of('solution'), risk: of('risk') }
  known.set(key, demand)
  return demand
}

/** The deal's demand: the mean over its people, weighted by influence; without people, the curves themselves. */
export function dealDemand(
  model: Model,
  regime: Regime,
  traits: readonly TraitInForce[],
  people: readonly Person[],
): StepDemand {
  if (people.length === 0) return roleDemand(model, regime, traits, [])
  const zero = (): Float64Array => new Float64Array(regime.n)
  const sum: StepDemand = { need: zero(), cost: zero(), solution: zero(), risk: zero() }
  let total = 0
  for (const person of people) {
    const influence = influenceOf(person)
    const demand = roleDemand(model, regime, traits, person.roles)
    total += influence
    for (const concern of CONCERNS)
      for (let j = 0; j < regime.n; j++) sum[concern][j]! += influence * demand[concern][j]!
  }
  for (const concern of CONCERNS) for (let j = 0; j < regime.n; j++) sum[concern][j]! /= total
  return sum
}

/**
 * The means of the deal's demand over a distribution, in the order of `CONCERNS`: what `expected` makes of `dealDemand`, without
 * the curves themselves. Demand hangs on the rank alone, so the paces of a rank are added up first.
 */
export function expectedDemand(
  model: Model,
  regime: Regime,
  traits: readonly TraitInForce[],
  people: readonly Person[],
  vector: Float64Array,
): number[] {
  const { n } = regime
  const K = regime.paces.length
  const shares = new Float64Array(n / K)
  for (let rank = 0, i = 0; i < n; rank++)
    for (const end = i + K; i < end; i++) shares[rank]! += vector[i]! + vector[n + i]!
  normalise(shares)
  const sums = CONCERNS.map(() => 0)
  let total = 0
  const add = (roles: readonly string[], influence: number): void => {
    const demand = roleDemand(model, regime, traits, roles)
    total += influence
    CONCERNS.forEach((concern, c) => {
      const of = demand[concern]
      let mean = 0
      for (let rank = 0, i = 0; i < n; rank++, i += K) mean += shares[rank]! * of[i]!
      sums[c]! += influence * mean
    })
  }
  if (people.length === 0) add([], 1)
  for (const person of people) add(person.roles, influenceOf(person))
  return sums.map((sum) => Math.min(1, sum / total))
}

/** Mass of each step, moving and stalled together, over their sum: `n` shares from a distribution that starts at `at`. */
export function stepShares(regime: Regime, vector: Float64Array, at: number, into: Float64Array): Float64Array {
  const { n } = regime
  for (let j = 0; j < n; j++) into[j] = vector[at + j]! + vector[at + n + j]!
  normalise(into)
  return into
}

/** Mean of a demand (0..1) over shares; these sum to 1 only but for the last bit, so the mean is kept from 1 + 2⁻⁵². */
export function expected(shares: Float64Array, demand: Float64Array): number {
  let sum = 0
  for (let j = 0; j < demand.length; j++) sum += shares[j]! * demand[j]!
  return Math.min(1, sum)
}

/** Steps in ascending order of demand; made once for many quantiles. */
export function orderOf(demand: Float64Array): Int32Array {
  return Int32Array.from(demand.keys()).sort((a, b) => demand[a]! - demand[b]! || a - b)
}

/** The smallest demand that the posterior reaches with probability `q`, 0..1. */
export function quantile(shares: Float64Array, demand: Float64Array, order: Int32Array, q: number): number {
  let sum = 0
  for (const step of order) {
    sum += shares[step]!
    if (sum >= q - 1e-12) return demand[step]!
  }
  return demand[order[order.length - 1]!]!
}
