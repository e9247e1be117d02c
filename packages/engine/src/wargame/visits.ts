import { addDays } from '../core/dates.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import { rowOf } from '../position/track.ts'
import type { Match } from './match.ts'
import { drawPaths } from './paths.ts'
import type { Played, Side } from './play.ts'
import type { GameMove } from './rivals.ts'
import { visitSays } from './says.ts'
import type { WarGame } from './schema.ts'

const DAYS = 12
/** So many standard errors of a paired difference are no difference. */
const CLEAR = 2.5

/**
 * What a visit of the rival to the number one, and the promise it comes back for, takes from a strategy, by the day of the visit;
 * on the same paths each time. The rival does nothing else.
 */
export function visitsOf(match: Match, recommended: number, until: number, paths: number): WarGame['visit'] {
  const policy = match.rivals.find(({ plays }) => plays === 'tomorrow')
  if (!policy || policy.moves.every(({ who }) => who.length === 0)) return null
  const nothing = match.sides.findIndex(({ side, playable }) => playable && !side.leaves && side.steps.length === 0)
  const step = Math.max(7, Math.round(until / DAYS))
  const days = Array.from({ length: DAYS }, (_, i) => 1 + i * step).filter((day) => day <= Math.max(1, until))
  const ours = lossesOf(match, match.sides[recommended]!.side, policy.moves, days, paths)
  const none = nothing < 0 ? ours : lossesOf(match, match.sides[nothing]!.side, policy.moves, days, paths)
  const worst = ours.mean.indexOf(Math.max(...ours.mean))
  const best = ours.mean.indexOf(Math.min(...ours.mean))
  const { least } = match.board.model.methodology.wargame
  const clear = ours.mean[worst]! - ours.mean[best]! > Math.max(least, CLEAR * ours.error(worst, best))
  const on = clear ? addDays(match.board.asOf, days[worst]!) : null
  return {
    days: days.map((day, i) => ({
      on: addDays(match.board.asOf, day),
      loss: ours.mean[i]!,
      ifNothing: none.mean[i]!,
    })),
    worst: on,
    says: visitSays(match, on, ours.mean[worst]!),
  }
}

function lossesOf(
  match: Match,
  side: Side,
  moves: readonly GameMove[],
  days: readonly number[],
  count: number,
): { mean: number[]; error: (a: number, b: number) => number } {
  const { track } = match.ground
  const paths = drawPaths(track.open.regime, rowOf(track.open, match.ground.today), track.told, match.seed, 0, count)
  const draws = new Float64Array(match.slots)
  const player = match.newPlayer()
  const into: Played[] = [{ won: 0, decided: 0, hours: 0 }]
  const later = days.map((day) =>
    moves.map((move): GameMove => ({ ...move, after: [move.after[0] + day - 1, move.after[1] + day - 1] })),
  )
  const losses = days.map(() => new Float64Array(count))
  for (let p = 0; p < count; p++) {
    const enters = paths.enters.subarray(p * OPEN_PHASES, (p + 1) * OPEN_PHASES)
    const { path } = match.pathOf(p, enters, paths.decides[p]!, draws)
    const won = (of: readonly GameMove[]): number => {
      player.play(side, of, path, [match.coefficients], into)
      return into[0]!.won
    }
    const alone = won([])
    later.forEach((of, i) => (losses[i]![p] = alone - won(of)))
  }
  const mean = losses.map((row) => row.reduce((sum, x) => sum + x, 0) / count)
  return {
    mean,
    error(a, b) {
      let squares = 0
      const middle = mean[a]! - mean[b]!
      for (let p = 0; p < count; p++) squares += (losses[a]![p]! - losses[b]![p]! - middle) ** 2
      return Math.sqrt(squares / count / Math.max(1, count - 1))
    },
  }
}
