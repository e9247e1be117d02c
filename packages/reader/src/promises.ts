import type { PlainDate } from '@sente/engine'
import { isToDo } from './heads.ts'
import type { Stretch } from './segments.ts'
import { within } from './touches.ts'
import type { Who } from './touches.ts'
import type { Mention } from './when.ts'

/** A promise, and the words it rests on. */
export interface Promised {
  by: 'us' | 'them'
  what: string
  dueOn?: PlainDate
  from?: string
  to?: string
  span: readonly [start: number, end: number]
  quote: string
}

const PROMISE =
  /(?<!不|没|没有|未|未曾)(?:答应(?!了?(?:见|和|跟|与|别|他们))|承诺|保证(?!书|金|期|人)|说好|同意(?:在|了?给))|\b(?:promis(?:ed|es)(?! (?:the )?(?:job|business|deal|order|contract|it) to|d? (?:others|someone))|gave (?:his|her|their|me his|me her) word|undertook|commit(?:s|ted) to|agreed to(?! (?:see|meet|a (?:call|meeting)))|assured (?:me|us))\b/
/** What we say we shall do, without a word for promising. */
const OUR_SAID =
  /\b(?:i|we) (?:said|told (?:him|her|them)) (?:i|we)(?:'d| would)\b|\b(?:i|we)(?:'ll| will) (?:send|bring|get (?:you|him|her|them|it|that|the)|put (?:together|something)|draft|share|supply|submit|follow up|circle back|get back|come back|provide|prepare|deliver|ring|let (?:him|her|them|you) know|answer)\b|\bwe'll answer\b|\b(?:i|we) owe (?:him|her|them|you|[a-z]+ (?:a|an|the)\b)|\btold (?:him|her|them) (?:he|she|they)(?:'d| would) have\b|(?:前|明[天早]|今[天晚]|下周.?|回头)(?:就)?(?:给|发|回)您|我们?.{0,12}前(?:给|交|出|发|提供|答复)(?!我)|我.{0,10}(?:回您|回复您|发您|发给您|给您答复)/
/** Our part of minutes. */
const OUR_LINE = /(?:^|\n)[^\n]{0,4}(?:我方|我们|我司|us|our side)\s*:\s*$/
/** What stands under "next steps" and is ours to do. */
const OUR_TASK =
  /^(?:[^:]{0,12}: ?)?(?:\d{1,2}月\d{1,2}[号日]前?)?(?:我方|我们|我司)(?!.{0,6}(?:回访|拜访)).{0,10}(?:提交|提供|交付?|给|发|出|答复)|^(?:[^:]{0,14}: ?)?(?:we|us|ours?)(?: to| will)? (?:send|supply|provide|submit|deliver|share|prepare|draft|answer)\b|^(?:to[- ]?do|todo): ?(?:send|supply|provide|submit|deliver|share|prepare|draft)\b/
/** What they say they will do for us. */
const THEIR_SAID =
  /\b(?:'ll| will) (?:send|get (?:us|me|back)|provide|share|come back|let (?:us|me) know|forward|confirm|dig out)\b|\bwill get \w+ to (?:send|call)\b/
const OUR_ACTION = /^(?:will|to) \w+|^(?:答应|承诺|保证|[^,]{0,10}前)/
const NO_PROMISE =
  /没|从未|如果|要是|以前|之前|[?]|\b(?:not|never|no|if|unless|until|before|once|would|(?:is|was|were|been|be) promised)\b|n't\b/
const OUR_WORD =
  /^(?:[,;\s]*(?:and|then|also|所以|于是|当场|最后|现场|已经|也)?\s*)(?:我们?|我方|我司|咱们?|i\b|we\b|i've|we've)/

/** Where we say what we shall do: in our words, in our part of minutes, or under "next steps". */
const ourWords = (text: string, clause: Stretch, words: string, ourLine: boolean): RegExpExecArray | null =>
  OUR_SAID.exec(words) ??
  (ourLine ? OUR_ACTION.exec(words) : null) ??
  (isToDo(text, clause) ? OUR_TASK.exec(words) : null)

export function promiseIn(
  text: string,
  clause: Stretch,
  pair: Stretch,
  { ahead, known, names, written }: Who & { ahead: readonly Mention[]; written: string },
): Promised | undefined {
  const words = text.slice(clause.start, clause.end)
  const ourLine = OUR_LINE.test(text.slice(Math.max(0, clause.start - 24), clause.start))
  const ours = ourWords(text, clause, words, ourLine)
  const match = PROMISE.exec(words) ?? ours ?? THEIR_SAID.exec(words)
  if (!match || NO_PROMISE.test(words.replace('promised not to', 'promised to'))) return undefined
  const behind = words.slice(match.index + match[0].length)
  // What was promised stands behind the word, in the same clause or the next.
  const at = behind.trim().length >= 3 || ours ? clause : pair
  if (!ours && at.end - (clause.start + match.index + match[0].length) < 4) return undefined
  const before = words.slice(0, match.index)
  const by = ours || ourLine || OUR_WORD.test(words) ? 'us' : 'them'
  const subject = [...within(known, clause), ...within(names, clause)].filter(
    ({ start }) => start < clause.start + match.index,
  )
  if (
    by === 'them' &&
    subject.length === 0 &&
    !/他们?|她们?|客户|对方|甲方|\b(?:he|she|they|the customer|their)\b/.test(before)
  )
    return undefined
  const due = within(ahead, at)[0]?.on
  const theirs = subject.at(-1)
  const to = by === 'us' ? within(known, at)[0]?.person : undefined
  return {
    by,
    what: written.slice(at.start, at.end).trim(),
    ...(due === undefined ? {} : { dueOn: due }),
    ...(by === 'them' && theirs && 'person' in theirs ? { from: theirs.person } : {}),
    ...(to === undefined ? {} : { to }),
    span: [at.start, at.end],
    quote: written.slice(at.start, at.end),
  }
}
