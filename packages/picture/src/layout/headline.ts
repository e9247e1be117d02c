import { fullDate, percent, shortDate } from '../format.ts'
import { bandWords, concernWords, decidesWords, headlineWords, roomsWords, toneOf } from '../lead-words.ts'
import { actWords, CONCERNS } from '@sente/engine'
import type { Brief, PhaseId, Text } from '@sente/engine'
import type { LayoutOptions } from '../options.ts'
import { fit, widthOf, wrap } from '../text.ts'
import { WORDS } from '../words.ts'
import type { Frame, Headline, Label } from './types.ts'

/** Name and date, then the one number, then what decides it. */
export function headlineLayout(frame: Frame, top: number): Headline {
  const { brief, words, lang, width, pad, narrow, text } = frame
  const room = width - 2 * pad
  const labels: Label[] = []
  const date = words.asOf(fullDate(brief.asOf, lang))
  const dateWidth = widthOf(date, text)
  const name = [brief.deal.name, brief.deal.account].filter((part) => part).join(' · ')
  let y = top + 14
  const label = (
    x: number,
    says: string,
    size: number,
    lookOf: Label['look'],
    anchor: Label['anchor'] = 'start',
  ): void => {
    if (says) labels.push({ x, y, text: says, size, anchor, look: lookOf })
  }
  label(pad, fit(name, narrow ? room : room - dateWidth - 24, 14, true), 14, 'strong')
  if (narrow) y += 18
  label(narrow ? pad : width - pad, date, text, 'mute', narrow ? 'start' : 'end')

  const tone = toneOf(brief.lead)
  const big = narrow ? 26 : 32
  const headline = headlineWords(brief, words)
  y += big + (narrow ? 8 : 14)
  const look = tone === 'danger' ? 'danger' : tone === 'good' ? 'good' : 'strong'
  const band = bandWords(brief.lead, words)
  const closed = brief.deal.closedOn ? words.closedOn(fullDate(brief.deal.closedOn, lang)) : null
  const concern = brief.lead.concern
  const aside = [
    band ?? (brief.lead.state === 'closed' ? closed : null),
    decidesWords(brief.lead, concern && frame.concernName(concern), words),
  ].filter((part) => part !== null)
  const asideText = aside.join(words.comma)
  const mid = narrow ? 13 : 15
  const beside = asideText !== '' && widthOf(headline, big, true) + 12 + widthOf(asideText, mid) <= room
  labels.push({
    x: pad,
    y,
    text: fit(headline, room, big, true),
    size: big,
    anchor: 'start',
    look,
    after: beside ? [{ text: asideText, size: mid, look: 'mute' }] : [],
  })
  if (asideText && !beside) {
    y += mid + 9
    label(pad, fit(asideText, room, mid), mid, 'mute')
  }
  y += narrow ? 4 : 8
  for (const { text: says, look: lookOf, most } of linesBelow(frame))
    for (const line of wrap(says, room, 13, most)) {
      y += 19
      label(pad, line, 13, lookOf)
    }
  return { box: { x: pad, y: top, width: room, height: y - top + 8 }, tone, labels }
}

/** What stands below the number: the two rooms it is made of, what to do first, where the customer is. */
function linesBelow(frame: Frame): { text: string; look: Label['look']; most: number }[] {
  const { brief, words, lang, narrow } = frame
  const rooms = roomsWords(brief.lead, words)
  const act = actWords(brief)
  const most = narrow ? 4 : 2
  return [
    ...(rooms ? [{ text: rooms.join(' · '), look: 'mute' as const, most: 2 }] : []),
    ...(act ? [{ text: `→ ${act[lang]}`, look: 'ink' as const, most: narrow ? 6 : 3 }] : []),
    { text: positionWords(frame), look: 'ink' as const, most },
  ]
}

/** Where the customer is and when the decision is expected. */
export function positionWords(frame: Pick<Frame, 'brief' | 'words' | 'lang' | 'phaseName'>): string {
  const { brief, words, lang } = frame
  const { position } = brief
  if (!position.known) return `${words.notPlaced}${words.sentence.trim()}`
  const parts = [
    (position.state === 'frozen' ? words.saw : words.sees)(
      frame.phaseName(position.leading)[lang],
      percent(position.phases[position.leading]),
    ),
  ]
  if (position.stalled >= 0.25) parts[0] += `${words.comma}${words.stalled(percent(position.stalled))}`
  if (position.forecast) {
    const { p10, p50, p90 } = position.forecast.decision
    // A range whose ends lie in different years names the year of each.
    const years = new Set([brief.asOf, p10, p50, p90].flatMap((on) => on?.slice(0, 4) ?? []))
    const near = (on: string | null): string =>
      on ? (years.size > 1 ? fullDate(on, lang) : shortDate(on, lang, brief.asOf)) : words.later
    parts.push(p50 ? words.decisionExpected(near(p50), near(p10), near(p90)) : words.decisionUnknown)
  }
  return `${parts.join(words.sentence)}${words.sentence.trim()}`
}

/** The same for a page that has no layout at hand. */
export function positionSentence(brief: Brief, { lang, methodology, words }: LayoutOptions): string {
  const bare = (phase: PhaseId): Text => ({ en: phase, zh: phase })
  return positionWords({
    brief,
    lang,
    words: { ...WORDS[lang], ...words },
    phaseName: (phase) => methodology.phases.phases.find(({ id }) => id === phase)?.name ?? bare(phase),
  })
}

/** The whole picture in sentences. */
export function describe(frame: Frame): string {
  const { brief, words, lang } = frame
  const lead = [headlineWords(brief, words), bandWords(brief.lead, words)].filter((part) => part !== null).join(' ')
  const sentences = [
    `${words.asOf(fullDate(brief.asOf, lang))}${words.colon}${lead}`,
    positionWords(frame).replace(/[.。]$/, ''),
  ]
  const rooms = roomsWords(brief.lead, words)
  if (rooms) sentences.splice(1, 0, rooms.join(words.comma))
  const act = actWords(brief)
  if (act) sentences.push(act[lang])
  const { concerns } = brief.lead
  if (concerns)
    sentences.push(
      CONCERNS.map((id) => `${frame.concernName(id)}${words.colon}${concernWords(concerns[id], words)}`).join(
        words.list,
      ),
    )
  return `${sentences.join(words.sentence)}${words.sentence.trim()}`
}
