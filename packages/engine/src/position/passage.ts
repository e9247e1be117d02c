import { dayStep, dayStepBack } from './chain.ts'
import type { Regime } from './chain.ts'
import { observe } from './told.ts'
import type { Told } from './told.ts'

/** First passages are followed no further than this; a quantile beyond is not known. */
const PASSAGE_DAYS = 2400
/** So long at least is a table of passages. */
const FIRST_DAYS = 128

const everTables = new WeakMap<Regime, Map<number, Float64Array>>()

/**
 * For each state below a rank the probability that the process ever reaches it, the customer not having given up before.
 * It hangs on the chain alone, so it is solved once: (I − T)·x = b for each pace by elimination without pivoting, which is
 * safe because I − T is diagonally dominant.
 */
export function everReaches(regime: Regime, rank: number): Float64Array {
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
      let arrives = dayStep(regime.lasting, unit, after)
      for (let i = 0; i < n; i++) if (rankOf[i]! >= rank) arrives += after[i]! + after[n + i]!
      const row = new Float64Array(size + 1)
      for (let t = 0; t < size; t++) row[t] = (s === t ? 1 : 0) - after[state(t)]!
      row[size] = arrives
      return row
    })
    const solved = solve(rows)
    for (let k = 0; k < size; k++) result[state(k)] = solved[k]!
  }
  tables.set(rank, result)
  return result
}

/** Solves a system of as many equations as unknowns, each row with its right side at the end, by elimination without exchange; the rows are used up. */
function solve(rows: readonly Float64Array[]): Float64Array {
  const size = rows.length
  for (let k = 0; k < size; k++) {
    const pivot = rows[k]!
    for (const row of rows.slice(k + 1)) {
      const by = row[k]! / pivot[k]!
      if (by !== 0) for (let t = k; t <= size; t++) row[t]! -= by * pivot[t]!
    }
  }
  const solved = new Float64Array(size)
  for (let k = size - 1; k >= 0; k--) {
    let value = rows[k]![size]!
    for (let t = k + 1; t < size; t++) value -= rows[k]![t]! * solved[t]!
    solved[k] = value / rows[k]![k]!
  }
  return solved
}

/**
 * Entry d · 2·end + s: probability that a state below the rank has passed it within d days, the customer not having given up
 * before; `end` is the number of places below the rank, the moving states first. It hangs on the chain alone, so it is made once
 * and longer when a longer look is asked for.
 */
interface PassedBy {
  end: number
  days: number
  shares: Float64Array
}
const passedTables = new WeakMap<Regime, Map<number, PassedBy>>()

function passedBy(regime: Regime, rank: number, days: number): PassedBy {
  let tables = passedTables.get(regime)
  if (!tables) passedTables.set(regime, (tables = new Map()))
  const known = tables.get(rank)
  if (known && known.days >= days) return known
  const { n, rankOf, lasting } = regime
  let end = 0
  while (end < n && rankOf[end]! < rank) end++
  const to = Math.min(PASSAGE_DAYS, Math.max(days, 2 * (known?.days ?? FIRST_DAYS)))
  const shares = new Float64Array((to + 1) * 2 * end)
  const all = new Float64Array(2 * n).fill(1)
  const before = new Float64Array(2 * n)
  all.fill(0, 0, end)
  all.fill(0, n, n + end)
  for (let d = 1; d <= to; d++) {
    dayStepBack(lasting, all, before, 0, 0, 1)
    const row = d * 2 * end
    for (let i = 0; i < end; i++) {
      all[i] = shares[row + i] = before[i]!
      all[n + i] = shares[row + end + i] = before[n + i]!
    }
  }
  const made = { end, days: to, shares }
  tables.set(rank, made)
  return made
}

/** Of a distribution the share that has passed the rank within `days`, without what is beyond it already. */
function shareWithin(regime: Regime, vector: Float64Array, rank: number, days: number): number {
  const { end, shares } = passedBy(regime, rank, days)
  const row = days * 2 * end
  const { n } = regime
  let a = 0
  let b = 0
  for (let i = 0; i < end; i++) {
    a += vector[i]! * shares[row + i]!
    b += vector[n + i]! * shares[row + end + i]!
  }
  return a + b
}

/**
 * First passage to a rank: days until the process is first at or beyond it, as quantiles over those futures that ever are
 * (null: hardly any is, or not within 2,400 days). What is at or beyond it today counts as passed today. `now` is today's
 * filtered distribution; what is told for days to come conditions the futures. `quantiles` ascend.
 */
export function firstPassage(
  regime: Regime,
  now: Float64Array,
  rank: number,
  told: Told | null = null,
  quantiles: readonly number[] = [0.1, 0.5, 0.9],
): (number | null)[] {
  const { n, rankOf, lasting } = regime
  const ever = everReaches(regime, rank)
  let end = 0
  while (end < n && rankOf[end]! < rank) end++
  /** Cumulated shares of the days on which something is told. */
  const shares: number[] = []
  let vector = now
  let sum = 0
  if (told) {
    vector = Float64Array.from(now)
    let next: Float64Array = new Float64Array(2 * n)
    const ended = { decided: 0, quit: 0 }
    for (let d = 0; ; d++) {
      const row = d * 2 * n
      for (let j = end; j < n; j++) {
        sum += vector[j]! * told.worth[row + j]! + vector[n + j]! * told.worth[row + n + j]!
        vector[j] = vector[n + j] = 0
      }
      shares.push(sum)
      if (d === told.days) break
      ended.decided = dayStep(lasting, vector, next)
      ;[vector, next] = [next, vector]
      observe(regime, told.factors.get(d + 1), vector, 0, ended)
      sum += ended.decided * told.decided[d + 1]!
    }
  } else {
    for (let j = end; j < n; j++) sum += now[j]! + now[n + j]!
    shares.push(sum)
  }
  let total = sum
  for (let j = 0; j < end; j++) total += vector[j]! * ever[j]! + vector[n + j]! * ever[n + j]!
  if (!(total > 1e-9 * (told ? worthOfAll(now, told) : 1))) return quantiles.map(() => null)
  // What follows the last told day is read from the table, on few days: the share grows from day to day.
  const last = shares.length - 1
  const most = PASSAGE_DAYS - last
  let from = 0
  return quantiles.map((q) => {
    const wanted = q * total - 1e-12
    if (wanted <= sum) {
      const at = shares.findIndex((share) => share >= wanted)
      return at
    }
    const reaches = (days: number): boolean => sum + shareWithin(regime, vector, rank, days) >= wanted
    let high = Math.min(most, from + 8)
    for (let wide = 16; !reaches(high); wide *= 2) {
      if (high === most) return null
      from = high
      high = Math.min(most, high + wide)
    }
    // Not yet at `from`, but at `high`.
    let low = from
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (reaches(middle)) high = middle
      else low = middle
    }
    from = low
    return last + high
  })
}

function worthOfAll(now: Float64Array, told: Told): number {
  let sum = 0
  for (let i = 0; i < now.length; i++) sum += now[i]! * told.worth[i]!
  return sum
}
