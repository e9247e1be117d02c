import type { Step, Text } from '@sente/engine'
import type { Format } from '../format/format-for.ts'
import type { Say } from '../i18n/words.ts'
import type en from './words/en.json'

/** What a sentence of the plan is made of, in the reader's language. */
export interface Act {
  /** Whom to see, the one it is for first; empty: our own work. */
  who: readonly string[]
  on: string
  /** The day stands in the deal; else it is the day of the plan, by which it should be done. */
  fixed: boolean
  ours?: string | undefined
  /** Who takes us there, or by which way where nobody does. */
  through?: string | undefined
  path?: string | undefined
  play: string
  bring?: string | undefined
  why?: string | undefined
}

/** A piece of the sentence; what is strong is read at a glance: who, when, through whom. */
export interface Piece {
  text: string
  strong: boolean
}

// Marks of Unicode that set a name apart from the sentence around it; here they say what is strong.
const [BEGINS, ENDS] = ['\u2068', '\u2069'] as const
const strong = (text: string): string => `${BEGINS}${text}${ENDS}`

/** "Annual report" in the middle of a sentence is "annual report"; "UCV" stays. */
const within = (text: string): string =>
  /^[A-Z](?:[a-z]|(?= ))/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
const bare = (text: string): string => text.trim().replace(/[.。;；]+$/, '')

/** The next act in one sentence: with whom, by when, through whom, with what in hand, and why. What is not known is not said. */
export function sentenceOf(act: Act, t: Say<typeof en>, format: Pick<Format, 'shortDay' | 'list'>): Piece[] {
  const { who, ours, through, path, bring, why } = act
  const whom = strong(format.list(who))
  const us = ours === undefined ? undefined : strong(ours)
  const see =
    who.length === 0
      ? us === undefined
        ? t('house')
        : t('houseOurs', { ours: us })
      : us === undefined
        ? t('see', { who: whom })
        : t('sees', { ours: us, who: whom })
  const text = t('sentence', {
    see,
    when: t(act.fixed ? 'on' : 'by', { day: strong(format.shortDay(act.on)) }),
    through: through !== undefined ? t('through', { person: strong(through) }) : path ? t('way', { path }) : '',
    play: t('play', { play: act.play }),
    bring: bring ? t('bring', { what: within(bare(bring)) }) : '',
    why: why ? t('why', { why: bare(why) }) : '',
  })
  return text
    .split(/(\u2068[^\u2069]*\u2069)/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece.startsWith(BEGINS) ? { text: piece.slice(1, -1), strong: true } : { text: piece, strong: false },
    )
}

/** The step of a plan as words: names instead of keys. */
export function actOf(
  step: Step,
  {
    nameOf,
    oursOf,
    pathOf,
    text,
  }: {
    nameOf: (key: string) => string
    oursOf: (id: string) => string
    pathOf: (id: string) => string | undefined
    text: (both: Text) => string
  },
): Act {
  return {
    who: step.with.map(nameOf),
    on: step.on,
    fixed: step.locked,
    ours: step.ours === null ? undefined : oursOf(step.ours),
    // Who comes along need not be named twice.
    through: step.through === null || step.with.includes(step.through) ? undefined : nameOf(step.through),
    path:
      step.path === null || (step.through !== null && step.with.includes(step.through)) ? undefined : pathOf(step.path),
    play: text(step.name),
    bring: text(step.bring.what),
    why: step.why[0] && text(step.why[0]),
  }
}
