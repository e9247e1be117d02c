import type { DayNumber } from '../core/dates.ts'
import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dayStep, dayStepBack } from './chain.ts'
import type { Regime } from './chain.ts'
import type { Milestone } from './milestones.ts'

/** On a day ahead, what is at or beyond a rank (or what is not) is multiplied by `by`. */
interface Factor {
  rank: number
  /** Which side is multiplied. */
  side: 'beyond' | 'short'
  by: number
}

/**
 * Told dates as observations of days to come. Row d says what a state of `d` days ahead is worth in the light of what is
 * told for later days; `decided` and `quit` say the same of what has ended.
 */
export interface Told {
  /** Days ahead of the last told date; beyond it every state is worth the same. */
  days: number
  worth: Float64Array
  decided: Float64Array
  quit: Float64Array
  factors: ReadonlyMap<number, readonly Factor[]>
}

/** Days before a told day `ahead` days on within which the milestone is expected. */
function windowOf(model: Model, ahead: number): number {
  const { least, share } = model.methodology.phases.told.window
  return Math.max(least, Math.floor(ahead * share + 0.5))
}

/**
 * Quantiles of the days until a decision, read in the light of the day that is told for it: its window is how surely the day is
 * taken and not a wish to be early, so a median or a late reading that falls into the window is the day itself.
 */
export function onToldDay(
  days: readonly (number | null)[],
  milestones: readonly Milestone[],
  model: Model,
  today: DayNumber,
): (number | null)[] {
  const decision = firstRank(model, 'implement')
  const told = milestones.filter(({ done, rank, day }) => !done && rank === decision && day > today)
  return days.map((value, i) => {
    if (value === null || i === 0) return value
    const own = told.find(({ day }) => value <= day - today && value > day - today - windowOf(model, day - today))
    return own ? own.day - today : value
  })
}

/** Multiplies one side of a rank. */
function multiply(regime: Regime, vector: Float64Array, at: number, { rank, side, by }: Factor): void {
  const { n, rankOf } = regime
  for (let i = 0; i < n; i++) {
    if (rankOf[i]! >= rank !== (side === 'beyond')) continue
    vector[at + i]! *= by
    vector[at + n + i]! *= by
  }
}

/** Applies a day's factors to a distribution over the open states and to what has ended. */
export function observe(
  regime: Regime,
  factors: readonly Factor[] | undefined,
  vector: Float64Array,
  at: number,
  ended: { decided: number; quit: number },
): void {
  for (const factor of factors ?? []) {
    multiply(regime, vector, at, factor)
    if (factor.side === 'beyond') ended.decided *= factor.by
    else ended.quit *= factor.by
  }
}

/** The shares of the window of each milestone under the forecast chain alone, in the order given. */
function windowShares(
  regime: Regime,
  now: Float64Array,
  told: readonly { rank: number; ahead: number; window: number }[],
): number[] {
  const width = 2 * regime.n
  const order = told
    .map((_, i) => i)
    .sort((a, b) => told[a]!.ahead - told[a]!.window - (told[b]!.ahead - told[b]!.window))
  const shares = told.map(() => 0)
  let day = Float64Array.from(now)
  let next: Float64Array<ArrayBuffer> = new Float64Array(width)
  let decided = 0
  let at = 0
  const runTo = (target: number): void => {
    for (; at < target; at++) {
      decided += dayStep(regime.lasting, day, next)
      ;[day, next] = [next, day]
    }
  }
  for (const i of order) {
    const { rank, ahead, window } = told[i]!
    runTo(ahead - window)
    const kept = { day: Float64Array.from(day), decided, at }
    if (ahead - window > 0) {
      multiply(regime, day, 0, { rank, side: 'beyond', by: 0 })
      decided = 0
    }
    runTo(ahead)
    let share = decided
    for (let j = 0; j < regime.n; j++) if (regime.rankOf[j]! >= rank) share += day[j]! + day[regime.n + j]!
    shares[i] = share
    ;({ day, decided, at } = kept)
  }
  return shares
}

/**
 * What told dates say of today and of the days ahead. The customer is taken at its word with probability r: the window of a
 * milestone told for a day gets the probability t = r + (1 − r)·P0, P0 its probability under the forecast chain alone, by
 * multiplying what lies outside by ε = P0·(1 − t) / (t·(1 − P0)) = P0·(1 − r) / t. Each milestone has its ε without the others.
 * `now` is today's filtered distribution, normalised. Null: nothing is told. Source: docs/engine.md, section 1.
 */
export function toldOf(
  regime: Regime,
  model: Model,
  now: Float64Array,
  today: DayNumber,
  milestones: readonly Milestone[],
): Told | null {
  const end = regime.rankOf[regime.n - 1]! + 1
  const told = milestones
    .filter(({ done, day, rank }) => !done && day > today && rank <= end)
    .map(({ rank, day, reliability }) => ({
      rank,
      ahead: day - today,
      window: windowOf(model, day - today),
      reliability,
    }))
  if (told.length === 0) return null
  const shares = windowShares(regime, now, told)
  const factors = new Map<number, Factor[]>()
  const add = (ahead: number, factor: Factor): void => {
    const list = factors.get(ahead)
    if (list) list.push(factor)
    else factors.set(ahead, [factor])
  }
  told.forEach(({ rank, ahead, window, reliability }, i) => {
    const share = Math.max(shares[i]!, model.methodology.phases.told.floor)
    const by = (share * (1 - reliability)) / (reliability + (1 - reliability) * share)
    add(ahead, { rank, side: 'short', by })
    if (ahead - window > 0) add(ahead - window, { rank, side: 'beyond', by })
  })
  const days = Math.max(...told.map(({ ahead }) => ahead))
  return { days, factors, ...worthOf(regime, days, factors) }
}

function worthOf(
  regime: Regime,
  days: number,
  factors: ReadonlyMap<number, readonly Factor[]>,
): Pick<Told, 'worth' | 'decided' | 'quit'> {
  const { n, quitMoving, quitStalled } = regime
  const width = 2 * n
  const worth = new Float64Array((days + 1) * width)
  const decided = new Float64Array(days + 1)
  const quit = new Float64Array(days + 1)
  worth.fill(1, days * width)
  decided[days] = quit[days] = 1
  const later = new Float64Array(width)
  for (let d = days; d > 0; d--) {
    const row = d * width
    later.set(worth.subarray(row, row + width))
    const ended = { decided: decided[d]!, quit: quit[d]! }
    observe(regime, factors.get(d), later, 0, ended)
    decided[d - 1] = ended.decided
    quit[d - 1] = ended.quit
    const before = row - width
    dayStepBack(regime.lasting, later, worth, 0, before, ended.decided)
    const moving = quitMoving * ended.quit
    const stalled = quitStalled * ended.quit
    for (let i = before; i < before + n; i++) {
      worth[i]! += moving
      worth[n + i]! += stalled
    }
  }
  return { worth, decided, quit }
}
