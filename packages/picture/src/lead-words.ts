import type { Brief, ConcernLead } from '@sente/engine'
import { signed } from './format.ts'
import type { PictureWords } from './words.ts'

/** How a lead is felt: `danger` is the one red of the picture. */
export type Tone = 'good' | 'danger' | 'plain'

interface Days {
  state: 'unknown' | 'ahead' | 'behind' | 'covered' | 'quiet' | 'closed'
  days: number | null
  low: number | null
  high: number | null
}

export function toneOf({ state }: Pick<Days, 'state'>): Tone {
  return state === 'behind' ? 'danger' : state === 'ahead' || state === 'covered' ? 'good' : 'plain'
}

/** `12 days ahead` · `落后 9 天` · `Covered` */
export function leadWords({ state, days }: Days, words: PictureWords, long = false): string {
  if (state === 'closed') return words.closed
  if (state === 'unknown') return long ? words.leadUnknown : words.leadUnknownShort
  if (state === 'quiet') return words.quiet
  if (state === 'covered' || days === null) return long ? words.covered : words.coveredShort
  return state === 'behind' ? words.daysBehind(-days) : words.daysAhead(days)
}

/** `(4 to 30)`; signed as soon as one end is behind. Null where there is nothing to say. */
export function bandWords({ state, low, high }: Days, words: PictureWords): string | null {
  if (state === 'closed' || state === 'unknown' || state === 'quiet' || (low === null && high === null)) return null
  if (state === 'covered') return low === null ? null : words.atWorst(signed(low))
  const plain = state === 'ahead' && (low ?? 0) >= 0 && (high ?? 0) >= 0
  const write = (value: number | null): string =>
    value === null ? words.neverRuns : plain ? String(value) : signed(value)
  return low === high ? null : words.range(write(low), write(high))
}

/** One of the two rooms in words, with whom it hangs on. */
function roomWords(
  what: string,
  { state, days }: Pick<Days, 'state' | 'days'>,
  words: PictureWords,
  who: string | null,
): string {
  const room =
    state === 'unknown' || state === 'closed'
      ? words.roomUnknown
      : state === 'covered' || days === null
        ? words.roomCovered
        : days > 0
          ? words.roomLeft(days)
          : days === 0
            ? words.roomNone
            : words.roomLate(-days)
  return words.roomOf(what, room, who)
}

/** The two rooms of which the lead is the mean, each in words; null where there is no lead: closed, or nothing known. */
export function roomsWords(lead: Brief['lead'], words: PictureWords): [topics: string, executives: string] | null {
  if (lead.state === 'closed' || lead.state === 'unknown') return null
  const { topics, executives } = lead
  const who =
    executives.state === 'covered' ? undefined : executives.each.find(({ person }) => person === executives.who)
  return [
    roomWords(words.roomTopics, topics, words, null),
    roomWords(words.roomExecutives, executives, words, who?.name ?? null),
  ]
}

/** What the lead hangs on: a concern, or whom to meet where that room is the tighter one; null where there is no lead. */
export function decidesWords(lead: Brief['lead'], concern: string | null, words: PictureWords): string | null {
  const { topics, executives, state } = lead
  const open = state !== 'closed' && state !== 'unknown'
  if (open && executives.days !== null && (topics.days === null || executives.days < topics.days))
    return words.decidersDecide
  return concern === null ? null : words.decides(concern)
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
