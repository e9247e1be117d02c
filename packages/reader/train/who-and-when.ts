import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import type { Model } from '../src/model.ts'
import { readerOf } from '../src/reader.ts'
import { notesApart } from './corpus.ts'

interface Marked {
  on: PlainDate
  text: string
  facts: { signal: string; person?: string; on?: PlainDate }[]
}

const folder = new URL('../corpus/notes/', import.meta.url)

/** Notes of a part with the person and the day of each fact: by the hands that wrote nothing else. */
function markedNotes(lang: 'zh' | 'en', part: 'dev' | 'test'): Marked[] {
  const list = notesApart(lang, part).flatMap(
    (name) => parse(readFileSync(new URL(name, folder), 'utf8')) as (Omit<Marked, 'on'> & { on: string })[],
  )
  return list.map(({ on, text, facts = [] }) => ({ on: plainDate(on), text, facts }))
}

/**
 * Of the facts that were found: how often the person is the one that is marked (nobody where nobody is), and the day (that of the note where
 * none is marked). The map holds everybody whom the marks of the note name.
 */
export function whoAndWhen(
  model: Model,
  signals: readonly { id: string }[],
  lang: 'zh' | 'en',
  part: 'dev' | 'test',
): { found: number; person: number; named: number; namedRight: number; day: number } {
  const reader = readerOf(model, signals)
  const sum = { found: 0, person: 0, named: 0, namedRight: 0, day: 0 }
  for (const { on, text, facts } of markedNotes(lang, part)) {
    const people = [...new Set(facts.flatMap(({ person }) => person ?? []))].map((name) => ({ id: name, name }))
    for (const one of reader.read({ on, text }, { people })) {
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
  }
  return sum
}
