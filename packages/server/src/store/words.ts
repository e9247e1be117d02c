import type { KindName } from '@sente/api'
import { kindOf } from '@sente/engine'
import { cut } from './cut.ts'
import { snake } from './records.ts'
import type { Row, RecordKind } from './records.ts'

/**
 * Words as search knows them. PostgreSQL cannot split Chinese, so the program does: a run of Chinese characters becomes its pairs of neighbours,
 * everything else its words in lower case. Both the entries and the questions go through here.
 */
const HAN = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const TOKENS = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, 'gu')
const IS_HAN = new RegExp(`^[${HAN}]`, 'u')
/** A lexeme longer than this helps nobody, and PostgreSQL refuses those beyond 2 kB. */
const LONGEST = 60

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

function tokensOf(text: string): string[] {
  return folded(text).match(TOKENS) ?? []
}

function pairs(run: string): string[] {
  const letters = [...run]
  return letters.length === 1 ? letters : letters.slice(1).map((letter, i) => letters[i]! + letter)
}

/** The lexemes of a text. The last character of a Chinese run stands alone too, so that every single one is found as a beginning. */
export function lexemesOf(text: string): string[] {
  const found = new Set<string>()
  for (const token of tokensOf(text)) {
    if (!IS_HAN.test(token)) {
      found.add(cut(token, LONGEST))
      continue
    }
    for (const pair of pairs(token)) found.add(pair)
    found.add([...token].at(-1)!)
  }
  return [...found]
}

/** One word of a question: the lexemes that must all be there, as a tsquery, and how it reads. */
export interface Term {
  text: string
  query: string
}

const quote = (lexeme: string): string => `'${lexeme.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`

/** The words of a question; all of them must be found. Words are found by their beginning. */
export function termsOf(question: string): Term[] {
  return tokensOf(question)
    .slice(0, 12)
    .map((token) => {
      if (!IS_HAN.test(token)) return { text: cut(token, LONGEST), query: `${quote(cut(token, LONGEST))}:*` }
      const parts = pairs(token).slice(0, 20)
      return { text: token, query: [...token].length === 1 ? `${quote(token)}:*` : parts.map(quote).join(' & ') }
    })
}

/** The tsquery of all words; null when there are none to look for. */
export function queryOf(terms: readonly Term[]): string | null {
  return terms.length === 0 ? null : terms.map(({ query }) => `(${query})`).join(' & ')
}

export interface SearchEntry {
  kind: RecordKind
  on: string | null
  sensitive: boolean
  /** Evidence is as private as the note it was read from. */
  note: string | null
  /** A deal is found by the words of its account too. */
  account: string | null
  title: string
  body: string | null
  words: string[]
}

const TITLE = 160
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is found of a record, if anything. A private note is for those who may see what is personal. */
export function entryOf(kind: RecordKind, row: Row): SearchEntry | null {
  const entry = (title: string, body: string, more: string[] = [], sensitive = false): SearchEntry | null => {
    if (title === '' && body === '') return null
    return {
      kind,
      on: (row['on'] as string | null | undefined) ?? null,
      sensitive,
      note: (row['note_id'] as string | null | undefined) ?? null,
      account: kind === 'deal' ? (row['account_id'] as string | null) : null,
      title: cut(title || body, TITLE),
      body: body || null,
      words: lexemesOf([title, body, ...more].join('\n')),
    }
  }
  const foundOf = (fact: KindName): SearchEntry | null => {
    const { found } = kindOf(fact)
    if (!found) return null
    const of = (field: string | undefined): string => (field === undefined ? '' : text(row[snake(field)]))
    return entry(of(found.title), of(found.body), found.words?.map(of), row['private'] === true)
  }
  switch (kind) {
    case 'account':
      return entry(text(row['name']), text(row['goal']), [text(row['industry']), text(row['region'])])
    case 'person':
      return entry(text(row['name']), text(row['title']), [text(row['email'])])
    case 'deal':
      return entry(text(row['name']), text(row['goal']))
    default:
      return foundOf(kind)
  }
}
