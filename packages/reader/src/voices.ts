import type { Stretch } from './segments.ts'
import type { PersonMention } from './who.ts'

/** Whose words a part of a text are: a line of a chat or of minutes, the lines below a chat's head, a mail. `person` undefined: ours, or nobody of the map. */
export interface Voice extends Stretch {
  person: string | undefined
  /** A line of minutes tells in the third person: "she" is who speaks in it. */
  minutes?: boolean
  /** The name at its head, which is nobody spoken of. */
  label?: PersonMention
}

/** Before a name at the head of a line: a bullet or a number, a stamp, a day. */
const BEFORE =
  /^[ ]*(?:[-*•·>]+ *|\(?\d{1,2}[.),] *|[一二三四五六七八九十]{1,2}[,.)] *)?(?:[[(【][^\])】\n]{1,28}[\])】] *|\d{4}[-/.]\d{1,2}[-/.]\d{1,2} +(?:\d{1,2}:\d{2}(?::\d{2})? +)?|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? *)?(?:\d{1,2}[ /.-](?:\d{1,2}|[a-z]{3,9})|[a-z]{3,9} \d{1,2})? *[-:] *)?@?$/
/** Between a name and what is said. */
const STAMP =
  '(?: *(?:[[(【][^\\])】\\n]{1,40}[\\])】]|(?:\\d{4}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?(?: +\\d{1,2}:\\d{2}(?::\\d{2})?)?|\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[ap]m)?)){0,2}'
/** The office that stands before a name, where a time stands behind it. */
const OFFICE = /^[^\n:]{0,12}$/
const TIMED = /^(?: *\([^)\n]{1,40}\))? *[[(]?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?[)\]]? *(?:[:,]|\s|$)/
const SAYS = new RegExp(
  `^${STAMP}(?: (?:again|back|called|rang|cont'd|e?mailed|wrote|writes|by phone|on the phone))? *(?::| - |(?<=[\\]】)\\d] ?)(?=[^\\s\\d:-])(?![ap]m\\b))`,
)
const STAMPED = new RegExp('^ {0,3}(?=[\\[(【\\d])' + STAMP + ' *(?:\\n|$)')
/** The head of a line that is ours. */
const OURS = new RegExp(
  `^(?:我|me|you|us|myself|self|我们|我方|我司|乙方)(?![\\u4e00-\\u9fffa-z])${STAMP} *(?::|\\n|$)`,
)
const FROM = /^ *(?:from|发件人|发信人) *: */
/** The end of a mail: a name alone, or behind a farewell. */
const FAREWELL =
  /^[ ]*(?:(?:best|kind|warm|with)?(?: regards| wishes)?|rgds|br|best|thanks(?: again)?|many thanks|thank you|cheers|yours(?: sincerely| truly)?|此致|祝好|顺祝商祺|谢谢|thanks & regards)?[ ,.!]*$/

/** Whose words each part of a normalised text are, in order of place; people of the map whom `mentions` found. */
export function voicesIn(text: string, mentions: readonly PersonMention[]): Voice[] {
  const known = memo.get(mentions)
  if (known) return known
  const voices: Voice[] = []
  let mail: Voice | undefined
  const lines: Stretch[] = []
  for (let start = 0; start <= text.length;) {
    const at = text.indexOf('\n', start)
    const end = at < 0 ? text.length : at
    lines.push({ start, end })
    start = end + 1
  }
  for (const { start, end } of lines) {
    const line = text.slice(start, end)
    const from = FROM.exec(line)
    if (from) {
      const sender = mentions.find((one) => one.start >= start + from[0].length && one.end <= end)
      mail = { start: end, end: text.length, person: sender?.person, ...(sender ? { label: sender } : {}) }
      voices.push(mail)
      continue
    }
    const label = mentions.find(
      (one) =>
        one.start >= start &&
        one.end <= end &&
        (BEFORE.test(text.slice(start, one.start)) ||
          (OFFICE.test(text.slice(start, one.start)) && TIMED.test(text.slice(one.end, one.end + 60)))),
    )
    const head = label ? label.start : start + headOf(line)
    if (
      label &&
      (SAYS.test(text.slice(label.end, end)) ||
        (TIMED.test(text.slice(label.end, end)) && !STAMPED.test(text.slice(label.end, end + 1))))
    )
      voices.push({ start, end, person: label.person, label })
    else if (label && STAMPED.test(text.slice(label.end, end + 1)))
      voices.push({ start: end, end: text.length, person: label.person, label })
    else if (OURS.test(text.slice(head, end))) {
      const alone = !text.slice(head, end).includes(':') || /\d:\d\d(?: ?[ap]m)?\s*$/.test(line)
      voices.push({ start, end: alone ? text.length : end, person: undefined })
    }
  }
  // The lines below a head go on until the next.
  voices.forEach((voice, i) => {
    const next = voices[i + 1]
    if (next && next.start < voice.end && voice !== mail) voice.end = lineStart(text, next.label?.start ?? next.start)
  })
  if (ATTENDED.test(text)) for (const voice of voices) voice.minutes = true
  const signed = voices.length === 0 ? signature(text, lines, mentions) : undefined
  if (signed) voices.push(signed)
  memo.set(mentions, voices)
  return voices
}
/** Minutes say who was there. */
const ATTENDED =
  /(?:^|\n)[ \-*#]*(?:present|attendees|attending|participants|in the room|on the call|(?:参加|参会|与会|出席|到会|参与|客)(?:人员|人|方)?|甲方)[^\n:]{0,8}:/
const memo = new WeakMap<readonly PersonMention[], Voice[]>()
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Where behind bullet and stamp a line begins. */
function headOf(line: string): number {
  return /^ *(?:[-*•] *)?(?:[[(【][^\])】\n]{1,28}[\])】] *|\d{4}[-/.]\d{1,2}[-/.]\d{1,2} +\d{1,2}:\d{2}(?::\d{2})? +)?/.exec(
    line,
  )![0].length
}

/** A mail by somebody of the map, who stands below it. */
function signature(text: string, lines: readonly Stretch[], mentions: readonly PersonMention[]): Voice | undefined {
  const full = lines.filter(({ start, end }) => text.slice(start, end).trim() !== '')
  const last = full.at(-1)
  if (!last || full.length < 2 || last.end - last.start > 40) return undefined
  const name = mentions.findLast(({ start, end }) => start >= last.start && end <= last.end)
  if (!name || !/^[ .,]*$/.test(text.slice(name.end, last.end))) return undefined
  if (!FAREWELL.test(text.slice(last.start, name.start))) return undefined
  return { start: 0, end: last.start, person: name.person, label: name }
}

/** Whose words stand at a place. */
export const voiceAt = (voices: readonly Voice[], at: number): Voice | undefined =>
  voices.findLast(({ start, end }) => start <= at && at < end)
