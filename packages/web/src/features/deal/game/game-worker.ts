import { dealOf, withOurs } from '@sente/api'
import type { DealWhole, PlanAnswer } from '@sente/api'
import { gameOf, matchOf, plainDate, playPaths, unplayed } from '@sente/engine'
import type { Calendars, Match, Methodology, Tally, WarGame } from '@sente/engine'

/** What a game is played on: all that the server plays it on. */
export interface GameBase {
  whole: DealWhole
  /** Absent without a connection: the plans then know neither our people nor days off. */
  answer: Pick<PlanAnswer, 'calendars' | 'us'> | undefined
  methodology: Methodology
  asOf: string
  seed: number
}
export type Ask = { kind: 'play'; base: GameBase; from: number; to: number } | { kind: 'tell'; tally: Tally }
export type Told = { kind: 'part'; tally: Tally } | { kind: 'played' } | { kind: 'game'; game: WarGame }

/** Paths between two signs of life. */
const AT_ONCE = 250

let match: Match | undefined
const say = (told: Told): void => postMessage(told)

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if (data.kind === 'tell') {
    if (match) say({ kind: 'game', game: gameOf(match, data.tally) })
    return
  }
  const { base, from, to } = data
  const asOf = plainDate(base.asOf)
  const set = matchOf(withOurs(dealOf(base.whole), base.answer?.us ?? {}), base.methodology, asOf, {
    seed: base.seed,
    ...(base.answer && { calendars: base.answer.calendars as Calendars }),
  })
  if (typeof set === 'string') return say({ kind: 'game', game: unplayed(set, asOf, { seed: base.seed }) })
  match = set
  for (let at = from; at < to; at += AT_ONCE)
    say({ kind: 'part', tally: playPaths(match, at, Math.min(to, at + AT_ONCE)) })
  say({ kind: 'played' })
})
