import type { Text } from '@sente/engine'

/** Text up to this is parsed where it is read; what is longer goes to a thread (`parsing.ts`). */
export const SMALL = 64 * 1024
/** What any list of a customer's program stays below. */
export const MOST = {
  /** Columns of a table. */
  columns: 1000,
  /** Characters of one row of a table, whose end is looked for again with each piece. */
  row: 2 * 1024 * 1024,
  /** Keys of one object, and how deep objects lie in each other. */
  keys: 2000,
  depth: 32,
  /** Values of one record, all told. */
  values: 200_000,
  /** Cells of a spreadsheet. */
  cells: 2_000_000,
  /** Bytes of all that a spreadsheet unpacks to. */
  unpacked: 256 * 1024 * 1024,
  /** Documents of one YAML file. */
  documents: 10_000,
}

/** What of a value is beyond all sense, said so; nothing that comes after it need be afraid of its size. Linear, without recursion. */
export function beyond(value: unknown): Text | undefined {
  let values = 0
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST.depth)
      return {
        en: `This lies in itself more than ${MOST.depth} times: it is no record.`,
        zh: `嵌套超过 ${MOST.depth} 层：这不是一条记录。`,
      }
    const below: unknown[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      const inner = Array.isArray(one) ? (one as unknown[]) : Object.values(one)
      values += inner.length
      if (!Array.isArray(one) && inner.length > MOST.keys)
        return {
          en: `This has ${inner.length} fields; more than ${MOST.keys} are no record.`,
          zh: `这里有 ${inner.length} 个字段；超过 ${MOST.keys} 个就不是一条记录。`,
        }
      if (values > MOST.values)
        return {
          en: `This has more than ${MOST.values} values: it is no single record.`,
          zh: `这里的值超过 ${MOST.values} 个：这不是一条记录。`,
        }
      for (const each of inner) if (typeof each === 'object' && each !== null) below.push(each)
    }
    level = below
  }
  return undefined
}

/** Refused before any row is made of it. */
export const tooWide = (columns: number): Text => ({
  en: `This table has ${columns} columns; at most ${MOST.columns}. Export the columns that matter, or check the separator.`,
  zh: `表格有 ${columns} 列，最多 ${MOST.columns} 列。请只导出需要的列，或检查分隔符。`,
})

/** Cells that one attribute of a page makes out of nothing count as any others. */
export const tooMany = (): Text => ({
  en: `This table has more than ${MOST.cells} cells: save it as CSV and import that.`,
  zh: `表格超过 ${MOST.cells} 个单元格：请另存为 CSV 再导入。`,
})
