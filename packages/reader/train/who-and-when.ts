import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { plainDate } from '@sente/engine'
import type { PlainDate, Text } from '@sente/engine'
import { dayOf, noteDays } from '../src/day-of.ts'
import type { Model } from '../src/model.ts'
import { readModel } from '../src/model.ts'
import { normalise } from '../src/normalise.ts'
import { aboutWhom } from '../src/about.ts'
import { readerOf } from '../src/reader.ts'
import { rivalsNamed } from '../src/rivals.ts'
import { sentencesOf, windowsOf } from '../src/segments.ts'
import type { Stretch } from '../src/segments.ts'
import type { KnownPerson, KnownRival } from '../src/types.ts'
import { peopleIn } from '../src/who.ts'
import { notesApart } from './corpus.ts'

interface Fact {
  signal: string
  words: string
  person?: string
  about?: string
  on?: PlainDate
}
interface Marked {
  on: PlainDate
  text: string
  facts: Fact[]
  people: KnownPerson[]
  rivals: KnownRival[]
}
interface Signal {
  id: string
  about?: readonly string[] | undefined
}

const folder = new URL('../corpus/notes/', import.meta.url)
const own = new URL('who-and-when/', import.meta.url)

/**
 * Notes with the person and the day of each fact. The map holds whom the note lists under `map` ("name | title") and `rivals`, or else
 * everybody whom its marks name.
 */
function markedNotes(files: readonly URL[]): Marked[] {
  const list = files.flatMap(
    (file) =>
      parse(readFileSync(file, 'utf8')) as (Omit<Marked, 'on' | 'people' | 'rivals'> & {
        on: string
        map?: string[]
        rivals?: string[]
      })[],
  )
  return list.map(({ on, text, facts = [], map, rivals = rivalsOf(facts) }) => ({
    on: plainDate(on),
    text,
    facts,
    people: (map ?? [...new Set(facts.flatMap(({ person }) => person ?? []))]).map((line) => {
      const [name = '', title] = line.split(' | ')
      return { id: name, name, ...(title === undefined ? {} : { title }) }
    }),
    rivals: rivals.map((name) => ({ id: name, name })),
  }))
}

/** Whom the marks of a note say something is about, and who is neither a person of it nor us. */
const rivalsOf = (facts: readonly Fact[]): string[] => [
  ...new Set(
    facts.flatMap(({ about }) =>
      about === undefined || about === 'us' || facts.some(({ person }) => person === about) ? [] : [about],
    ),
  ),
]

/**
 * Of the facts that were found: how often the person is the one that is marked (nobody where nobody is), and the day (that of the note where
 * none is marked).
 */
export function whoAndWhen(
  model: Model,
  signals: readonly Signal[],
  lang: 'zh' | 'en',
  part: 'dev' | 'test' | 'development' | 'validation',
): { found: number; person: number; named: number; namedRight: number; day: number } {
  const reader = readerOf(model, signals)
  const sum = { found: 0, person: 0, named: 0, namedRight: 0, day: 0 }
  for (const { on, text, facts, people, rivals } of markedNotes(filesOf(lang, part)))
    for (const one of reader.read({ on, text }, { people, rivals })) {
      const fact = facts.find(({ signal }) => signal === one.signal)
      if (!fact) continue
      sum.found++
      if (one.from === fact.person) sum.person++
      if (fact.person !== undefined) {
        sum.named++
        if (one.from === fact.person) sum.namedRight++
      }
      if (one.on === (fact.on ?? on)) sum.day++
    }
  return sum
}

const filesOf = (lang: 'zh' | 'en', part: 'dev' | 'test' | 'development' | 'validation'): URL[] =>
  part === 'dev' || part === 'test'
    ? notesApart(lang, part).map((name) => new URL(name, folder))
    : [new URL(`${lang}-${part}.yaml`, own)]

/** Where the words of a fact stand: the sentence in which they begin, and of its windows the one nearest to them. */
function placeOf(text: string, words: string): { sentence: Stretch; stretch: Stretch } | undefined {
  const start = text.indexOf(normalise(words))
  if (start < 0) return undefined
  const end = start + words.length
  const overlap = (one: Stretch): number => Math.min(one.end, end) - Math.max(one.start, start)
  const sentence = sentencesOf(text).reduce((best, one) => (overlap(one) > overlap(best) ? one : best))
  const miss = (one: Stretch): number => Math.abs(one.start - start) + Math.abs(one.end - Math.min(end, sentence.end))
  return { sentence, stretch: windowsOf(text, sentence).reduce((best, one) => (miss(one) < miss(best) ? one : best)) }
}

/**
 * The same for every fact, found or not, given its words, so that the figure does not hang on the model; and of the facts of signals that can be
 * about several whom they are about, where the words say so or it follows from the person.
 */
export function givenTheWords(
  signals: readonly Signal[],
  files: readonly URL[],
  wrong: (line: string) => void = () => {},
): { facts: number; person: number; day: number; abouts: number; about: number } {
  const sum = { facts: 0, person: 0, day: 0, abouts: 0, about: 0 }
  for (const { on, text: written, facts, people, rivals } of markedNotes(files)) {
    const text = normalise(written)
    const mentions = peopleIn(text, people, written)
    const named = rivalsNamed(text, rivals)
    const days = noteDays(text, on)
    for (const fact of facts) {
      const place = placeOf(text, fact.words)
      if (!place) throw new Error(`not in the note: ${fact.words}`)
      const signal = signals.find(({ id }) => id === fact.signal)
      if (!signal) throw new Error(`no such signal: ${fact.signal}`)
      const { from, about } = aboutWhom(text, place.sentence, place.stretch, { mentions, named, signal })
      const day = dayOf(text, days, place.sentence, place.stretch)
      sum.facts++
      if (from === fact.person) sum.person++
      else wrong(`person ${from} for ${fact.person}: ${on} ${fact.words}`)
      if (day === (fact.on ?? on)) sum.day++
      else wrong(`day ${day} for ${fact.on ?? on}: ${on} ${fact.words}`)
      if (!signal.about) continue
      // As the engine takes it: what is said, else whom the signal is usually about.
      const subject = (said: string | undefined, source: string | undefined): string | undefined =>
        said ?? (signal.about![0] === 'person' ? source : signal.about![0] === 'us' ? 'us' : undefined)
      sum.abouts++
      if (subject(about, from) === subject(fact.about, fact.person)) sum.about++
      else wrong(`about ${subject(about, from)} for ${subject(fact.about, fact.person)}: ${on} ${fact.words}`)
    }
  }
  return sum
}

/** The figures in words: notes of this folder and of the corpus, given their words; `wrong` gets what is not right in what the rules are mended by. */
export function whoAndWhenInWords(signals: readonly Signal[], model: Model, wrong?: (line: string) => void): string {
  const share = (a: number, b: number): string => (b === 0 ? '–' : (a / b).toFixed(3))
  const rows = (['zh', 'en'] as const).flatMap((lang) => {
    const given = (
      [
        ['development', filesOf(lang, 'development')],
        ['validation', filesOf(lang, 'validation')],
        ['corpus, dev', filesOf(lang, 'dev')],
        ['corpus, train', ['train', '2-train'].map((name) => new URL(`${lang}-${name}.yaml`, folder))],
      ] as const
    ).map(([name, files]) => {
      const { facts, person, day, abouts, about } = givenTheWords(
        signals,
        files,
        name === 'validation' ? undefined : (line) => wrong?.(`${name}: ${line}`),
      )
      return `| ${lang} | ${name} | ${facts} | ${share(person, facts)} | ${share(day, facts)} | ${abouts} | ${share(about, abouts)} |`
    })
    const found = (['development', 'validation', 'dev'] as const).map((part) => {
      const { found: all, person, named, namedRight, day } = whoAndWhen(model, signals, lang, part)
      return `| ${lang} | found, ${part} | ${all} | ${share(person, all)} | ${share(day, all)} | of those with a person | ${share(namedRight, named)} |`
    })
    return [...given, ...found]
  })
  return ['| language | notes | facts | person | day | about | right |', '|---|---|---|---|---|---|---|', ...rows].join(
    '\n',
  )
}

// `node packages/reader/train/who-and-when.ts`: how often person, day and subject are right, with `--wrong` where they are not.
if (import.meta.main) {
  const { signals } = JSON.parse(
    readFileSync(new URL('../../../methodology/signals.json', import.meta.url), 'utf8'),
  ) as {
    signals: (Signal & { patterns: Text })[]
  }
  const model = readModel(readFileSync(new URL('../model.bin', import.meta.url)), signals)
  console.log(whoAndWhenInWords(signals, model, process.argv.includes('--wrong') ? console.log : undefined))
}
