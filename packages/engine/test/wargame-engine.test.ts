import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, dayNumber, modelOf, warGame } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { featuresOf } from '../src/outlook/features.ts'
import { chances } from '../src/outlook/outlook.ts'
import { relations } from '../src/people/relations.ts'
import { firstRank } from '../src/core/model.ts'
import { firstPassage } from '../src/position/passage.ts'
import { rowOf } from '../src/position/track.ts'
import { dealAfter } from '../src/wargame/facts.ts'
import { matchOf } from '../src/wargame/match.ts'
import type { Match } from '../src/wargame/match.ts'
import { drawPaths } from '../src/wargame/paths.ts'
import { playPaths } from '../src/wargame/tally.ts'
import { asOfs, deals } from './support/deals.ts'
import { playable, story, STORIES } from './support/games.ts'
import { METHOD } from './support/method.ts'

const MODEL = modelOf(METHOD)

/** Plays some paths through every cell and asks the engine for the same numbers of the deal with what happened written down. */
function compare(match: Match, from: number, to: number): number {
  const { track, today } = match.ground
  const paths = drawPaths(track.open.regime, rowOf(track.open, today), track.told, match.seed, from, to)
  const draws = new Float64Array(match.slots)
  const player = match.newPlayer()
  const played = { won: 0, decided: 0, hours: 0 }
  let moves = 0
  for (let p = 0; p < paths.n; p++) {
    const { path } = match.pathOf(from + p, paths.enters.subarray(p * 6, p * 6 + 6), paths.decides[p]!, draws)
    for (const { side } of match.sides) {
      for (const rival of match.rivals) {
        player.trace = []
        player.play(side, rival.moves, path, [match.coefficients], [played])
        const on = addDays(match.board.asOf, paths.decides[p]!)
        const deal = dealAfter(match.board, player.trace)
        const features = featuresOf(deal, relations(deal, MODEL, on), MODEL, on)
        player.standing.order.forEach((id, i) =>
          expect([id, player.standing.features[i]]).toEqual([id, expect.closeTo(features[id].value, 9)]),
        )
        expect(player.standing.silence).toBe(features.silence.value)
        const own = chances(features, METHOD.outlook)
        expect(played.won).toBeCloseTo(own.won, 9)
        expect(played.decided).toBeCloseTo(own.decided, 9)
        moves += player.trace.length
      }
    }
  }
  return moves
}

describe('a path is decided by the engine’s own win number', () => {
  test.each(STORIES)(
    '$name: of the deal with all that happened on the path written down as facts',
    ({ name, asOf }) => {
      expect(compare(playable(story(name), asOf), 0, 12)).toBeGreaterThan(500)
    },
  )

  test('the same on generated deals', () => {
    let played = 0
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const match = matchOf(deal, METHOD, asOf, { plans: {} })
        if (typeof match === 'string') return
        played++
        compare(match, 0, 2)
      }),
      { numRuns: 25 },
    )
    expect(played).toBeGreaterThan(5)
  })
})

describe('paths are drawn from the position', () => {
  test.each(STORIES)('$name: decisions fall on the days of the position', ({ name, asOf }) => {
    const deal = story(name)
    const match = playable(deal, asOf)
    const { track, today } = match.ground
    const [p10, p50, p90] = firstPassage(
      track.open.regime,
      rowOf(track.open, today),
      firstRank(MODEL, 'implement'),
      track.told,
    )
    const { days } = playPaths({ ...match, sides: [] }, 0, 6000)
    const until = (day: number): number => days.slice(0, day + 1).reduce((sum, n) => sum + n, 0) / 6000
    // A quantile's day is the first on which the share is reached: four standard errors of a share of 6,000 paths.
    for (const [on, share] of [
      [p10, 0.1],
      [p50, 0.5],
      [p90, 0.9],
    ] as const) {
      const day = on!
      expect(until(day)).toBeGreaterThan(share - 0.026)
      expect(until(day - 1)).toBeLessThan(share + 0.026)
    }
  })

  test.each(STORIES)('$name: the fan of days is the brief’s', ({ name, asOf }) => {
    const { p10, p50, p90 } = brief(story(name), METHOD, asOf).outlook.when!
    expect(warGame(story(name), METHOD, asOf, { paths: 200 }).decisions).toMatchObject({ p10, p50, p90 })
  })

  test('the later a date is told, the later the paths decide', () => {
    const deal = story('4-late-but-risk-first')
    const { asOf } = STORIES[3]!
    const moved = (by: number): Deal => ({
      ...deal,
      process: deal.process!.map((step) =>
        step.on && dayNumber(step.on) > dayNumber(asOf) ? { ...step, on: addDays(step.on, by) } : step,
      ),
    })
    const mean = (of: Deal): number => {
      const { days } = playPaths({ ...playable(of, asOf, { plans: {} }), sides: [] }, 0, 2000)
      return days.reduce((all, n, d) => all + n * d, 0) / 2000
    }
    expect(mean(moved(60)) - mean(deal)).toBeGreaterThan(30)
  })
})
