import { parentPort, Worker, workerData } from 'node:worker_threads'
import { strFromU8, unzipSync } from 'fflate'
import type { Line } from '../intake/grid.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

/** A spreadsheet is held whole: larger ones come as CSV. */
const MAX_BYTES = 50 * 1024 * 1024
const MAX_UNPACKED = 600 * 1024 * 1024
const TIME = 120_000
const LOT = 1000

interface Book {
  epoch1904: boolean
  sheets: { name: string; hidden: boolean; rows: { row: number; cells: unknown[] }[] }[]
}

/** The sheets of an XLSX file, read in a thread of its own: a wicked file costs the server nothing but a refusal. */
export async function xlsxGrid(held: Held): Promise<Grid> {
  if (held.size > MAX_BYTES)
    throw new ImportProblem({
      en: 'This spreadsheet is larger than 50 MB: save it as CSV and import that.',
      zh: '表格超过 50 MB：请另存为 CSV 再导入。',
    })
  const chunks: Uint8Array[] = []
  for await (const chunk of held.read()) chunks.push(chunk)
  const { sheets, epoch1904 } = await readInWorker(Buffer.concat(chunks))
  return {
    epoch1904,
    doubts: [],
    sheets: sheets.map(({ name, hidden, rows }) => ({
      name,
      hidden,
      lines: async function* (): AsyncGenerator<Line[]> {
        for (let at = 0; at < rows.length; at += LOT) yield rows.slice(at, at + LOT)
      },
    })),
  }
}

function readInWorker(bytes: Uint8Array): Promise<Book> {
  const unreadable = new ImportProblem({
    en: 'This is no readable spreadsheet (XLSX). Open it and save it again as XLSX or CSV.',
    zh: '这不是可读的 XLSX 表格。请打开后另存为 XLSX 或 CSV。',
  })
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { spreadsheet: bytes },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const timer = setTimeout(() => void worker.terminate(), TIME)
  return new Promise<Book>((resolve, reject) => {
    worker.once('message', (book: Book | null) => (book ? resolve(book) : reject(unreadable)))
    worker.once('error', () => reject(unreadable))
    worker.once('exit', () => reject(unreadable))
  }).finally(() => {
    clearTimeout(timer)
    void worker.terminate()
  })
}

const given = (workerData as { spreadsheet?: Uint8Array } | null)?.spreadsheet
if (parentPort && given) {
  const port = parentPort
  readBook(given).then(
    (book) => port.postMessage(book),
    () => port.postMessage(null),
  )
}

async function readBook(bytes: Uint8Array): Promise<Book> {
  let unpacked = 0
  // Only the sizes are looked at: what unpacks to more than this is a bomb, not a table.
  const files = unzipSync(bytes, {
    filter: ({ originalSize, name }) => (
      (unpacked += originalSize),
      name === 'xl/workbook.xml' && originalSize < 1_000_000
    ),
  })
  if (unpacked > MAX_UNPACKED) throw new Error('unpacks to too much')
  // The library knows the mark of the 1904 system as "1" only.
  const marked = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["']([^"']*)["']/.exec(
    strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()),
  )?.[1]
  const epoch1904 = marked !== undefined && /^(?:1|true|on)$/i.test(marked)
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  await book.xlsx.load(Buffer.from(bytes) as never, {
    ignoreNodes: ['dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'picture'],
  })
  const shift = epoch1904 && book.properties.date1904 !== true ? 1462 : 0
  return {
    epoch1904,
    sheets: book.worksheets.map((sheet) => {
      const rows: Book['sheets'][number]['rows'] = []
      sheet.eachRow({ includeEmpty: false }, (row, number) => {
        const cells: unknown[] = []
        row.eachCell({ includeEmpty: false }, (cell, column) => {
          // What was merged stands in the cell at the top left: it counts for the rows below it, not for the columns beside it.
          if (cell.isMerged && cell.master.fullAddress.col !== cell.fullAddress.col) return
          while (cells.length < column - 1) cells.push('')
          cells[column - 1] = valueOf(cell.value, cell.numFmt, shift)
        })
        rows.push({ row: number, cells })
      })
      return { name: sheet.name, hidden: sheet.state !== 'visible', rows }
    }),
  }
}

/** A cell as text or number: days as days, percents with their sign, money with the sign of its format, errors as they are shown. */
function valueOf(value: unknown, format: string | undefined, shift: number): unknown {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    const at = new Date(value.getTime() + shift * 86_400_000)
    return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10)
  }
  if (typeof value === 'number') {
    if (format === undefined || format === 'General') return value
    if (/%/.test(format.replaceAll(/"[^"]*"/g, ''))) return `${Math.round(value * 1e8) / 1e6}%`
    const sign = /\[\$([^\]-]+)(?:-[^\]]*)?\]/.exec(format)?.[1] ?? /(?:[A-Z]{1,2})?[€£¥￥$₹₩]/.exec(format)?.[0]
    return sign === undefined ? value : `${sign} ${Number.isInteger(value) ? value.toFixed(0) : String(value)}`
  }
  if (typeof value !== 'object') return value
  const object = value as {
    error?: string
    result?: unknown
    richText?: { text: string }[]
    text?: unknown
    formula?: string
    sharedFormula?: string
  }
  if (object.error !== undefined) return object.error
  if (object.richText) return object.richText.map(({ text }) => text).join('')
  if ('result' in object || object.formula !== undefined || object.sharedFormula !== undefined)
    return valueOf(object.result, format, shift)
  if (object.text !== undefined) return valueOf(object.text, format, shift)
  return ''
}
