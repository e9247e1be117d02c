import type { AccountReview, Lang } from '@sente/engine'
import { fullDate, shortDate } from '../format.ts'
import { ACCOUNT_WORDS } from '../page/account-words.ts'
import { timeline } from './draw.ts'
import { COLORS, deckOf } from './flow.ts'
import type { Block, Chapter } from './flow.ts'
import type { Deck, SlideCell, SlideTone } from './types.ts'
import { SLIDE_WORDS } from './words.ts'

/** A joint step; its unit is said where several are shown. */
export type JointStep = AccountReview['steps'][number]

/** What to show of a review with the customer. What is not in `AccountReview` cannot be on it. */
export function reviewSlides(review: AccountReview, lang: Lang): Deck {
  const [w, s] = [ACCOUNT_WORDS[lang], SLIDE_WORDS[lang]]
  const day = (on: string | null): string => (on === null ? '–' : shortDate(on, lang, review.asOf))
  const units = [...new Set(review.steps.map(({ unit }) => unit ?? review.name))]
  const count = (unit: string, state: State): number =>
    review.steps.filter((step) => (step.unit ?? review.name) === unit && stateOf(step, review.asOf) === state).length
  const drawn: Block[] =
    review.steps.length === 0
      ? []
      : [
          {
            kind: 'chart',
            height: Math.min(300, 90 + 30 * units.length),
            says: s.stepChart,
            categories: [...units].reverse(),
            series: STATES.map((state) => ({
              name: s.counts[state],
              values: units.map((unit) => count(unit, state)).reverse(),
              color: COLORS[TONES[state]],
            })).filter(({ values }) => values.some((n) => n > 0)),
            format: 'number',
            stacked: true,
          },
        ]
  const chapters: Chapter[] = [
    {
      title: s.inUse,
      blocks: [
        {
          kind: 'table',
          columns: [
            { head: w.unit, share: 2 },
            { head: s.inUse, share: 2 },
            { head: s.since, share: 1 },
          ],
          rows: review.inUse.map(({ unit, offer, since }) => [
            { text: unit ?? review.name, bold: true },
            { text: offer },
            { text: day(since) },
          ]),
          empty: s.nothingInUse,
        },
      ],
    },
    {
      title: s.numbers,
      blocks: [
        {
          kind: 'table',
          columns: [
            { head: w.unit, share: 1 },
            { head: s.what, share: 3 },
            { head: s.on, share: 1 },
          ],
          rows: review.numbers.map(({ unit, number, on }) => [
            { text: unit ?? review.name, bold: true },
            { text: number },
            { text: day(on) },
          ]),
          empty: s.noNumbers,
        },
      ],
    },
    stepsChapter(review.steps, review.asOf, lang, units.length > 1 ? review.name : null),
    ...(drawn.length > 0 ? [{ title: s.stepChart, blocks: drawn }] : []),
  ]
  return deckOf(
    lang,
    null,
    {
      title: review.name === '' ? s.review : review.name,
      under: [
        { text: s.review, bold: true, tone: 'good' },
        { text: `${w.asOf} ${fullDate(review.asOf, lang)}`, tone: 'faint' },
      ],
      blocks: [],
    },
    chapters,
  )
}

type State = 'done' | 'ahead' | 'late' | 'open'
const STATES = ['done', 'ahead', 'late', 'open'] as const
const TONES: Readonly<Record<State, SlideTone>> = { done: 'good', ahead: 'ink', late: 'red', open: 'faint' }

const stateOf = ({ on, doneOn }: Pick<JointStep, 'on' | 'doneOn'>, asOf: string): State =>
  doneOn !== null ? 'done' : on === null ? 'open' : on < asOf ? 'late' : 'ahead'

/** Joint steps along their days, and all of them below; with their unit where `whole`, the customer’s name, is given. */
function stepsChapter(steps: readonly JointStep[], asOf: string, lang: Lang, whole: string | null): Chapter {
  const [w, s] = [ACCOUNT_WORDS[lang], SLIDE_WORDS[lang]]
  const day = (on: string): string => shortDate(on, lang, asOf)
  const marks = steps.flatMap((step) => {
    const on = step.doneOn ?? step.on
    return on === null ? [] : [{ on, text: `${day(on)} ${step.what}`, tone: TONES[stateOf(step, asOf)] }]
  })
  const line = timeline(marks, { on: asOf, text: s.today })
  const rows = steps.map((step): SlideCell[] => {
    const state = stateOf(step, asOf)
    const says =
      step.doneOn !== null
        ? s.done(day(step.doneOn))
        : step.on === null
          ? s.noDay
          : `${day(step.on)}${state === 'late' ? ` (${s.late})` : ''}`
    return [
      ...(whole === null ? [] : [{ text: step.unit ?? whole }]),
      { text: step.what, bold: true },
      { text: s.stepOf[step.whose], ...(step.owner !== null && { sub: step.owner }) },
      { text: says, tone: TONES[state] },
    ]
  })
  return {
    title: s.steps,
    blocks: [
      ...(line ? [line] : []),
      {
        kind: 'table',
        columns: [
          ...(whole === null ? [] : [{ head: w.unit, share: 1 }]),
          { head: s.what, share: 3 },
          { head: s.whose, share: 1 },
          { head: s.on, share: 1.2 },
        ],
        rows,
        empty: s.noSteps,
      },
    ],
  }
}

/** What to show of the joint plan of one deal: its joint steps and nothing else, not even the name of the deal. */
export function jointSlides(steps: readonly JointStep[], asOf: string, lang: Lang): Deck {
  const s = SLIDE_WORDS[lang]
  const under = [{ text: `${ACCOUNT_WORDS[lang].asOf} ${fullDate(asOf, lang)}`, tone: 'faint' as const }]
  return deckOf(lang, null, { title: s.joint, under, blocks: [] }, [stepsChapter(steps, asOf, lang, null)])
}
