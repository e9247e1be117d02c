import { Parser } from 'htmlparser2'
import type { Line } from '../intake/grid.ts'
import type { Grid } from './grids.ts'
import { MOST, tooMany, tooWide } from './bounds.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

/** A page of more is no list that somebody exported as one. */
const LARGEST = 10 * 1024 * 1024

/** The tables of a page: some programs save one under the name of a spreadsheet. Cells that go over rows count for each of them. */
export async function htmlGrid(held: Held, encoding: string): Promise<Grid> {
  if (held.size > LARGEST)
    throw new ImportProblem({
      en: 'This page is larger than 10 MB: save it as CSV and import that.',
      zh: '网页表格超过 10 MB：请另存为 CSV 再导入。',
    })
  const tables: Line[][] = []
  let cell: { text: string; down: number; over: number } | undefined
  let cells: unknown[] = []
  let all = 0
  let down = new Map<number, { text: string; left: number }>()
  const open: number[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'table') {
        open.push(tables.push([]) - 1)
        down = new Map()
      } else if (name === 'tr') cells = []
      else if (name === 'td' || name === 'th')
        cell = {
          text: '',
          down: Math.min(10_000, Number(attributes['rowspan']) || 1),
          over: Math.min(200, Number(attributes['colspan']) || 1),
        }
      else if (name === 'br' && cell) cell.text += '\n'
    },
    ontext(text) {
      if (cell) cell.text += text
    },
    onclosetag(name) {
      if ((name === 'td' || name === 'th') && cell) {
        fill()
        const text = cell.text.replaceAll(/[ \t\r\u00a0]+/g, ' ').trim()
        if (cell.down > 1) down.set(cells.length, { text, left: cell.down - 1 })
        cells.push(text)
        for (let i = 1; i < cell.over; i++) cells.push('')
        if (cells.length > MOST.columns) throw new ImportProblem(tooWide(cells.length))
        cell = undefined
      } else if (name === 'tr' && open.length > 0) {
        fill()
        const lines = tables[open.at(-1)!]!
        lines.push({ row: lines.length + 1, cells })
        all += cells.length
        if (all > MOST.cells) throw new ImportProblem(tooMany())
        cells = []
      } else if (name === 'table') open.pop()
    },
  })
  const fill = (): void => {
    for (let above = down.get(cells.length); above; above = down.get(cells.length)) {
      if (--above.left === 0) down.delete(cells.length)
      cells.push(above.text)
    }
  }
  const decoder = new TextDecoder(encoding)
  for await (const chunk of held.read()) parser.write(decoder.decode(chunk, { stream: true }))
  parser.end()
  return {
    encoding,
    doubts: [],
    sheets: tables.map((lines, i) => ({
      name: `table ${i + 1}`,
      hidden: false,
      lines: async function* () {
        yield lines
      },
    })),
  }
}
