import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { matchOf } from '../../src/wargame/match.ts'
import type { Match, MatchRequest } from '../../src/wargame/match.ts'
import { METHOD } from './method.ts'
import { read } from './deals.ts'

export const rawStory = (name: string): Record<string, unknown> =>
  parse(readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8')) as Record<string, unknown>
export const story = (name: string): Deal => read(rawStory(name))

/** The four stories on a day on which their tellers could still have chosen otherwise. */
export const STORIES: readonly { name: string; asOf: PlainDate }[] = [
  { name: '1-loved-early-killed-late', asOf: plainDate('2025-04-15') },
  { name: '2-deputy-won-top-lost', asOf: plainDate('2024-08-20') },
  { name: '3-proud-unpaid-adviser', asOf: plainDate('2024-06-20') },
  { name: '4-late-but-risk-first', asOf: plainDate('2025-05-10') },
]

/** The match of a deal that can be played; throws where it cannot. */
export function playable(deal: Deal, asOf: PlainDate, request: MatchRequest = {}): Match {
  const match = matchOf(deal, METHOD, asOf, request)
  if (typeof match === 'string') throw new Error(`cannot be played: ${match}`)
  return match
}
