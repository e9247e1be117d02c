import type { Brief, ConcernId, PhaseId, Text } from '@sente/engine'
import { fullDate, shortDate } from '../format.ts'
import type { Named } from '../options.ts'
import type { Lang } from '@sente/engine'
import { WORDS, wordsFrom } from '../words.ts'
import type { PictureWords } from '../words.ts'
import { bar, html } from './html.ts'
import type { Html } from './html.ts'
import type { PageOptions } from './options.ts'
import { PAGE_WORDS } from './words.ts'
import type { PageWords } from './words.ts'

/** What every section of the page reads: the brief, its language, and the names of what it only knows by id. */
export interface Context {
  brief: Brief
  lang: Lang
  w: PageWords
  words: PictureWords
  say: (text: Text) => string
  date: (on: string) => string
  fullDate: (on: string) => string
  phase: (id: PhaseId) => string
  phaseName: (id: PhaseId) => Text
  concern: (id: ConcernId) => string
  person: (id: string) => string
  play: (id: string) => string
  signal: (id: string) => string
  role: (id: string) => string
  rung: (id: string) => string
  hold: (id: string) => string
  owner: (id: string) => string
  stance: (value: number) => string
}

export function contextOf(brief: Brief, options: PageOptions): Context {
  const { lang, methodology: method } = options
  /** An id without a name is shown as it is: better than nothing, and it can be searched for. */
  const namer = (list: readonly Named[]): ((id: string) => string) => {
    const names = new Map(list.map(({ id, name }) => [id, name[lang]]))
    return (id) => names.get(id) ?? id
  }
  const phases = new Map(method.phases.phases.map(({ id, name }) => [id, name]))
  const people = new Map(brief.people.people.map(({ id, name }) => [id, name]))
  const stances = new Map(method.people.stances.map(({ value, name }) => [value, name[lang]]))
  const phaseName = (id: PhaseId): Text => phases.get(id) ?? { en: id, zh: id }
  return {
    brief,
    lang,
    w: { ...PAGE_WORDS[lang], ...options.words },
    words: options.replayed ? wordsFrom(brief.asOf, lang) : WORDS[lang],
    say: (text) => text[lang],
    date: (on) => shortDate(on, lang, brief.asOf),
    fullDate: (on) => fullDate(on, lang),
    phase: (id) => phaseName(id)[lang],
    phaseName,
    concern: namer(method.concerns.concerns),
    person: (id) => people.get(id) ?? id,
    play: namer(method.plays.plays),
    // A milestone of theirs counts like a signal, and has a name of its own.
    signal: namer([...method.phases.milestones, ...method.signals.signals]),
    role: namer(method.people.roles),
    rung: namer(method.people.rungs),
    hold: namer(method.people.holds),
    owner: namer(method.topics.owners),
    stance: (value) => stances.get(value) ?? String(value),
  }
}

/** `12 May (3 Apr – 20 Jun)`, or the dash where it is not known. */
export function span({ date, w }: Context, on: { p10: string | null; p50: string | null; p90: string | null }): string {
  if (!on.p50) return w.none
  return on.p10 && on.p90 && on.p10 !== on.p90 ? `${date(on.p50)} (${date(on.p10)} – ${date(on.p90)})` : date(on.p50)
}

export const measure = (share: number, text: string, look = ''): Html => html`${bar(share, null, look)}${text}`
