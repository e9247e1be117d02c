import { HEADINGS, plainHeading } from '../files/headings.ts'
import type { LeftReason } from './doubts.ts'
import { cellText } from './grid.ts'
import type { Line } from './grid.ts'

/** A whole cell that says "total" in some language, with what stands around it: `Grand Total (12 records)`, `小计：`, `Total for Kestrel`. */
const TOTAL =
  /^[\s*#]*(?:(?:grand|sub|overall|report|page|running)[\s-]*)?(?:total[st]?|sum|count|(?:average|avg)(?:\s+\S+){0,3}|[Σ∑]|summary|summe|zwischensumme|gesamt(?:summe)?|insgesamt|total général|sous-total|somme|totale|subtotale|totaal|suma|summa|итого|всего|razem|celkem|spolu|összesen|toplam|ukupno|yhteensä|i alt|tổng(?: cộng)?|σύνολο|รวม|合[计計]|总[计計数额]|總[計數額]|小[计計]|共[计計]|累[计計]|汇总|平均|合計|総計|소계|합계|총계)(?:\s*[:：(（].*|\s+(?:for|of|records?|count|\d).*)?$|^.{0,40}[\s\u3000]*(?:小[计計]|合[计計])\s*[:：]?$|^(?:共|合计|总共)\s*\d+\s*(?:条|个|项|笔)/i
/** What programs and people write below a list. */
const FOOT =
  /^(?:copyright|©|\(c\)\s|confidential\b|generated (?:by|on|at)|exported (?:by|on|from)|as of\b|report (?:run|generated|name)|printed|page \d|end of (?:report|file)|filtered by|show:|all rights reserved|\d+ (?:records?|rows?) |total records|source:|notes?\s*[:：]|legend|remarks?\s*[:：]|stand\s*[:：]|erstellt|注\s*[:：]|备注\s*[:：]|说明\s*[:：]|填表|制表|审核|复核|审批人|打印|导出|截止|截至|数据来源|统计|第\s*\d+\s*页|以上|以下空白|本表|\*{1,3}\s)|all rights reserved|confidential information|do not distribute|仅供内部|严禁外传|保密/i
const UNIT_CELL =
  /^[（([【]?\s*(?:单位[:：]?\s*)?(?:(?:人民币|美元|欧元|港币)?(?:千|万|百万|亿)?元|人民币|万美元|[A-Z]{3}|[kKmM]\s?(?:EUR|USD|€|\$)|[€$£¥%％]|天|个|人|小时|days?|hours?|units?|text|string|number|date|datetime|currency|percent|文本|文字|数字|数值|日期|日期格式|必填|选填|非必填|单选|下拉|required|optional|mandatory|y{2,4}[-/.年]mm?[-/.月]dd?日?|dd?[-/.]mm?[-/.]yyyy|mm?[-/.]dd?[-/.]yyyy|-|\/)\s*[)）\]】]?$/i
const EXAMPLE = /^[（([【]?(?:示例|样例|示范|举例|example|sample row|e\.g\.)(?:[:：）)\]】\s]|$)/i
/** What a column of deleting holds of a record that is: yes, the word, or the moment. */
const DELETED = /^(?:true|1|yes|y|是|已?删除|deleted|已?作废|.*\b(?:19|20)\d\d\b.*|(?:19|20)\d\d年.*)$/i
/** "4 deals", "12 Datensätze", "共 3 条": a count below a list. */
const COUNT =
  /^(?:共|合计|总共|total[: ]?)?\s*\d[\d.,]*\s*(?:deals?|opportunit(?:y|ies)|records?|rows?|items?|entries|leads?|accounts?|contacts?|persons?|people|organi[sz]ations?|activities|tasks?|datensätze|einträge|opportunités|enregistrements|registros|条|笔|个商机|个客户|项|件)(?:记录|数据|商机|客户)?(?:\s*(?:in total|total|found|selected))?$/i

const DELETING: ReadonlySet<string> = new Set(HEADINGS.deals['deleted']!.split(' '))
/** Programs say in several columns that a record is deleted: by a flag, a moment, the life of the record. `mapped`: the one that was named, or -1. */
export const deletingPlaces = (columns: readonly string[], mapped: number): number[] =>
  columns.flatMap((column, i) => (i === mapped || DELETING.has(plainHeading(column)) ? [i] : []))

export interface JudgedColumns {
  columns: readonly string[]
  /** Places of the columns that our fields are read from. */
  mapped: readonly number[]
  /** Of the name; of what else tells records apart (stage, day, id, account). */
  name: number
  telling: readonly number[]
  /** Of the numbers that a total would sum. */
  numbers: ReadonlySet<number>
  /** Columns that say whether the CRM has deleted the record, and of those the status of a deal, of which one word says it. */
  deleted: readonly number[]
  status: number
}

/** Tells which rows are no records. It remembers where it is in the list: rows are to be shown to it in their order, once. */
export function rowJudge({
  columns,
  mapped,
  name,
  telling,
  numbers,
  deleted,
  status,
}: JudgedColumns): (line: Line) => LeftReason | 'blank' | undefined {
  let seen = 0
  let tail = false
  let afterBlank = false
  const heads = columns.map((column) => column.toLowerCase())
  const judge = (line: Line): LeftReason | 'blank' | undefined => {
    const { cells } = line
    const named = name < 0 ? '' : cellText(cells[name])
    let known = 0
    for (const place of mapped) if (cellText(cells[place]) !== '') known++
    // The common case first.
    if (known >= 3 && named !== '' && seen > 1 && !tail && !SUSPECT.test(named) && !isDeleted(cells))
      return repeats(cells) ? 'heading' : undefined
    let all = 0
    let first = ''
    for (const cell of cells) {
      const text = cellText(cell)
      if (text === '') continue
      if (all++ === 0) first = text
    }
    if (all === 0) return 'blank'
    // Nothing is recognised yet: nobody knows what a record looks like.
    if (mapped.length === 0) return undefined
    if (isDeleted(cells)) return 'deleted'
    if (repeats(cells)) return 'heading'
    if (seen < 2 && isUnits(cells)) return 'units'
    return bySums(cells, named, known, first) ?? byShape(named, known, all, first)
  }
  const isDeleted = (cells: readonly unknown[]): boolean => {
    for (const place of deleted) if (DELETED.test(cellText(cells[place]))) return true
    return status >= 0 && /^(?:deleted|已删除)$/i.test(cellText(cells[status]))
  }
  /** Sums, what stands below a list, and examples; `known`: filled cells of columns that our fields are read from. */
  const bySums = (cells: readonly unknown[], named: string, known: number, first: string): LeftReason | undefined => {
    const tells = telling.filter((place) => cellText(cells[place]) !== '' && !TOTAL.test(cellText(cells[place]))).length
    if (isTotal(cells) && tells === 0) return 'total'
    if ((FOOT.test(first) || COUNT.test(first)) && tells === 0) return 'footer'
    if (seen < 2 && EXAMPLE.test(first)) return 'example'
    // Sums without a word: numbers alone, below the list.
    const sums =
      named === '' &&
      tells === 0 &&
      known > 0 &&
      mapped.every((place) => cellText(cells[place]) === '' || numbers.has(place))
    return sums ? (seen > 0 ? 'total' : 'footer') : undefined
  }
  /** By how much of the row is filled; `all`: filled cells. */
  const byShape = (named: string, known: number, all: number, first: string): LeftReason | undefined => {
    if (known === 0 && seen > 0 && !afterBlank && !tail && !FOOT.test(first)) return 'continuation'
    if (
      all === 1 &&
      columns.length > 1 &&
      (name < 0 || named === '' || ((afterBlank || tail) && columns.length > 2) || looksLikeWords(first))
    )
      return 'footer'
    if (known === 0) return seen > 0 ? 'continuation' : 'footer'
    return undefined
  }
  const repeats = (cells: readonly unknown[]): boolean => {
    let [same, some] = [0, 0]
    const place = name >= 0 ? name : 0
    // Headings come again as they were: the quick look is enough for nearly every row.
    if (cellText(cells[place]).toLowerCase() !== heads[place]) return false
    for (let i = 0; i < heads.length; i++) {
      const text = cellText(cells[i])
      if (text === '') continue
      some++
      if (text.toLowerCase() === heads[i]) same++
    }
    return same >= 2 && same * 2 > some
  }
  const isUnits = (cells: readonly unknown[]): boolean => {
    let some = 0
    for (const cell of cells) {
      const text = cellText(cell)
      if (text === '') continue
      if (!UNIT_CELL.test(text)) return false
      some++
    }
    return some > 0
  }
  const isTotal = (cells: readonly unknown[]): boolean => {
    for (const [i, cell] of cells.entries()) {
      if (numbers.has(i)) continue
      const text = cellText(cell)
      if (text !== '') return TOTAL.test(text)
    }
    return false
  }
  return (line) => {
    const why = judge(line)
    if (why === 'blank') afterBlank = true
    else if (why === undefined) {
      seen++
      tail = false
      afterBlank = false
    } else if (why === 'footer') tail = seen > 0
    return why
  }
}
const SUSPECT =
  /^\d|[Σ∑]|\bavg\b|total|sum|count|average|合|总|總|小计|小計|共|累|汇|平均|gesamt|totaal|итого|всего|razem|celkem|spolu|összesen|toplam|ukupno|yhteensä|i alt|tổng|σύνολο|รวม|総計|계|copyright|confidential|©|generated|示例|样例|example|^(?:注|备注|说明|制表)/i
/** A sentence rather than a name. */
const looksLikeWords = (text: string): boolean =>
  FOOT.test(text) || text.length > 80 || /[。；;：:]\s*\S{6,}/.test(text)
