import { dayStep } from './chain.ts'
import type { Regime } from './chain.ts'
import { giveUp } from './give-up.ts'
import { observe } from './told.ts'
import type { Told } from './told.ts'

/** First passages are followed no further than this; a quantile beyond is not known. */
const PASSAGE_DAYS = 2400

const everTables = new WeakMap<Regime, Map<number, Float64Array>>()

/**
 * For each state below a rank the probability that the process ever reaches it, the customer not having given up before.
 * It hangs on the chain alone, so it is solved once: (I − T)·x = b for each pace by elimination without pivoting, which is
 * safe because I − T is diagonally dominant.
 */
function everReaches(regime: Regime, rank: number): Float64Array {
  let tables = everTables.get(regime)
  if (!tables) everTables.set(regime, (tables = new Map()))
  const known = tables.get(rank)
  if (known) return known
  const { n, rankOf } = regime
  const K = regime.paces.length
  const result = new Float64Array(2 * n).fill(1)
  const base = rankOf[0]!
  const steps = Math.min(rank - base, n / K)
  const size = 2 * steps
  const unit = new Float64Array(2 * n)
  const after = new Float64Array(2 * n)
  for (let c = 0; c < K; c++) {
    // Row by row what a day makes of each state: the system's matrix, with the mass that arrives at the rank on the right.
    const state = (s: number): number => (s < steps ? s * K + c : n + (s - steps) * K + c)
    const rows = Array.from({ length: size }, (_, s) => {
      unit.fill(0)
      unit[state(s)] = 1
      giveUp(regime, unit, 0)
      let arrives = dayStep(regime, unit, after)
      for (let i = 0; i < n; i++) if (rankOf[i]! >= rank) arrives += after[i]! + after[n + i]!
      const row = new Float64Array(size + 1)
      for (let t = 0; t < size; t++) row[t] = (s === t ? 1 : 0) - after[state(t)]!
      row[size] = arrives
      return row
    })
    for (let k = 0; k < size; k++) {
      const pivot = rows[k]!
      for (let r = k + 1; r < size; r++) {
        const row = rows[r]!
        const by = row[k]! / pivot[k]!
        if (by !== 0) for (let t = k; t <= size; t++) row[t]! -= by * pivot[t]!
      }
    }
    for (let k = size - 1; k >= 0; k--) {
      let value = rows[k]![size]!
      for (let t = k + 1; t < size; t++) value -= rows[k]![t]! * result[state(t)]!
      result[state(k)] = value / rows[k]![k]!
    }
  }
  tables.set(rank, result)
  return result
}

/**
 * First passage to a rank: days until the process is first at or beyond it, as quantiles over those futures that ever are
 * (null: hardly any is, or not within 2,400 days). What is at or beyond it today counts as passed today. `now` is today's
 * filtered distribution; what is told for days to come conditions the futures.
 */
export function firstPassage(
  regime: Regime,
  now: Float64Array,
  rank: number,
  told: Told | null = null,
  quantiles: readonly number[] = [0.1, 0.5, 0.9],
): (number | null)[] {
  const { n, rankOf } = regime
  const width = 2 * n
  const ever = everReaches(regime, rank)
  let end = 0
  while (end < n && rankOf[end]! < rank) end++
  let vector: Float64Array = Float64Array.from(now)
  let next: Float64Array = new Float64Array(width)
  /** Takes what is at or beyond the rank out and returns its worth. */
  const takeBeyond = (day: number): number => {
    let mass = 0
    const row = day * width
    const weighs = told !== null && day <= told.days
    for (let j = end; j < n; j++) {
      mass += weighs
        ? vector[j]! * told.worth[row + j]! + vector[n + j]! * told.worth[row + n + j]!
        : vector[j]! + vector[n + j]!
      vector[j] = vector[n + j] = 0
    }
    return mass
  }
  /** What of the vector will still pass, once nothing more is told. */
  const remaining = (): number => {
    let sum = 0
    for (let j = 0; j < end; j++) sum += vector[j]! * ever[j]! + vector[n + j]! * ever[n + j]!
    return sum
  }
  const shares = [takeBeyond(0)]
  let sum = shares[0]!
  let total = told ? NaN : sum + remaining()
  const top = Math.max(...quantiles)
  const ended = { decided: 0, quit: 0 }
  for (let d = 1; d <= PASSAGE_DAYS && !(sum >= top * total); d++) {
    giveUp(regime, vector, 0)
    ended.decided = dayStep(regime, vector, next)
    ;[vector, next] = [next, vector]
    if (told && d <= told.days) {
      observe(regime, told.factors.get(d), vector, 0, ended)
      ended.decided *= told.decided[d]!
    }
    sum += ended.decided + takeBeyond(d)
    shares.push(sum)
    if (told && d === told.days) total = sum + remaining()
  }
  if (!(total > 1e-9 * (told ? worthOfAll(now, told) : 1))) return quantiles.map(() => null)
  return quantiles.map((q) => {
    const at = shares.findIndex((share) => share >= q * total - 1e-12)
    return at < 0 ? null : at
  })
}

function worthOfAll(now: Float64Array, told: Told): number {
  let sum = 0
  for (let i = 0; i < now.length; i++) sum += now[i]! * told.worth[i]!
  return sum
}
