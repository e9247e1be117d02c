import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** Why a line that looks alike is not the fact; `yes`: it is. */
export const KINDS = [
  'yes',
  'negation',
  'plan',
  'hearsay',
  'past',
  'condition',
  'question',
  'opinion',
  'sense',
  'nearby',
] as const
export type Kind = (typeof KINDS)[number]
/** Traps that speak of the matter but do not say that it is so; `sense` and `nearby` speak of something else. */
export const UNREAL: ReadonlySet<Kind> = new Set([
  'negation',
  'plan',
  'hearsay',
  'past',
  'condition',
  'question',
  'opinion',
])

export interface Line {
  lang: 'zh' | 'en'
  kind: Kind
  /** The signal whose file the line stands in; null for background. */
  about: string | null
  /** Signals that the line really carries. */
  gold: string[]
  text: string
  /** Words the fact rests on; the whole line where none is marked. */
  span: [number, number]
  /** Lines of one family say nearly the same and stay on one side of the split. */
  family: string
}

const folder = new URL('../corpus/', import.meta.url)
const HAN = /[\u3400-\u9fff]/g

function line(
  about: string | null,
  kind: Kind,
  marked: string,
  also: readonly string[],
  family: string,
  lang?: string,
): Line {
  // Several marked stretches are one, from the first to the last.
  const open = marked.indexOf('{')
  const last = marked.lastIndexOf('}')
  const close = last - (marked.slice(0, last).match(/[{}]/g)?.length ?? 0)
  const text = marked.replaceAll(/[{}]/g, '')
  const han = text.match(HAN)?.length ?? 0
  const real = kind === 'yes' && about !== null ? [about] : []
  return {
    lang: lang === 'zh' || lang === 'en' ? lang : han * 3 > text.length ? 'zh' : 'en',
    kind,
    about,
    gold: [...new Set([...real, ...also])],
    text,
    span: open >= 0 && close > open ? [open, close] : [0, text.length],
    family,
  }
}

/** `signals/<id>.tsv`: lang, kind, family, text, also. */
function tables(): Line[] {
  return readdirSync(new URL('signals/', folder))
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => {
      const id = name.slice(0, -4)
      const rows = readFileSync(new URL(`signals/${name}`, folder), 'utf8')
        .split('\n')
        .slice(1)
        .filter((row) => row.trim() !== '')
      return rows.map((row, i) => {
        const [lang = '', kind = '', family = '', text = '', also = ''] = row.split('\t')
        if (!KINDS.includes(kind as Kind) || text === '')
          throw new Error(`corpus/signals/${name}:${i + 2}: not a line of the corpus: ${row}`)
        return line(id, kind as Kind, text, also.split(' ').filter(Boolean), `${id}/${family}`, lang)
      })
    })
}

/** `1-….txt`: `= signal` begins its lines; `- kind: text` is a near miss, `- nearby other: text` really means the other signal. */
function lists(): Line[] {
  return readdirSync(folder)
    .filter((name) => /^\d.*\.txt$/.test(name))
    .sort()
    .flatMap((name) => {
      let about: string | null = null
      return readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .flatMap((row, i): Line[] => {
          const family = `${name}:${i + 1}`
          if (row.trim() === '' || row.startsWith('#')) return []
          if (row.startsWith('= ')) {
            about = row.slice(2).trim() === 'background' ? null : row.slice(2).trim()
            return []
          }
          const miss = /^- (\w+)(?: (\w+))?: (.*)$/.exec(row)
          if (!miss) return [line(about, about === null ? 'sense' : 'yes', row, [], family)]
          const [, kind, other, text] = miss
          if (!KINDS.includes(kind as Kind)) throw new Error(`corpus/${name}:${i + 1}: no such kind: ${kind}`)
          return [line(about, kind as Kind, text!, other ? [other] : [], family)]
        })
    })
}

/** `9-….tsv`: signal, kind, text, also; by hands who had not seen the other lines. */
function hands(): Line[] {
  return readdirSync(folder)
    .filter((name) => /^\d.*\.tsv$/.test(name))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .flatMap((row, i): Line[] => {
          if (i === 0 || row.trim() === '') return []
          const [signal = '', kind = '', text = '', also = ''] = row.split('\t')
          if (!KINDS.includes(kind as Kind) || text === '')
            throw new Error(`corpus/${name}:${i + 1}: not a line of the corpus: ${row}`)
          return [line(signal, kind as Kind, text, also.split(' ').filter(Boolean), `${name}:${i + 1}`)]
        }),
    )
}

/** `phrases*.txt`: what a signal is in few words, both languages; always of training. */
export function phrases(): { signal: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => /^phrases.*\.txt$/.test(name))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
    .filter((row) => row.trim() !== '' && !row.startsWith('#'))
    .flatMap((row) => {
      const match = /^(\w+): ([^|]*)\|(.*)$/.exec(row)
      if (!match) throw new Error(`not a line of phrases: ${row}`)
      return `${match[2]!}/${match[3]!}`
        .split('/')
        .map((text) => ({ signal: match[1]!, text: text.trim() }))
        .filter(({ text }) => text !== '')
    })
}

/** A note with everything in it marked: what is there, and what only looks so. */
export interface WholeNote {
  lang: 'zh' | 'en'
  text: string
  gold: string[]
  traps: string[]
  /** By a hand that wrote nothing else of the corpus. */
  apart: boolean
}

/** Files of whole notes of a part by hands that are not of training, or of which nothing else than other notes is. */
export const notesApart = (lang: 'zh' | 'en', part: 'dev' | 'test'): string[] =>
  part === 'dev' ? [`${lang}-dev.yaml`, `${lang}-2-dev.yaml`] : [`${lang}-test.yaml`]

/**
 * Whole notes, never of training: every other one of `notes/zh.yaml` and `notes/en.yaml` for development, the rest for test; those of `notesApart`.
 */
export function notes(part: 'dev' | 'test'): WholeNote[] {
  return (['zh', 'en'] as const).flatMap((lang) => [
    ...notesIn(`${lang}.yaml`, lang).filter((_, i) => (i % 2 === 0) === (part === 'dev')),
    ...notesApart(lang, part).flatMap((name) => notesIn(name, lang)),
  ])
}

/** The notes of one file of `corpus/notes`. */
export function notesIn(name: string, lang: 'zh' | 'en'): WholeNote[] {
  const list = parse(readFileSync(new URL(`notes/${name}`, folder), 'utf8')) as {
    text: string
    facts?: { signal: string }[]
    traps?: string[]
  }[]
  return list.map(({ text, facts = [], traps = [] }) => ({
    lang,
    text,
    gold: [...new Set(facts.map(({ signal }) => signal))],
    traps,
    apart: name !== `${lang}.yaml`,
  }))
}

/** A whole note of training: which words say which fact, and what is only spoken of. */
export interface TrainingNote {
  text: string
  facts: { signal: string; span: [number, number] }[]
  traps: string[]
}

/** The notes of training. Throws where the words of a fact do not stand in the note. */
function learnable(name: string): TrainingNote[] {
  const list = parse(readFileSync(new URL(`notes/${name}`, folder), 'utf8')) as {
    text: string
    facts?: { signal: string; words: string }[]
    traps?: string[]
  }[]
  return list.map(({ text, facts = [], traps = [] }) => ({
    text,
    facts: facts.map(({ signal, words }) => {
      const start = text.indexOf(words)
      if (start < 0) throw new Error(`corpus/notes/${name}: not in the note: ${words}`)
      return { signal, span: [start, start + words.length] as [number, number] }
    }),
    traps,
  }))
}

/** By the hand of `…-2-dev.yaml`: of training for what ships, but a model that is judged on that hand's notes must not know these. */
const BY_A_JUDGED_HAND = /-2-train\.yaml$/

/** `notes/…-train.yaml`, of training: all of them, or only those whose hand wrote nothing that is judged. */
export function trainingNotes(which: 'all' | 'unjudged'): TrainingNote[] {
  return readdirSync(new URL('notes/', folder))
    .filter((name) => name.endsWith('-train.yaml') && (which === 'all' || !BY_A_JUDGED_HAND.test(name)))
    .sort()
    .flatMap(learnable)
}

/** Notes by which confidences and limits are fitted: those of hands that wrote nothing which the judged model learns from. */
export function judgedNotes(): WholeNote[] {
  return [
    ...notes('dev').filter(({ apart }) => apart),
    ...(['zh', 'en'] as const).flatMap((lang) => notesIn(`${lang}-2-train.yaml`, lang)),
  ]
}

/** The development notes as training sees them: what ships has learned from them too. */
export function developmentNotes(): TrainingNote[] {
  return (['zh', 'en'] as const).flatMap((lang) => [
    ...learnable(`${lang}.yaml`).filter((_, i) => i % 2 === 0),
    ...notesApart(lang, 'dev').flatMap(learnable),
  ])
}

/** Every line of the corpus, the same order each time. */
export function corpus(): Line[] {
  return [...lists(), ...tables(), ...hands()]
}

/** By the hand of `phrases-plain-….txt`, which are of training as well. */
const ALWAYS_TRAINING = '10-'

/** Train, development and test by family: 70, 15 and 15 of 100, fixed by the family's name. */
export function partOf({ family }: Line): 'train' | 'dev' | 'test' {
  if (family.startsWith(ALWAYS_TRAINING)) return 'train'
  let hash = 2166136261
  for (let i = 0; i < family.length; i++) hash = Math.imul(hash ^ family.charCodeAt(i), 16777619)
  // FNV leaves the low bits of near-equal names alike; this mixes them.
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  const part = (hash >>> 0) % 100
  return part < 70 ? 'train' : part < 85 ? 'dev' : 'test'
}
