import { Fault } from '../../core/fault.ts'
import { Slots } from '../../core/limits.ts'
import { Threads, TooCostly } from '../../core/threads.ts'
import { MOST } from './bounds.ts'
import { gridOfBook } from './book.ts'
import type { Book } from './book.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

/** A spreadsheet is held whole: larger ones come as CSV. */
const MAX_BYTES = 50 * 1024 * 1024

/** Shared by all of the process: a wicked file costs the server a thread for a while, and its own import a refusal. */
const threads = new Threads(new URL('./spreadsheet-thread.ts', import.meta.url), {
  atOnce: 2,
  waiting: 20,
  timeMs: 60_000,
  memoryMb: 1024,
  once: true,
})
/** Nobody has both threads. */
const turns = new Slots({ inAll: 2, each: 1, waiting: 20, waitMs: 60_000 })

/** The sheets of an XLSX file. Throws `ImportProblem`. */
export const xlsxGrid = async (held: Held, owner?: string): Promise<Grid> => gridOfBook(await bookOf(held, owner))

/** The same as it is handed on; read in a thread of its own: a wicked file costs the server nothing but a refusal. */
export async function bookOf(held: Held, owner = ''): Promise<Book> {
  if (held.size > MAX_BYTES)
    throw new ImportProblem({
      en: 'This spreadsheet is larger than 50 MB: save it as CSV and import that.',
      zh: '表格超过 50 MB：请另存为 CSV 再导入。',
    })
  const chunks: Uint8Array[] = []
  for await (const chunk of held.read()) chunks.push(chunk)
  const giveBack = await turns.take(owner)
  return readInThread(Buffer.concat(chunks)).finally(giveBack)
}

async function readInThread(bytes: Uint8Array): Promise<Book> {
  try {
    return await threads.run<Book>(bytes)
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new ImportProblem(
      error instanceof TooCostly || /unpacks to more|larger than|more than \d+ cells/.test((error as Error).message)
        ? {
            en: `This spreadsheet holds more than can be read at once (${MOST.cells} cells): save the sheet as CSV and import that.`,
            zh: `表格的内容超过一次可读取的量（${MOST.cells} 个单元格）：请把工作表另存为 CSV 再导入。`,
          }
        : {
            en: 'This is no readable spreadsheet (XLSX). Open it and save it again as XLSX or CSV.',
            zh: '这不是可读的 XLSX 表格。请打开后另存为 XLSX 或 CSV。',
          },
    )
  }
}
