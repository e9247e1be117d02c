import excel from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { answerTasks } from '../../core/thread-tasks.ts'
import { MOST } from './bounds.ts'
import type { Book } from './book.ts'
import { checkUnpacked } from './unpack.ts'

answerTasks(readBook)

async function readBook(bytes: Uint8Array): Promise<Book> {
  // What it really unpacks to: the sizes that its own directory names may be anything.
  checkUnpacked(bytes)
  const files = unzipSync(bytes, {
    filter: ({ originalSize, name }) => name === 'xl/workbook.xml' && originalSize < 1_000_000,
  })
  // The library knows the mark of the 1904 system as "1" only.
  const marked = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["']([^"']*)["']/.exec(
    strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()),
  )?.[1]
  const epoch1904 = marked !== undefined && /^(?:1|true|on)$/i.test(marked)
  const book = new excel.Workbook()
  await book.xlsx.load(Buffer.from(bytes) as never, {
    ignoreNodes: ['dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'picture'],
  })
  const shift = epoch1904 && book.properties.date1904 !== true ? 1462 : 0
  return {
    epoch1904,
    sheets: book.worksheets.map((sheet) => {
      const rows: Buffer[] = []
      sheet.eachRow({ includeEmpty: false }, (row, number) => {
        const cells: unknown[] = []
        row.eachCell({ includeEmpty: false }, (cell, column) => {
          if (column > MOST.columns) return
          // What was merged stands in the cell at the top left: it counts for the rows below it, not for the columns beside it.
          if (cell.isMerged && cell.master.fullAddress.col !== cell.fullAddress.col) return
          while (cells.length < column - 1) cells.push('')
          cells[column - 1] = valueOf(cell.value, cell.numFmt, shift)
        })
        rows.push(Buffer.from(`${JSON.stringify([number, cells])}\n`))
      })
      return { name: sheet.name, hidden: sheet.state !== 'visible', rows: Buffer.concat(rows) }
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
