import type { Text } from '@sente/engine'

/** What a guess is about. */
export type DoubtAbout =
  | 'encoding'
  | 'separator'
  | 'sheet'
  | 'heading-row'
  | 'date-order'
  | 'year'
  | 'time-zone'
  | 'serial-days'
  | 'no-day'
  | 'unit'
  | 'number-format'
  | 'currency'
  | 'about'
  | 'probability'
  | 'stage'
  | 'status'
  | 'outcome'
  | 'duplicate'
  | 'history'
  | 'group'
  | 'amount-column'
  | 'account'
  | 'owner'
  | 'remembered'

export interface Example {
  row: number
  value: string
  /** As it was read; absent where it was not. */
  readAs?: string
}

/** A guess that rows rest on, and how to say otherwise for all of them. */
export interface Doubt {
  about: DoubtAbout
  /** Their column, where it is of one. */
  column?: string
  /** What was assumed. */
  guess: string
  /** What could be said instead. */
  choices: string[]
  what: Text
  /** Rows that rest on it. */
  rows: number
  examples: Example[]
  /** It moves days, money, outcome or identity of more than a handful of rows: nothing is written before it is answered, unless told to go on. */
  waits: boolean
  /** How the command line says otherwise. */
  option?: string
}

/** Rows that were left out for one reason. */
export interface LeftOut {
  reason: LeftReason
  what: Text
  rows: number
  examples: Example[]
}
export type LeftReason = 'total' | 'footer' | 'heading' | 'units' | 'deleted' | 'continuation' | 'example' | 'planned'

export interface IntakeReport {
  /** Where the list was found. */
  sheet?: string
  headingRow?: number
  encoding?: string
  separator?: string
  /** Rows that are records. */
  taken: number
  doubts: Doubt[]
  leftOut: LeftOut[]
  /** What each stage of the list was taken for. */
  stages: { stage: string; rows: number; means?: string }[]
}

/** What was said about a source: remembered, and used when it comes again. */
export interface Answers {
  dateOrder?: 'ymd' | 'dmy' | 'mdy' | undefined
  /** Of days without a year; not remembered, the next list is of another one. */
  year?: number | undefined
  currency?: string | undefined
  sheet?: string | undefined
  headingRow?: number | undefined
  owner?: string | undefined
  timeZone?: string | undefined
  /** Deal of activities that name none. */
  deal?: string | undefined
  encoding?: string | undefined
  separator?: string | undefined
  decimal?: '.' | ',' | undefined
  /** Power of ten of the column of amounts. */
  unit?: number | undefined
  probability?: 'percent' | 'fraction' | undefined
  /** A stage of theirs to a phase of ours, or to an ending. */
  stages?: Readonly<Record<string, string>> | undefined
  /** A status of theirs: of a deal to open, won, lost, no-decision; of an activity to done, failed, cancelled, planned. */
  statuses?: Readonly<Record<string, string>> | undefined
  /** Guesses are taken. */
  yes?: boolean | undefined
}

/** So many rows are a handful: a guess about more of them waits. */
const HANDFUL = 5
export const isMany = (rows: number): boolean => rows > HANDFUL
const EXAMPLES = 5

/** Collects rows that rest on the same guess. */
export class Tally {
  rows = 0
  readonly examples: Example[] = []
  add(row: number, value: unknown, readAs?: string): void {
    this.rows++
    if (this.examples.length < EXAMPLES)
      this.examples.push({ row, value: String(value).slice(0, 80), ...(readAs === undefined ? {} : { readAs }) })
  }
}

export const LEFT_WORDS: Readonly<Record<LeftReason, Text>> = {
  total: { en: 'a total or subtotal, no record', zh: '合计或小计，不是记录' },
  footer: { en: 'a note or footer of the report, no record', zh: '报表的说明或页脚，不是记录' },
  heading: { en: 'the headings again', zh: '重复的标题行' },
  units: { en: 'units or formats of the columns, no record', zh: '各列的单位或格式，不是记录' },
  deleted: { en: 'deleted in the CRM', zh: '在 CRM 中已删除' },
  continuation: { en: 'a line that only goes on with the row above', zh: '上一行的续行' },
  example: { en: 'an example of the template', zh: '模板中的示例' },
  planned: { en: 'planned or not held: no contact has taken place', zh: '计划中或未进行：没有发生接触' },
}

/** The tally under a key, made where there is none yet. */
export const tally = <Key extends string>(map: Map<Key, Tally>, key: Key): Tally => {
  let found = map.get(key)
  if (!found) map.set(key, (found = new Tally()))
  return found
}
