import { CONCERNS } from '@sente/engine'
import type { Brief, ConcernId, PhaseId, Text } from '@sente/engine'
import { fit, widthOf } from '../text.ts'
import type { LayoutOptions } from '../options.ts'
import { bandWords, headlineWords } from '../lead-words.ts'
import { dayOf, spanOf, ticksOf, xOf } from '../time.ts'
import { WORDS, wordsFrom } from '../words.ts'
import { flagsLayout } from './flags.ts'
import { describe, headlineLayout } from './headline.ts'
import { keysLayout, laneKeys, stripKeys } from './keys.ts'
import { lanesLayout } from './lanes.ts'
import { phasesLayout } from './phases.ts'
import { stripLayout } from './strips.ts'
import type { Box, Frame, Label, Lane, PictureLayout, Strip } from './types.ts'

/** Widths between which the picture is made to be read; others are drawn at the nearest. */
const LEAST_WIDTH = 340
const MOST_WIDTH = 1600

function frameOf(brief: Brief, options: LayoutOptions): Frame {
  const width = Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, options.width ?? 960)))
  const narrow = width < 640
  const pad = narrow ? 12 : 20
  const gutter = narrow ? 0 : Math.round(Math.min(190, Math.max(132, width * 0.16)))
  const { lang, methodology } = options
  const phases = new Map(methodology.phases.phases.map((phase) => [phase.id, phase]))
  const concerns = new Map(methodology.concerns.concerns.map((concern) => [concern.id, concern.name]))
  const bare = (id: string): Text => ({ en: id, zh: id })
  return {
    brief,
    lang,
    words: { ...(options.replayed ? wordsFrom(brief.asOf, lang) : WORDS[lang]), ...options.words },
    width,
    pad,
    gutter,
    narrow,
    time: { ...spanOf(brief, options.span), x0: pad + gutter, x1: width - pad },
    text: 12,
    small: 11,
    phaseName: (phase: PhaseId) => phases.get(phase)?.name ?? bare(phase),
    phaseShort: (phase: PhaseId) => phases.get(phase)?.short ?? bare(phase),
    concernName: (concern: ConcernId) => (concerns.get(concern) ?? bare(concern))[lang],
  }
}

/** Where everything of the picture is, from top to bottom: lead, customer, concerns, start-by dates, people. */
export function layout(brief: Brief, options: LayoutOptions): PictureLayout {
  const frame = frameOf(brief, options)
  const { words, width, pad, narrow, time, text, lang, small } = frame
  const plotWidth = time.x1 - time.x0
  const sections: Label[] = []
  const rules: PictureLayout['rules'] = []
  const headline = options.headline === false ? null : headlineLayout(frame, pad - 4)
  let y = headline ? headline.box.y + headline.box.height + 10 : pad

  const section = (title: string): void => {
    if (y > pad) rules.push({ x0: pad, x1: width - pad, y })
    sections.push({
      x: pad,
      y: y + 16,
      text: fit(title, narrow ? width - 2 * pad : frame.gutter + plotWidth * 0.3, text, true),
      size: text,
      anchor: 'start',
      look: 'mute',
    })
  }

  section(words.customerProcess)
  const decides = brief.position.forecast?.decision.p50 ? y + (narrow ? 32 : 13) : null
  y += narrow ? (decides === null ? 36 : 54) : 34
  const phaseBox: Box = {
    x: time.x0,
    y,
    width: plotWidth,
    height: narrow ? 132 : Math.round(Math.min(190, Math.max(136, width * 0.145))),
  }
  const phases = phasesLayout(frame, phaseBox, decides)
  y += phaseBox.height + 18

  section(words.demandReadiness)
  const stripHeight = narrow ? 50 : Math.round(Math.min(72, Math.max(50, width * 0.056)))
  const stripAt = (concern: ConcernId, top: number): Strip =>
    stripLayout(frame, concern, { x: time.x0, y: top, width: plotWidth, height: stripHeight })
  // What the strips hold decides which keys stand above them, and those may need a second line.
  const key = keysLayout(
    frame,
    keysX(frame, words.demandReadiness),
    y + (narrow ? 32 : 12),
    stripKeys(
      frame,
      CONCERNS.map((concern) => stripAt(concern, y)),
    ),
  )
  y += (narrow ? 40 : 26) + key.height
  const strips = CONCERNS.map((concern) => {
    if (narrow) y += 22
    const strip = stripAt(concern, y)
    y += stripHeight + (narrow ? 8 : 10)
    return strip
  })

  // The months stand on the line from which the start-by flags hang.
  const ticks = ticksOf(time, lang, small)
  y += ticks.some(({ year }) => year !== null) ? 26 : 16
  const axisY = y
  const { flags, height: flagsHeight } = flagsLayout(frame, axisY, narrow ? 5 : 6)
  const notes: Label[] = []
  const note = (x: number, says: string): void =>
    void notes.push({ x, y: axisY + 18, text: says, size: small + 1, anchor: 'start', look: 'mute' })
  const open = brief.position.forecast !== null
  if (open) {
    if (flags.length === 0) note(time.x0, fit(words.nothingToStart, plotWidth, small + 1))
    const free =
      Math.min(
        width - pad,
        ...flags.map(({ label, x }) => (label.anchor === 'end' ? x - 8 - widthOf(label.text, label.size, true) : x)),
      ) -
      pad -
      8
    if (!narrow || (flags.length > 0 && free > widthOf(words.startByTitle, small + 1)))
      note(pad, fit(words.startByTitle, narrow ? free : frame.gutter - 10, small + 1))
    y += flagsHeight + 14
  } else y += 14

  const flagsEnd = flags.length > 0 ? y - 8 : axisY
  section(words.ourWork)
  const workTop = y
  const trial = lanesLayout(frame, y)
  const laneKey = keysLayout(
    frame,
    keysX(frame, words.ourWork),
    workTop + (narrow ? 32 : 12),
    laneKeys(frame, trial.lanes),
  )
  y += (narrow ? (laneKey.keys.length > 0 ? 40 : 22) : 28) + laneKey.height
  const work = lanesLayout(frame, y)
  notes.push(...work.notes)
  y += work.height + 4
  y += pad / 2 + 4

  const lead = [headlineWords(brief, words), bandWords(brief.lead, words)].filter((part) => part !== null).join(' ')
  return {
    width,
    height: Math.ceil(y),
    lang,
    title: `${brief.deal.name}${words.colon}${lead}`,
    description: describe(frame),
    narrow,
    time,
    ticks,
    axisY,
    today: todayLayout(frame, phaseBox.y),
    spans: spansOf(frame, phaseBox, strips, axisY, flagsEnd, work.lanes),
    headline,
    sections,
    rules,
    phases,
    strips,
    flags,
    lanes: work.lanes,
    notes,
    keys: [...key.keys, ...laneKey.keys],
    points: [
      ...strips.flatMap(({ crossing }) => crossing ?? []),
      ...flags.map(({ point }) => point),
      ...work.lanes.flatMap(({ points }) => points),
    ],
  }
}

/** The line of today, or of the day that is looked back from, with its word (the end of a deal that is lost), kept inside the plot; none where it lies outside. */
function todayLayout(frame: Frame, top: number): PictureLayout['today'] {
  const { brief, words, time, small } = frame
  const { closedOn } = brief.deal
  const frozen = brief.position.state === 'frozen' && closedOn !== null
  const day = dayOf(frozen && closedOn < brief.asOf ? closedOn : brief.asOf)
  if (day < time.from || day > time.to) return null
  const x = xOf(time, day)
  const text = frozen ? headlineWords(brief, words) : words.today
  const half = widthOf(text, small, true) / 2 + 2
  const middle = Math.min(Math.max(x, time.x0 + half), time.x1 - half)
  return { x, label: { x: middle, y: top - 4, text, size: small, anchor: 'middle', look: 'strong' } }
}

/** Keys stand beside the title of their section, on narrow pictures below it. */
const keysX = ({ narrow, pad, time, text }: Frame, title: string): number =>
  narrow ? pad : Math.max(time.x0, pad + widthOf(title, text) + 20)

/** Through phases, strips, flags and lanes; on narrow pictures the words above each row stay free. */
function spansOf(
  { narrow }: Frame,
  phases: Box,
  strips: readonly Strip[],
  axisY: number,
  flagsEnd: number,
  lanes: readonly Lane[],
): PictureLayout['spans'] {
  const of = ({ y, height }: Box): { y0: number; y1: number } => ({ y0: y, y1: y + height })
  const axis = { y0: axisY - 4, y1: flagsEnd }
  if (narrow)
    return [
      of(phases),
      ...strips.map(({ box }) => of(box)),
      axis,
      ...lanes.map(({ y }) => ({ y0: y - 11, y1: y + 12 })),
    ]
  const work = lanes.length > 0 ? [{ y0: lanes[0]!.y - 14, y1: lanes.at(-1)!.y + 12 }] : []
  return [of(phases), { y0: strips[0]!.box.y, y1: flagsEnd }, ...work]
}
