import type { Methodology } from '@sente/engine'
import type { Answers } from '../intake/doubts.ts'
import { foldHistory } from '../intake/history.ts'
import { openList } from '../intake/list.ts'
import type { List, ListOptions } from '../intake/list.ts'
import type { Book } from './book.ts'
import { gridOfBook } from './book.ts'
import type { ImportKind, TableKind } from './fields.ts'
import { openTables } from './formats.ts'
import type { TableFormat } from './formats.ts'
import type { Grid } from './grids.ts'
import { heldAt } from './held.ts'
import type { Place } from './held.ts'
import type { Mapping } from './mapping.ts'
import { parserOf } from './parse.ts'
import { previewOfTable } from './preview-table.ts'
import type { Preview } from './preview-table.ts'
import type { ParsedRow } from './row.ts'

/** A file with tables, so that a thread can read it as well. */
export interface TableFile {
  format: TableFormat
  place: Place
  head: Uint8Array
  size: number
  /** What has been read of a spreadsheet, in a thread of its own. */
  book?: Book
}

/** How an import wants its table read. */
export interface TableAsked {
  kind: TableKind
  mapping: Mapping | undefined
  answers: Answers
  ours: { currency: string; timeZone: string }
}

export interface PreviewAsked {
  wanted: ImportKind | undefined
  answers: Answers
  ours: { currency?: string; timeZone?: string }
  mapping: Mapping | undefined
}

export type TableFound = Pick<List, 'columns' | 'report'>

/** Rows handed on together. */
const LOT = 1000

/** One file with tables, read from its bytes to the values of its rows: where it is small here, else in a thread (`tables.ts`). */
export class TableReading {
  readonly #file: TableFile
  readonly #method: Methodology
  #rows: AsyncIterator<ParsedRow[]> | undefined

  constructor(file: TableFile, method: Methodology) {
    this.#file = file
    this.#method = method
  }

  /** Looks at the whole table; `next` gives its rows from the first on. Throws `ImportProblem`; may be asked again. */
  async open(asked: TableAsked): Promise<TableFound> {
    const { answers, ours } = asked
    const list = await openList(await this.#grid(answers, ours.timeZone), asked satisfies ListOptions)
    this.#rows = this.#parsed(list, asked)[Symbol.asyncIterator]()
    return { columns: list.columns, report: list.report }
  }

  /** The next rows; `undefined` after the last. Throws `ImportProblem`. */
  async next(): Promise<ParsedRow[] | undefined> {
    const { done, value } = await this.#rows!.next()
    return done === true ? undefined : value
  }

  async preview({ wanted, ...options }: PreviewAsked): Promise<Preview> {
    const grid = await this.#grid(options.answers, options.ours.timeZone)
    return previewOfTable(grid, this.#file.format, wanted, options)
  }

  async #grid(answers: Answers, zone: string | undefined): Promise<Grid> {
    const { book, place, format } = this.#file
    return book ? gridOfBook(book) : openTables(heldAt(place, this.#file), format, answers, zone)
  }

  async *#parsed(list: List, { answers, ours }: TableAsked): AsyncGenerator<ParsedRow[]> {
    const parse = parserOf(list.kind, list.places, {
      method: this.#method,
      currency: answers.currency ?? ours.currency,
      ...list.reading,
      deal: answers.deal,
    })
    let lot: ParsedRow[] = []
    for await (const lines of list.records())
      for (const line of lines) {
        lot.push(parse(line))
        // A history is one record of several rows, wherever they stand.
        if (lot.length < LOT || list.reading.history) continue
        yield lot
        lot = []
      }
    const rest = list.reading.history ? foldHistory(lot) : lot
    for (let at = 0; at < rest.length; at += LOT) yield rest.slice(at, at + LOT)
  }
}
