import type { PlainDate } from '../../core/dates.ts'
import type { ConcernId, PhaseId, Text } from '../../methodology/schema.ts'

/** Words of the methodology that a field may hold the id of. */
export type MethodWord = 'signal' | 'play' | 'topic' | 'proof' | 'role' | 'path' | 'milestone'

/**
 * What a field is made of. From it follow the column, the schema of the API, the schema of the deal file, the check against the methodology and
 * the way a form asks for it.
 */
export type FieldType =
  | 'line' // one line, at most 500 characters
  | 'words' // any text, at most 20,000 characters
  | 'lines' // up to 20 lines
  | 'day'
  | 'time' // of a day, HH:MM as on the wall
  | 'key' // short name within the deal file
  | 'method' // an id of the methodology
  | 'methods' // up to 20 of them
  | 'person' // somebody of the customer: an id in the store, a key in the file
  | 'people' // up to 50 of them
  | 'subject' // a person, a rival by its key, or `us`
  | 'parent' // the record this one belongs to
  | 'concern'
  | 'phase'
  | 'number'
  | 'yesno'
  | 'choice'
  | 'choices'
  | 'shares' // a share 0..1 for concerns
  | 'differs' // words by the key of a rival
  | 'span' // from and to, counted in characters

/**
 * - `needed`: must be said.
 * - `given`: the server makes one where nobody does, so every stored record has it.
 * - `standing`: has a value where nothing is said.
 * - `optional`: absent means not known.
 */
export type Need = 'needed' | 'given' | 'standing' | 'optional'

/** A field of a stored kind. `F` is its name in the deal file: `true` the same name, `false` not part of the file. */
export interface Field<T = unknown, N extends Need = Need, F extends string | boolean = string | boolean> {
  readonly type: FieldType
  /** What people call it, in forms, histories and messages. */
  readonly name: Text
  readonly need: N
  readonly file: F
  /** The value where nothing is said. */
  readonly standing?: T
  /** A record leaves the standing value out. */
  readonly silent?: true
  /** `false` is an answer: we know that there is none. */
  readonly known?: true
  /** The words of the methodology, or the kind of the parent. */
  readonly of?: string
  readonly values?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Greater than this, not equal to it. */
  readonly above?: number
  /** Of a day. `begins`: before it the record is not there. `ends`: before it the day itself is not known. Otherwise it may lie ahead. */
  readonly when?: 'begins' | 'ends'
  /** For the documentation of the API, and of the deal file. */
  readonly description?: string
  readonly fileDescription?: string
  /** Only for the compiler: the type of the value. */
  readonly value?: T
}

type Fresh<T> = Field<T, 'optional', true>
type More = Pick<Field, 'min' | 'max' | 'above' | 'description' | 'fileDescription' | 'when' | 'silent'>
type Make<T> = (en: string, zh: string, more?: More) => Fresh<T>

const made = (type: FieldType, en: string, zh: string, more: object = {}): Fresh<never> =>
  ({ type, name: { en, zh }, need: 'optional', file: true, ...more }) as Fresh<never>
const maker =
  <T>(type: FieldType): Make<T> =>
  (en, zh, more) =>
    made(type, en, zh, more) as Fresh<T>

export const line = maker<string>('line')
export const words = maker<string>('words')
export const lines = maker<string[]>('lines')
export const day = maker<PlainDate>('day')
export const time = maker<string>('time')
export const key = maker<string>('key')
export const person = maker<string>('person')
export const people = maker<string[]>('people')
export const subject = maker<string>('subject')
export const concern = maker<ConcernId>('concern')
export const phase = maker<PhaseId>('phase')
export const number = maker<number>('number')
export const yesno = maker<boolean>('yesno')
export const shares = maker<Partial<Record<ConcernId, number>>>('shares')
export const differs = maker<Record<string, string>>('differs')
export const span = maker<number[]>('span')
/** 0..1. */
export const share: Make<number> = (en, zh, more) => number(en, zh, { min: 0, max: 1, ...more })

export const method = (of: MethodWord, en: string, zh: string): Fresh<string> => made('method', en, zh, { of })
export const methods = (of: MethodWord, en: string, zh: string): Fresh<string[]> => made('methods', en, zh, { of })
export const parent = (of: string, en: string, zh: string): Fresh<string> => made('parent', en, zh, { of })
export const choice = <const V extends string>(values: readonly V[], en: string, zh: string): Fresh<V> =>
  made('choice', en, zh, { values })
export const choices = <const V extends string>(
  values: readonly V[],
  en: string,
  zh: string,
  more: More = {},
): Fresh<V[]> => made('choices', en, zh, { values, ...more })

export const needed = <T, F extends string | boolean>(field: Field<T, Need, F>): Field<T, 'needed', F> => ({
  ...field,
  need: 'needed',
})
export const given = <T, F extends string | boolean>(field: Field<T, Need, F>): Field<T, 'given', F> => ({
  ...field,
  need: 'given',
})
export const standing = <T, F extends string | boolean>(
  field: Field<T, Need, F>,
  value: T,
): Field<T, 'standing', F> => ({ ...field, need: 'standing', standing: value })
/** `false` says that there is none. */
export const known = <T, N extends Need, F extends string | boolean>(
  field: Field<T, N, F>,
): Field<T | false, N, F> => ({
  ...field,
  known: true,
})
/** Under another name in the deal file; `false`: the file does not say it. */
export const inFile = <T, N extends Need, const F extends string | false>(
  field: Field<T, N>,
  file: F,
): Field<T, N, F> => ({ ...field, file })
