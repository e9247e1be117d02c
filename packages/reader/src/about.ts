import type { rivalsNamed } from './rivals.ts'
import type { Stretch } from './segments.ts'
import type { PersonMention } from './who.ts'
import { personOf, toldOf } from './whose.ts'

/** A signal, and whom it may be about: the usual one first. */
export interface AboutSignal {
  id: string
  about?: readonly string[] | undefined
}

/** Do we do what a clause tells? */
const isOurs = (words: string): boolean =>
  /^(?:今天|昨天|上周.?|周.)?(?:我们|咱们|我方|我司)|^(?:yesterday|today|then|so|and)?,? ?(?:we|we've) /.test(words)

/** The rival that the words name, or else their sentence; of two nobody can say which is meant. */
function onlyRival(named: ReturnType<typeof rivalsNamed>, sentence: Stretch, stretch: Stretch): string | undefined {
  for (const { start, end } of [stretch, sentence]) {
    const here = new Set(named.filter((one) => one.start >= start && one.end <= end).map(({ rival }) => rival))
    if (here.size > 0) return here.size === 1 ? [...here][0] : undefined
  }
  return undefined
}

/** Who said or did what a stretch of a normalised text tells, and whom it is about where the words say so. */
export function aboutWhom(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  {
    mentions,
    named,
    signal,
  }: { mentions: readonly PersonMention[]; named: ReturnType<typeof rivalsNamed>; signal: AboutSignal },
): { from?: string; about?: string } {
  const { id, about = [] } = signal
  const told = about.includes('person') ? toldOf(text, sentence, stretch, mentions) : undefined
  const from = told?.from ?? personOf(text, sentence, stretch, mentions, id, about.includes('person'))
  // "Ken has been moved": nobody tells it, and Ken is whom it is about.
  const inWords = mentions.filter((one) => one.start >= stretch.start && one.end <= stretch.end)
  const whom =
    (about.includes('rival') ? onlyRival(named, sentence, stretch) : undefined) ??
    told?.about ??
    (about[0] === 'person' && inWords.length === 1 && inWords[0]!.person !== from ? inWords[0]!.person : undefined) ??
    // Where a signal is usually about somebody else, it is about us only if we are who does it.
    (about.indexOf('us') > 0 && isOurs(text.slice(stretch.start, stretch.end)) ? 'us' : undefined)
  return { ...(from === undefined ? {} : { from }), ...(whom === undefined ? {} : { about: whom }) }
}
