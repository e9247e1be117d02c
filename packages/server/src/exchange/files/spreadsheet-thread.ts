import excel from 'exceljs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { answerTasks } from '../../core/thread-tasks.ts'
import { MOST } from './bounds.ts'
import type { Book } from './book.ts'
import { checkUnpacked } from './unpack.ts'

answerTasks(readBook)

async function readBook(bytes: Uint8Array): Promise<Book> {
  // What it really unpacks to: the sizes that its own directory names may be anything.
  const { writtenDays } = checkUnpacked(bytes)
  const files = unzipSync(bytes, {
    filter: ({ originalSize, name }) => /^xl\/(?:workbook|styles)\.xml$/.test(name) && originalSize < 10_000_000,
  })
  // The library knows the mark of the 1904 system as "1" only.
  const marked = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["']([^"']*)["']/.exec(
    strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()),
  )?.[1]
  const epoch1904 = marked !== undefined && /^(?:1|true|on)$/i.test(marked)
  const formats = formatsOf(strFromU8(files['xl/styles.xml'] ?? new Uint8Array()))
  const book = new excel.Workbook()
  await book.xlsx.load(Buffer.from(writtenDays ? daysAsText(bytes) : bytes) as never, {
    ignoreNodes: ['dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'picture'],
  })
  const since = book.properties.date1904 === true ? 24_107 : 25_569
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
          cells[column - 1] = valueOf(cell.value, cell.numFmt, { shift, since, formats })
        })
        rows.push(Buffer.from(`${JSON.stringify([number, cells])}\n`))
      })
      return { name: sheet.name, hidden: sheet.state !== 'visible', rows: Buffer.concat(rows) }
    }),
  }
}

/**
 * A cell that holds a written day, up to its value; before the value may stand the formula that it is the result of, which is left
 * out: the library would count such a result as a number. No part can run over a `<`.
 */
const WRITTEN_DAY =
  /(<(?:\w+:)?c\b[^<>]*?\st\s*=\s*["'])d(["'][^<>]*>)\s*(?:<(?:\w+:)?f\b[^<>]*(?:\/>|>[^<]*<\/(?:\w+:)?f\s*>)\s*)?(<(?:\w+:)?v\b[^<>]*>)\s*(\d{4}-\d\d-\d\d)?([^<]*)/g

/** The book with its written days (`<c t="d"><v>2026-03-02T00:00:00</v></c>`, which the library reads as the number 2026) as plain text. */
function daysAsText(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes)
  for (const [name, content] of Object.entries(files)) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/i.test(name)) continue
    const text = strFromU8(content).replaceAll(
      WRITTEN_DAY,
      (_, before: string, after: string, open: string, day: string | undefined, time: string) =>
        `${before}str${after}${open}${day ?? time}`,
    )
    files[name] = strToU8(text)
  }
  return zipSync(files, { level: 0 })
}

/** Whether a format shows days or times: letters of a date outside of quoted text, escaped letters and brackets. */
function showsTime(format: string | undefined): boolean {
  return (
    format === undefined ||
    /[ymdhs]/i.test(format.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')) ||
    /\[(?:h+|m+|s+|\$-[Ff])/.test(format)
  )
}

/** Formats as they are written, by what the library makes of them: it drops the marks of escaped letters and then takes these for days. */
function formatsOf(styles: string): Map<string, string> {
  const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const
  return new Map(
    Array.from(styles.matchAll(/\sformatCode=(?:"([^"]*)"|'([^']*)')/g), ([, double, single]) => {
      const code = (double ?? single ?? '').replaceAll(
        /&(lt|gt|quot|apos|amp);/g,
        (_, name: keyof typeof named) => named[name],
      )
      return [code.replaceAll('\\', ''), code]
    }),
  )
}

interface Days {
  /** Days to add: the system of 1904 where the library does not know its mark. */
  shift: number
  /** 1 January 1970 in the book's own count of days. */
  since: number
  formats: ReadonlyMap<string, string>
}

/** A cell as text or number: days as days, percents with their sign, money with the sign of its format, errors as they are shown. */
function valueOf(value: unknown, format: string | undefined, days: Days): unknown {
  if (value === null || value === undefined) return ''
  if (value instanceof Date && !showsTime(days.formats.get(format ?? '') ?? format))
    return valueOf(value.getTime() / 86_400_000 + days.since, format, days)
  if (value instanceof Date) {
    const at = new Date(value.getTime() + days.shift * 86_400_000)
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
    return valueOf(object.result, format, days)
  if (object.text !== undefined) return valueOf(object.text, format, days)
  return ''
}
