import type { Methodology, Text } from '@sente/engine'
import { LIMITS } from '../../core/limits.ts'
import { Threads, TooCostly } from '../../core/threads.ts'
import type { Kept } from '../../core/threads.ts'
import { SMALL } from './bounds.ts'
import type { TableFormat } from './formats.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'
import type { ParsedRow } from './row.ts'
import { TableReading } from './table-reading.ts'
import type { PreviewAsked, TableAsked, TableFile, TableFound } from './table-reading.ts'
import type { Preview } from './preview-table.ts'

/** What a thread is asked for; the file first of all. */
export type TableTask =
  | { task: 'file'; file: TableFile }
  | { task: 'open'; asked: TableAsked }
  | { task: 'next' }
  | { task: 'preview'; asked: PreviewAsked }
/** What it answers. */
export type TableAnswer = { value: unknown } | { problem: Text }

/** As many as there are imports and previews under way in a process. Rows of a list are known by their ids as a whole, a history is held as a whole. */
const threads = new Threads(new URL('./table-thread.ts', import.meta.url), {
  atOnce: LIMITS.imports.inAll,
  waiting: 50,
  timeMs: 10_000,
  memoryMb: 1024,
})
/** Of the processor for each megabyte that is looked through, several times what lists take; whatever takes longer is made to. */
const MS_PER_MB = 1_000

/** A table of somebody's file. */
export interface OpenTables {
  /** Looks at the whole of it. Throws `ImportProblem`, also where it costs too much; may be asked again. */
  open(asked: TableAsked): Promise<TableFound>
  /** Its rows, read; once for each `open`. */
  rows(): AsyncGenerator<ParsedRow[]>
  preview(asked: PreviewAsked): Promise<Preview>
  /** The thread is free for others; the file is its owner's. */
  end(): void
}

/** A small list is read here; what is larger, or no plain list, in a thread. `owner`: whose it is, since spreadsheets are read one after the other for each person. */
export async function openTableFile(
  held: Held,
  format: TableFormat,
  method: Methodology,
  owner?: string,
): Promise<OpenTables> {
  const file: TableFile = {
    format,
    place: format === 'xlsx' ? { bytes: new Uint8Array() } : held.place(),
    head: held.head,
    size: held.size,
    ...(format === 'xlsx' ? { book: await (await import('./spreadsheet.ts')).bookOf(held, owner) } : {}),
  }
  if (format === 'csv' && held.size <= SMALL) return here(new TableReading(file, method))
  const thread = await threads.keep()
  try {
    return await beside(thread, file)
  } catch (error) {
    thread.giveBack()
    throw error
  }
}

const here = (reading: TableReading): OpenTables => ({
  open: (asked) => reading.open(asked),
  preview: (asked) => reading.preview(asked),
  rows: async function* () {
    for (let lot = await reading.next(); lot; lot = await reading.next()) yield lot
  },
  end: () => {},
})

async function beside(thread: Kept, file: TableFile): Promise<OpenTables> {
  const size = file.book ? file.book.sheets.reduce((sum, { rows }) => sum + rows.length, 0) : file.size
  const whole = 10_000 + (size / 1e6) * MS_PER_MB
  const ask = async <T>(task: TableTask, timeMs?: number): Promise<T> => {
    const answer = await thread.ask<TableAnswer>(task, timeMs).catch((error: unknown) => {
      throw error instanceof TooCostly || /call stack|Invalid string length/.test(String(error)) ? costly() : error
    })
    if ('problem' in answer) throw new ImportProblem(answer.problem)
    return answer.value as T
  }
  await ask({ task: 'file', file })
  return {
    open: (asked) => ask({ task: 'open', asked }, whole),
    preview: (asked) => ask({ task: 'preview', asked }, whole),
    rows: async function* () {
      // The first of a history is there when all have been read.
      for (let time: number | undefined = whole; ; time = undefined) {
        const lot = await ask<ParsedRow[] | undefined>({ task: 'next' }, time)
        if (!lot) return
        yield lot
      }
    },
    end: () => thread.giveBack(),
  }
}

const costly = (): ImportProblem =>
  new ImportProblem({
    en: 'Reading this would take more time or memory than any list of records does: it is made up of something else. Export it again, in smaller parts.',
    zh: '读取此文件所需的时间或内存超出任何正常列表，内容可能有误。请重新导出，或分成小份。',
  })
