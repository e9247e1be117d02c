import { genderOf } from './given-names.ts'
import { closed } from './quotes.ts'
import { PRONOUN, HE, SHE, PRONOUN_TELLS, rolesIn, REPORTS, VERB_OF_SPEECH } from './roles.ts'
import type { Roles } from './roles.ts'
import { contextOf } from './segments.ts'
import type { Stretch } from './segments.ts'
import { voiceAt, voicesIn } from './voices.ts'
import type { Voice } from './voices.ts'
import type { PersonMention } from './who.ts'

/** How many mentions back somebody is still spoken of. */
const BACK = 1500

/** What a sentence says of people: who is named in it, who does something, who was spoken of before. */
export interface Saying {
  near: Stretch
  until: number
  words: string
  voice: Voice | undefined
  roles: Roles
  named: readonly PersonMention[]
  before: readonly PersonMention[]
  doer: PersonMention | undefined
  spoken: PersonMention | undefined
  /** Of those spoken of before, whom a pronoun means. */
  spokenBy: (pronoun: string) => PersonMention | undefined
}

export function sayingOf(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  mentions: readonly PersonMention[],
): Saying {
  const own = closed(text, sentence, stretch)
  const near = contextOf(text, own, stretch)
  const voice = voiceAt(voicesIn(text, mentions), near.start)
  const roles = rolesIn(text)
  // In a text without marks what comes after the words is another matter.
  const until = near.start > own.start || near.end < own.end ? stretch.end : near.end
  const named = mentions.filter((one) => one.start >= near.start && one.end <= until && one !== voice?.label)
  const before = named.filter((one) => one.start <= stretch.start)
  const acts = (one: PersonMention): boolean => !roles.isObject(one) && !roles.isPassive(one)
  const subject = before.filter(acts).at(-1) ?? named.find((one) => one.start > stretch.start && acts(one))
  // "Uri asked me to say that Ana would like names": of two in the words themselves who speaks last.
  const inner = named.findLast(
    (one) => one.start > stretch.start && one.end <= stretch.end && acts(one) && roles.speaks(one),
  )
  const reports = subject && inner && inner.start > subject.start && REPORTS.test(text.slice(subject.end, inner.start))
  const words = text.slice(near.start, near.end)
  const earlier = mentions.filter(
    (one) =>
      one.end <= near.start && one.person !== voice?.person && one !== voice?.label && near.start - one.end < BACK,
  )
  return {
    near,
    until,
    words,
    voice,
    roles,
    named,
    before,
    doer: reports ? inner : subject,
    spoken: lastSpokenOf(text, earlier, words, roles),
    spokenBy: (pronoun) => lastSpokenOf(text, earlier, pronoun, roles),
  }
}

/** Who tells what stands in a sentence: named before it or behind it, a pronoun, or whose line it is. */
export function tellerOf(
  text: string,
  { near, until, words, voice, named, doer, spokenBy, roles }: Saying,
): string | undefined {
  const explicit = named.find((one) => roles.tells(one) && one.start <= until)
  if (explicit) return explicit.person
  const pronoun = PRONOUN_TELLS.exec(words)
  // "He says Ken leaves", "Ken leaves, he says"; of who is named in it the pronoun means nobody.
  const at = near.start + (pronoun?.index ?? 0)
  const meant = pronoun
    ? (named.findLast((one) => one.end <= at && one.person !== doer?.person) ?? spokenBy(pronoun[0]))
    : undefined
  if (meant && meant.person !== doer?.person) {
    if (!doer || at < doer.start || (at > doer.end && /[,.]\s*$/.test(text.slice(near.start, at)))) return meant.person
  }
  return voice?.person
}

const LEAST_QUOTED = 6
/** Who is quoted, where the words stand between quotation marks and somebody is named or meant right before or behind these. */
export function quotedFrom(
  text: string,
  stretch: Stretch,
  mentions: readonly PersonMention[],
  { isObject }: Roles,
  spoken: PersonMention | undefined,
): string | undefined {
  const line = text.lastIndexOf('\n', stretch.start) + 1
  const inside = text.indexOf('"', stretch.start + 1)
  const marks = [...text.slice(line, stretch.start + 1).matchAll(/"/g)].map(({ index }) => line + index)
  const open = marks.length % 2 === 1 ? marks.at(-1)! : inside
  // The words themselves may begin before what is quoted in them.
  if (marks.length % 2 === 0 && (inside < 0 || inside > stretch.end - LEAST_QUOTED)) return undefined
  const close = text.indexOf('"', Math.max(stretch.start + 1, open + 1))
  if (close < 0) return undefined
  const start = Math.max(line, ...['.', '!', '?', ';'].map((mark) => text.lastIndexOf(mark, open - 1) + 1))
  const lead = text.slice(start, open)
  if (!/:\s*$/.test(lead) || mentions.every((one) => one.start < start || one.end > open)) {
    // Behind: "…," Ingrid told me. Up to the end of that sentence.
    const behind = /^[^.!?;\n"]{0,60}/.exec(text.slice(close + 1))![0]
    if (VERB_OF_SPEECH.test(behind)) {
      const who = mentions.find((one) => one.start > close && one.end <= close + 1 + behind.length && !isObject(one))
      if (who) return who.person
      if (PRONOUN.test(behind.slice(0, 12))) return spoken?.person
    }
  }
  if (!/[:,]\s*$/.test(lead) && !VERB_OF_SPEECH.test(lead.slice(-12))) return undefined
  const who = mentions.filter((one) => one.start >= start && one.end <= open && !isObject(one)).at(-1)
  return who?.person ?? (PRONOUN.test(lead) ? spokenBefore(mentions, start) : undefined)
}
const spokenBefore = (mentions: readonly PersonMention[], at: number): string | undefined =>
  mentions.findLast(({ end }) => end <= at)?.person

/**
 * Of those spoken of before: whom "he" or "she" can mean by their form of address or given name; rather one who said something than one who is
 * named in what was said, and one who did something than one it was done to.
 */
function lastSpokenOf(
  text: string,
  earlier: readonly PersonMention[],
  words: string,
  { isObject, speaks }: Pick<Roles, 'isObject' | 'speaks'>,
): PersonMention | undefined {
  const [he, she] = [HE.test(words), SHE.test(words)]
  const fits = ({ start, end }: PersonMention): boolean => {
    if (he === she) return true
    const called = text.slice(Math.max(0, start - 5), end)
    const gender = /\b(?:mrs|ms|miss|smt|madam)\b/.test(called)
      ? 'she'
      : /\b(?:mr|sir|herr|shri|sh)\b/.test(called)
        ? 'he'
        : genderOf(text.slice(start, end))
    return gender === undefined || gender === (he ? 'he' : 'she')
  }
  const able = earlier.filter(fits)
  const last = able.at(-1)
  if (!last) return last
  const together = (one: PersonMention): boolean => !/[.!?;\n]/.test(text.slice(one.end, last.start))
  // "Harry wondered whether Mo would sign. He needs …"
  if (!speaks(last)) {
    const teller = able.findLast(
      (one) => one !== last && one.person !== last.person && together(one) && speaks(one) && !isObject(one),
    )
    if (teller) return teller
  }
  if (!isObject(last)) return last
  // The other one of the same sentence, where somebody did something to them.
  const doer = able.findLast((one) => !isObject(one))
  return doer && together(doer) ? doer : last
}
