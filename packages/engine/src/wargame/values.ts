import type { GameFact } from '../methodology/schema.ts'
import type { Match } from './match.ts'
import type { Tally } from './tally.ts'

/** Means of a strategy over paths. */
export interface Mean {
  won: number
  decided: number
  hours: number
}

/** Given facts: 1 it is so, 0 it is not; absent: as likely as the game has it. */
export type Given = Partial<Record<GameFact, 0 | 1>>

/** Reads a tally: every number of a game is a mean over its cells, its unknown facts or its variations. */
export interface Values {
  /** The share won that an hour would bring elsewhere. */
  perHour: number
  /** Over the mix, or against one policy. */
  mean: (strategy: number, policy?: number, given?: Given) => Mean
  worth: (strategy: number, policy?: number, given?: Given) => number
  /** Won and worth over the mix in each variation. */
  varied: (strategy: number) => { won: Float64Array; worth: Float64Array }
  probability: (fact: GameFact) => number
}

export function valuesOf(match: Match, tally: Tally): Values {
  const { sides, rivals, facts, worlds, board } = match
  const { outlook, wargame } = board.model.methodology
  const perHour = (outlook.base.won * wargame.effortShare) / wargame.usualHours
  const kinds = 1 << facts.length
  const topPolicy = rivals.findIndex(({ plays }) => plays === 'top')

  const sharesGiven = (given: Given): readonly number[] => {
    const so = given.rival_top
    if (so === undefined || topPolicy < 0) return rivals.map(({ share }) => share)
    const rest = 1 - rivals[topPolicy]!.share
    return rivals.map(({ share }, r) => (r === topPolicy ? so : so === 1 || rest <= 0 ? 0 : share / rest))
  }
  const cellMean = (s: number, r: number, given: Given): Mean => {
    const at = (s * rivals.length + r) * kinds
    let [paths, won, decided, hours] = [0, 0, 0, 0]
    for (let k = 0; k < kinds; k++) {
      if (facts.some((fact, i) => given[fact] !== undefined && given[fact] !== ((k >> i) & 1))) continue
      paths += tally.paths[k]!
      won += tally.won[at + k]!
      decided += tally.decided[at + k]!
      hours += tally.hours[at + k]!
    }
    return paths > 0
      ? { won: won / paths, decided: decided / paths, hours: hours / paths }
      : { won: 0, decided: 0, hours: 0 }
  }
  const mean = (s: number, policy?: number, given: Given = {}): Mean => {
    if (policy !== undefined) return cellMean(s, policy, given)
    const sum = { won: 0, decided: 0, hours: 0 }
    sharesGiven(given).forEach((share, r) => {
      if (share === 0) return
      const one = cellMean(s, r, given)
      sum.won += share * one.won
      sum.decided += share * one.decided
      sum.hours += share * one.hours
    })
    return sum
  }
  return {
    perHour,
    mean,
    worth(s, policy, given) {
      if (sides[s]!.side.leaves) return 0
      const { won, hours } = mean(s, policy, given)
      return won - perHour * hours
    },
    varied(s) {
      const won = new Float64Array(worlds.length)
      const worth = new Float64Array(worlds.length)
      if (sides[s]!.side.leaves) return { won, worth }
      rivals.forEach(({ share }, r) => {
        const at = (s * rivals.length + r) * worlds.length
        for (let w = 0; w < worlds.length; w++) {
          if (tally.varied[w] === 0) continue
          won[w]! += (share * tally.variedWon[at + w]!) / tally.varied[w]!
          worth[w]! += (share * (tally.variedWon[at + w]! - perHour * tally.variedHours[at + w]!)) / tally.varied[w]!
        }
      })
      return { won, worth }
    },
    probability(fact) {
      if (fact === 'rival_top') return topPolicy < 0 ? 0 : rivals[topPolicy]!.share
      const bit = facts.indexOf(fact)
      let [so, all] = [0, 0]
      for (let k = 0; k < kinds; k++) {
        all += tally.paths[k]!
        if ((k >> bit) & 1) so += tally.paths[k]!
      }
      return all > 0 ? so / all : 0
    },
  }
}

/** The value below which a share of the variations lies. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const at = share * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

/** Share of the variations in which `a` is worth more than `b`. */
export function held(a: Float64Array, b: Float64Array): number {
  let more = 0
  for (let w = 0; w < a.length; w++) more += a[w]! > b[w]! ? 1 : a[w] === b[w] ? 0.5 : 0
  return more / a.length
}
