import { OPEN_PHASES } from '../methodology/schema.ts'
import { rowOf } from '../position/track.ts'
import type { Match } from './match.ts'
import { drawPaths } from './paths.ts'
import type { Played } from './play.ts'

/**
 * What some paths came to, added up; parts of a game that were played apart are added together. Typed arrays alone, so that they
 * can be handed from a worker. A cell is a strategy against a policy.
 */
export interface Tally {
  from: number
  to: number
  /** By cell and by what was so of the unknown facts (bits): sums of won, decided and hours. */
  won: Float64Array
  decided: Float64Array
  hours: Float64Array
  /** Paths by bits. */
  paths: Float64Array
  /** By cell and variation: sums of won under the variation's own coefficients, and of hours. */
  variedWon: Float64Array
  variedHours: Float64Array
  /** Paths by variation. */
  varied: Float64Array
  /** Paths by day of the decision. */
  days: Float64Array
}

/** The fan looks no further. */
export const FAN_DAYS = 1081

export function emptyTally(match: Match, from = 0): Tally {
  const cells = match.sides.length * match.rivals.length
  const kinds = 1 << match.facts.length
  return {
    from,
    to: from,
    won: new Float64Array(cells * kinds),
    decided: new Float64Array(cells * kinds),
    hours: new Float64Array(cells * kinds),
    paths: new Float64Array(kinds),
    variedWon: new Float64Array(cells * match.worlds.length),
    variedHours: new Float64Array(cells * match.worlds.length),
    varied: new Float64Array(match.worlds.length),
    days: new Float64Array(FAN_DAYS),
  }
}

/** Plays the paths `from` … `to − 1` through every cell: the same paths, luck and unknowns in each (common random numbers). */
export function playPaths(match: Match, from: number, to: number): Tally {
  const { sides, rivals, facts, worlds, coefficients, ground, seed } = match
  const tally = emptyTally(match, from)
  tally.to = to
  const kinds = 1 << facts.length
  const { track } = ground
  const paths = drawPaths(track.open.regime, rowOf(track.open, ground.today), track.told, seed, from, to)
  const draws = new Float64Array(match.slots)
  const player = match.newPlayer()
  const into: Played[] = [newPlayed(), newPlayed()]
  const both = [coefficients, coefficients]
  for (let p = 0; p < paths.n; p++) {
    const index = from + p
    const enters = paths.enters.subarray(p * OPEN_PHASES, (p + 1) * OPEN_PHASES)
    const decides = paths.decides[p]!
    const { path, bits } = match.pathOf(index, enters, decides, draws)
    const world = index % worlds.length
    both[1] = worlds[world]!.coefficients
    tally.paths[bits]!++
    tally.varied[world]!++
    tally.days[Math.min(decides, FAN_DAYS - 1)]!++
    for (let s = 0; s < sides.length; s++) {
      const { side, playable } = sides[s]!
      if (!playable || side.leaves) continue
      for (let r = 0; r < rivals.length; r++) {
        player.play(side, rivals[r]!.moves, path, both, into)
        const cell = s * rivals.length + r
        const at = cell * kinds + bits
        tally.won[at]! += into[0]!.won
        tally.decided[at]! += into[0]!.decided
        tally.hours[at]! += into[0]!.hours
        tally.variedWon[cell * worlds.length + world]! += into[1]!.won
        tally.variedHours[cell * worlds.length + world]! += into[1]!.hours
      }
    }
  }
  return tally
}

const newPlayed = (): Played => ({ won: 0, decided: 0, hours: 0 })

/** Adds a part to what there is. */
export function addTally(all: Tally, part: Tally): Tally {
  all.from = Math.min(all.from, part.from)
  all.to = Math.max(all.to, part.to)
  for (const key of ['won', 'decided', 'hours', 'paths', 'variedWon', 'variedHours', 'varied', 'days'] as const)
    for (let i = 0; i < all[key].length; i++) all[key][i]! += part[key][i]!
  return all
}
