import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { fill } from '../plan/words.ts'
import { leaderOf } from '../plan/steps.ts'
import { onToldDay } from '../position/told.ts'
import { matchOf } from './match.ts'
import type { Match, MatchRequest, Unplayable } from './match.ts'
import { notesOf, placesOf, recommends, tomorrowSays, WHY } from './says.ts'
import type { WarGame } from './schema.ts'
import { FAN_DAYS, playPaths } from './tally.ts'
import type { Tally } from './tally.ts'
import { firstQuestion, mapOf, turnsOf } from './turns.ts'
import { held, quantile, valuesOf } from './values.ts'
import { visitsOf } from './visits.ts'

export const PATHS = 10_000
const VISIT_PATHS = 1000
const MONTH = 30
const MONTHS = 24

export interface GameRequest extends MatchRequest {
  /** Paths drawn, default 10,000; at least 200. */
  paths?: number
}

/**
 * The war game of a deal on a day: paths of the customer drawn from the position, rivals by the policies of the methodology, who
 * answer what we do, against our ways of playing, on the same luck. Won, lost and undecided on a path are the engine's own win
 * number of the deal with all that happened on it. Pure and deterministic for a seed. Source: docs/engine.md, section 9.
 */
export function warGame(deal: Deal, methodology: Methodology, asOf: PlainDate, request: GameRequest = {}): WarGame {
  const match = matchOf(deal, methodology, asOf, request)
  if (typeof match === 'string') return unplayed(match, asOf, request)
  return gameOf(match, playPaths(match, 0, Math.max(200, request.paths ?? PATHS)))
}

export function unplayed(why: Unplayable, asOf: PlainDate, request: GameRequest = {}): WarGame {
  return {
    state: why,
    why: WHY[why],
    asOf,
    seed: request.seed ?? 1,
    paths: 0,
    rival: { id: null, name: null },
    today: null,
    policies: [],
    strategies: [],
    cells: [],
    recommended: null,
    turns: [],
    map: null,
    question: null,
    visit: null,
    tomorrow: null,
    decisions: null,
    notes: [],
  }
}

/** What the paths that were played say. */
export function gameOf(match: Match, tally: Tally): WarGame {
  const { board, sides, rivals } = match
  const file = board.model.methodology.wargame
  const values = valuesOf(match, tally)
  const all = sides.map((_, s) => s).filter((s) => sides[s]!.playable)
  const bestOf = (worth: (s: number) => number): number => all.reduce((a, b) => (worth(b) > worth(a) ? b : a))
  const best = bestOf((s) => values.worth(s))
  const varied = sides.map((_, s) => values.varied(s))
  const bestAgainst = rivals.map((_, r) => Math.max(...all.map((s) => values.worth(s, r))))
  const regretOf = (s: number, r: number): number => Math.max(0, bestAgainst[r]! - values.worth(s, r))
  /** A policy that has no part in the mix is a question, and nobody regrets it. */
  const counted = rivals.map((_, r) => r).filter((r) => rivals[r]!.share > 0)
  const worstRegret = (s: number): number => Math.max(0, ...counted.map((r) => regretOf(s, r)))
  const behind = (s: number): { worth: number; held: number } => ({
    worth: values.worth(best) - values.worth(s),
    held: held(varied[best]!.worth, varied[s]!.worth),
  })
  const level = (s: number): boolean => {
    const { worth, held: share } = behind(s)
    return s !== best && (share < file.held || worth < file.least)
  }
  const spread = (value: number, row: Float64Array): { value: number; low: number; high: number } => ({
    value,
    low: Math.min(value, quantile(row, 0.1)),
    high: Math.max(value, quantile(row, 0.9)),
  })
  const strategies = sides.map(({ id, side, playable }, s): WarGame['strategies'][number] => {
    const { name, says } = file.ours.find((one) => one.id === id)!
    const mean = playable && !side.leaves ? values.mean(s) : { won: 0, decided: 0, hours: 0 }
    return {
      id,
      name,
      says,
      playable,
      steps: side.steps.map((step) => ({
        play: step.play,
        name: step.name,
        with: [...step.who].map((p) => board.pawns[p]!.id),
        on: step.day === null ? null : addDays(board.asOf, step.day),
        phase: step.day === null ? PHASES[step.phase]! : null,
        after: step.day === null ? step.after : null,
      })),
      won: spread(mean.won, varied[s]!.won),
      lost: Math.max(0, mean.decided - mean.won),
      noDecision: playable && !side.leaves ? 1 - mean.decided : 0,
      hours: mean.hours,
      worth: spread(playable ? values.worth(s) : 0, varied[s]!.worth),
      regret: playable ? worstRegret(s) : 0,
      behind: playable && s !== best ? behind(s) : null,
      level: playable && level(s),
    }
  })
  const equals = all.filter(level).map((s) => sides[s]!.id)
  const second = Math.min(...all.filter((s) => s !== best).map((s) => behind(s).worth))
  const leastRegret = sides[all.reduce((a, b) => (worstRegret(b) < worstRegret(a) - 1e-9 ? b : a), best)]!.id
  const turns = turnsOf(match, values, best)
  const ask = firstQuestion(turns)
  const asked = board.view.people.find(({ inside, top }) => inside && !top) ?? leaderOf(board.view)
  const fan = fanOf(match, tally)
  const walks = rivals.findIndex(({ plays }) => plays === 'tomorrow')
  const still = values.mean(best).won
  const then = walks < 0 ? best : bestOf((s) => values.worth(s, walks))
  const loss = walks < 0 ? 0 : still - values.mean(best, walks).won
  return {
    state: 'played',
    why: null,
    asOf: board.asOf,
    seed: match.seed,
    paths: tally.to - tally.from,
    rival: board.invented ? { id: null, name: null } : { id: board.rival.id, name: board.rival.name },
    today: match.assessment.win?.value ?? null,
    policies: file.theirs.map(({ id, name, says }, r) => ({ id, name, says, share: rivals[r]!.share })),
    strategies,
    cells: all.flatMap((s) =>
      rivals.map(({ id }, r) => {
        const { won, decided } = sides[s]!.side.leaves ? { won: 0, decided: 0 } : values.mean(s, r)
        return {
          strategy: sides[s]!.id,
          policy: id,
          won,
          lost: Math.max(0, decided - won),
          noDecision: sides[s]!.side.leaves ? 0 : 1 - decided,
          worth: values.worth(s, r),
          regret: regretOf(s, r),
        }
      }),
    ),
    recommended: {
      strategy: sides[best]!.id,
      level: equals,
      leastRegret,
      says: recommends(match, sides[best]!.id, equals, second, leastRegret),
    },
    turns,
    map: mapOf(match, values, turns, best),
    question: ask && {
      fact: ask.fact,
      to: asked?.id ?? null,
      text: fill(file.questions[ask.fact].ask, placesOf(match)),
      worth: ask.worth,
    },
    visit: visitsOf(match, best, fan.until, Math.min(VISIT_PATHS, tally.to - tally.from)),
    tomorrow:
      walks < 0 || rivals[walks]!.moves.every(({ who }) => who.length === 0)
        ? null
        : {
            policy: rivals[walks]!.id,
            recommended: sides[then]!.id,
            loss,
            says: tomorrowSays(match, loss, sides[best]!.id, sides[then]!.id),
          },
    decisions: fan.decisions,
    notes: notesOf(match),
  }
}

function fanOf({ board, ground }: Match, { days }: Tally): { decisions: WarGame['decisions']; until: number } {
  const total = days.reduce((sum, n) => sum + n, 0)
  const dayOf = (share: number): number => {
    let sum = 0
    for (let d = 0; d < days.length; d++) if ((sum += days[d]!) >= share * total) return d
    return FAN_DAYS - 1
  }
  // The brief knows three of them exactly; what is told for the signature is read as it reads it.
  const [early, middle, late] = ground.passages?.[OPEN_PHASES - 1] ?? []
  const [first, quarter, half, most, ninth] = onToldDay(
    [early ?? dayOf(0.1), dayOf(0.25), middle ?? dayOf(0.5), dayOf(0.75), late ?? dayOf(0.9)],
    ground.track.milestones,
    board.model,
    ground.today,
  )
  const on = (day: number | null | undefined): PlainDate => addDays(board.asOf, day ?? 0)
  const last = Math.min(MONTHS, Math.ceil((dayOf(0.95) + 1) / MONTH))
  const months = Array.from({ length: last }, (_, i) => ({ from: addDays(board.asOf, i * MONTH), share: 0 }))
  for (let d = 0; d < days.length; d++) months[Math.min(last - 1, Math.floor(d / MONTH))]!.share += days[d]! / total
  return {
    decisions: { p10: on(first), p25: on(quarter), p50: on(half), p75: on(most), p90: on(ninth), months },
    until: dayOf(0.75),
  }
}
