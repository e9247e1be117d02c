import type { Brief, ConcernLead } from '@sente/engine'
import { signed } from './format.ts'
import type { PictureWords } from './words.ts'

/** How a lead is felt: `danger` is the one red of the picture. */
export type Tone = 'good' | 'danger' | 'plain'

interface Days {
  state: 'unknown' | 'ahead' | 'behind' | 'covered' | 'closed'
  days: number | null
  low: number | null
  high: number | null
}

export function toneOf({ state }: Pick<Days, 'state'>): Tone {
  return state === 'behind' ? 'danger' : state === 'closed' || state === 'unknown' ? 'plain' : 'good'
}

/** `12 days ahead` · `落后 9 天` · `Covered` */
export function leadWords({ state, days }: Days, words: PictureWords, long = false): string {
  if (state === 'closed') return words.closed
  if (state === 'unknown') return long ? words.leadUnknown : words.leadUnknownShort
  if (state === 'covered' || days === null) return long ? words.covered : words.coveredShort
  return state === 'behind' ? words.daysBehind(-days) : words.daysAhead(days)
}

/** `(4 to 30)`; signed as soon as one end is behind. Null where there is nothing to say. */
export function bandWords({ state, low, high }: Days, words: PictureWords): string | null {
  if (state === 'closed' || state === 'unknown' || (low === null && high === null)) return null
  if (state === 'covered') return low === null ? null : words.atWorst(signed(low))
  const plain = state === 'ahead' && (low ?? 0) >= 0 && (high ?? 0) >= 0
  const write = (value: number | null): string =>
    value === null ? words.neverRuns : plain ? String(value) : signed(value)
  return low === high ? null : words.range(write(low), write(high))
}

/** The headline: the lead, or how the deal ended. */
export function headlineWords(brief: Brief, words: PictureWords): string {
  const { status } = brief.deal
  if (status === 'won') return words.won
  if (status === 'lost') return words.lost
  if (status === 'no-decision') return words.noDecision
  return leadWords(brief.lead, words, true)
}

export function concernWords(lead: ConcernLead, words: PictureWords): string {
  return [leadWords(lead, words), bandWords(lead, words)].filter((part) => part !== null).join(' ')
}
