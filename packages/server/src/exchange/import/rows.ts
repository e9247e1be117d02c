import { createHash } from 'node:crypto'
import type { Methodology } from '@sente/engine'
import { isTableKind } from '../files/fields.ts'
import type { ImportKind } from '../files/fields.ts'
import { formatOf, isTable, openSource, peek } from '../files/formats.ts'
import type { Format, TableFormat } from '../files/formats.ts'
import { hold } from '../files/held.ts'
import { plainHeading } from '../files/headings.ts'
import type { Mapping } from '../files/mapping.ts'
import { parserOf } from '../files/parse.ts'
import { ImportProblem } from '../files/problem.ts'
import type { RawRow } from '../files/source.ts'
import type { Answers } from '../intake/doubts.ts'
import { openTableFile } from '../files/tables.ts'
import type { OpenTables } from '../files/tables.ts'
import type { TableAsked, TableFound } from '../files/table-reading.ts'
import type { ParsedRow } from '../files/row.ts'
import { keepReport, rememberedAnswers } from './runs.ts'
import type { Within } from './write-batch.ts'

/** Rows of a source with their values. */
export interface OpenedRows {
  rows: AsyncIterable<ParsedRow[]>
  /** Of a table: what holds for it, said now or before. */
  answers?: Answers
  /** A guess is to be answered before anything is written. */
  waits: boolean
  drop: () => Promise<void>
}

export const UNANSWERED = {
  en: 'Nothing was written: guesses that many rows rest on are to be answered first. Answer them, or say that they shall be taken (--yes).',
  zh: '没有写入：有许多行依赖的猜测需要先确认。请回答，或表示接受（--yes）。',
}

interface Opening {
  within: Within
  id: string
  kind: ImportKind
  bytes: AsyncIterable<Uint8Array>
  /** Whose import it is. */
  owner: string
  options: {
    filename?: string | undefined
    format?: Format | undefined
    mapping?: Mapping | undefined
    answers?: Answers | undefined
  }
  ours: { currency: string; timeZone: string }
  method: Methodology
}

/** How the rows of a source are read. A table is looked at as a whole before its first row is. */
export async function openRows(opening: Opening): Promise<OpenedRows> {
  const { kind, bytes, options, ours, method } = opening
  const { head, all } = await peek(bytes)
  const format = options.format ?? formatOf(options.filename, head, kind)
  if (isTable(format)) return openTable(opening, all, format)
  const source = await openSource(all, format)
  const { dateOrder, currency, timeZone } = options.answers ?? {}
  const parse: (raw: RawRow) => ParsedRow = isTableKind(kind)
    ? parserOf(kind, undefined, {
        method,
        currency: currency ?? ours.currency,
        dateOrder,
        timeZone: timeZone ?? ours.timeZone,
      })
    : ({ row, cells, fault }) => ({
        row,
        given: cells as Record<string, unknown>,
        faults: fault ? [{ row, field: '', what: fault }] : [],
      })
  return {
    rows: (async function* () {
      for await (const lot of source.rows) yield lot.map(parse)
    })(),
    waits: false,
    drop: async () => {},
  }
}

async function openTable(
  { within, id, kind, options, ours, method, owner }: Opening,
  bytes: AsyncIterable<Uint8Array>,
  format: TableFormat,
): Promise<OpenedRows> {
  if (!isTableKind(kind))
    throw new ImportProblem({
      en: 'Deal files come as YAML, JSON or NDJSON, not as a table.',
      zh: '商机文件应为 YAML、JSON 或 NDJSON，而不是表格。',
    })
  const held = await hold(bytes)
  let tables: OpenTables | undefined
  const drop = async (): Promise<void> => {
    tables?.end()
    await held.drop()
  }
  try {
    tables = await openTableFile(held, format, method, owner)
    const said = options.answers ?? {}
    const asked = (answers: Answers): TableAsked => ({ kind, mapping: options.mapping, answers, ours })
    let answers = said
    let list = await tables.open(asked(answers))
    const fingerprint = fingerprintOf(kind, list.columns)
    const before = (await within((tx) => rememberedAnswers(tx, fingerprint))) as Answers | undefined
    const news = Object.entries(before ?? {}).filter(([name]) => (said as Record<string, unknown>)[name] === undefined)
    if (news.length > 0) {
      answers = { ...before, ...said }
      list = await tables.open(asked(answers))
      list.report.doubts.unshift({
        about: 'remembered',
        guess: news
          .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
          .join(', '),
        choices: [],
        what: { en: 'Said about this source before, and used again.', zh: '沿用此前对该来源的回答。' },
        rows: 0,
        examples: [],
        waits: false,
      })
    }
    const kept = { ...answers, ...accepted(list, said.yes) }
    delete kept.yes
    delete kept.year
    await within((tx) => keepReport(tx, id, { report: list.report, answers: kept, fingerprint }))
    return { rows: tables.rows(), answers, waits: list.report.doubts.some((doubt) => doubt.waits), drop }
  } catch (error) {
    await drop()
    throw error
  }
}

/** Guesses that were taken because somebody said so are answers from now on. */
function accepted({ report }: TableFound, yes: boolean | undefined): Answers {
  const orders = new Set(report.doubts.flatMap(({ about, guess }) => (about === 'date-order' ? [guess] : [])))
  const [order] = orders
  return yes && orders.size === 1 && (order === 'dmy' || order === 'mdy') ? { dateOrder: order } : {}
}

/** Lists with the same columns are of the same source. */
const fingerprintOf = (kind: ImportKind, columns: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, columns.map(plainHeading)]))
    .digest('hex')
    .slice(0, 32)
