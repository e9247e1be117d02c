import { isAscii } from 'node:buffer'
import Papa from 'papaparse'
import type { Answers, Doubt } from '../intake/doubts.ts'
import { encodingIn, ENCODINGS, isEncoding } from '../intake/encoding.ts'
import type { Line } from '../intake/grid.ts'
import { separatorIn, separatorSaid } from '../intake/separator.ts'
import { foreignKind } from './decode.ts'
import { MOST, tooWide } from './bounds.ts'
import type { Held } from './held.ts'
import { ImportProblem } from './problem.ts'

/** One table as it stands in a file. */
export interface Sheet {
  name: string
  hidden: boolean
  /** Can be gone through more than once. */
  lines: () => AsyncIterable<Line[]>
}
/** The tables of a file, not yet understood. */
export interface Grid {
  sheets: Sheet[]
  encoding?: string
  separator?: string
  /** Its serial numbers of days count from 1904. */
  epoch1904?: boolean
  doubts: Doubt[]
}

const PIECE = 64 * 1024

/** CSV, TSV and their kin: encoding and separator as said, else found by looking. */
export async function textGrid(held: Held, answers: Answers): Promise<Grid> {
  const foreign = foreignKind(held.head)
  if (foreign)
    throw new ImportProblem({
      en: `This is ${foreign.en}, not a list. Export the list as CSV or XLSX.`,
      zh: `这是${foreign.zh}，不是列表。请把列表导出为 CSV 或 XLSX。`,
    })
  const doubts: Doubt[] = []
  const encoding = await encodingOf(held, answers, doubts)
  const head = new TextDecoder(encoding).decode(held.head, { stream: true })
  if (head.trim() === '' && held.size <= held.head.length)
    throw new ImportProblem({ en: 'The file is empty.', zh: '文件是空的。' })
  const bom = head.startsWith('\ufeff') ? 1 : 0
  const told = separatorSaid(head)
  const found = separatorIn(head.slice(bom || told?.rest ? Math.max(bom, told?.rest ?? 0) : 0))
  const separator = answers.separator ?? told?.separator ?? found.separator
  if (answers.separator === undefined && !told && !found.sure)
    doubts.push({
      about: 'separator',
      guess: separator,
      choices: [',', ';', '\\t', '|'],
      what: {
        en: `Columns are parted at "${separator === '\t' ? 'tab' : separator}"; another mark would part them as evenly.`,
        zh: `按“${separator === '\t' ? '制表符' : separator}”分列；用另一个符号也能分得整齐。`,
      },
      rows: 0,
      examples: [],
      waits: false,
      option: '--separator ";"',
    })
  return {
    encoding,
    separator,
    doubts,
    sheets: [{ name: '', hidden: false, lines: () => csvLines(textOf(held, encoding), separator, told !== undefined) }],
  }
}

async function encodingOf(held: Held, answers: Answers, doubts: Doubt[]): Promise<string> {
  if (answers.encoding !== undefined) {
    if (isEncoding(answers.encoding)) return answers.encoding
    throw new ImportProblem({
      en: `There is no encoding "${answers.encoding}"; for example ${ENCODINGS.join(', ')}.`,
      zh: `没有编码“${answers.encoding}”；例如 ${ENCODINGS.join('、')}。`,
    })
  }
  const sample = await telling(held)
  const found = encodingIn(sample)
  if (!found) throw notText()
  if (found.sure < 1 || !found.encoding.startsWith('utf')) {
    const text = new TextDecoder(found.encoding).decode(sample, { stream: true })
    const words = [...new Set(text.match(/[\p{L}\d .&-]*[\u0080-\uffff][\p{L}\d .&-]*/gu) ?? [])]
      .slice(0, 5)
      .map((word) => word.trim().slice(0, 40))
    doubts.push({
      about: 'encoding',
      guess: found.encoding,
      choices: [...new Set([...found.others, ...ENCODINGS])].filter((one) => one !== found.encoding),
      what: {
        en: `The file is no UTF-8; its letters are read as ${found.encoding}: ${words.slice(0, 3).join(', ')}.`,
        zh: `文件不是 UTF-8，按 ${found.encoding} 读取：${words.slice(0, 3).join('、')}。`,
      },
      rows: 0,
      examples: words.map((value) => ({ row: 0, value })),
      waits: found.sure < 0.1,
      option: `--encoding ${found.others[0] ?? (found.encoding === 'big5' ? 'gb18030' : 'big5')}`,
    })
  }
  return found.encoding
}

/** The first bytes that are not plain ASCII, with what follows; the beginning where there are none. */
async function telling(held: Held): Promise<Uint8Array> {
  if (!isAscii(held.head)) return held.head
  for await (const chunk of held.read()) {
    if (isAscii(chunk)) continue
    const at = chunk.findIndex((byte) => byte >= 0x80)
    return chunk.subarray(at, at + 64 * 1024)
  }
  return held.head
}

// eslint-disable-next-line no-control-regex -- it is control characters that we look for
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/
const notText = (): ImportProblem =>
  new ImportProblem({
    en: 'This is no text in an encoding that is known (or it changes its encoding half way). Name the encoding, or export it again as CSV in UTF-8.',
    zh: '文件不是可识别编码的文本（或中途变了编码）。请指定编码，或重新导出为 UTF-8 的 CSV。',
  })

async function* textOf(held: Held, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const read = (bytes?: Uint8Array): string => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
      if (BINARY.test(text)) throw notText()
      return text
    } catch {
      throw notText()
    }
  }
  for await (const chunk of held.read())
    for (let at = 0; at < chunk.length; at += PIECE) yield read(chunk.subarray(at, at + PIECE))
  yield read()
}

/** The same text with a line feed alone at the end of each line, as the parser wants it; old programs on a Mac end lines with a carriage return alone. */
async function* withLineFeeds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let mac: boolean | undefined
  let held = ''
  for await (const text of texts) {
    let all = held + text
    held = ''
    // What follows it may be its line feed.
    if (all.endsWith('\r')) {
      held = '\r'
      all = all.slice(0, -1)
    }
    mac ??= all.includes('\n') ? false : all.includes('\r') ? true : undefined
    const ended = all.replaceAll('\r\n', '\n')
    if (ended !== '') yield mac ? ended.replaceAll('\r', '\n') : ended
  }
  if (held !== '') yield '\n'
}

/** Papa's own parser of a text, which its types leave open. */
interface Parser {
  parse(
    text: string,
    base: number,
    ignoreLast: boolean,
  ): { data: string[][]; errors: { row?: number }[]; meta: { cursor: number } }
}

async function* csvLines(texts: AsyncIterable<string>, separator: string, told: boolean): AsyncGenerator<Line[]> {
  const quotes = {
    en: 'A quotation mark in this row is not closed, or closed too early.',
    zh: '这一行的引号没有配对。',
  }
  let row = 0
  let rest = ''
  let first = told
  const take = (end: boolean): Line[] => {
    const { data, meta, errors } = (new Papa.Parser({ delimiter: separator }) as unknown as Parser).parse(rest, 0, !end)
    const broken = errors.length === 0 ? undefined : new Set(errors.map((error) => error.row ?? -1))
    rest = rest.slice(meta.cursor)
    if (rest.length > MOST.row)
      throw new ImportProblem({
        en: `Row ${row + data.length + 1} does not end: a quotation mark is not closed.`,
        zh: `第 ${row + data.length + 1} 行没有结束：引号没有配对。`,
      })
    const wide = data.find((cells) => cells.length > MOST.columns)
    if (wide) throw new ImportProblem(tooWide(wide.length))
    return data.map((cells, i): Line => ({ row: ++row, cells, ...(broken?.has(i) ? { fault: quotes } : {}) }))
  }
  let waiting = 0
  for await (const text of withLineFeeds(texts)) {
    rest += text
    waiting += text.length
    if (first && rest.includes('\n')) {
      rest = rest.slice(rest.indexOf('\n') + 1)
      row = 1
      first = false
    }
    if (waiting < PIECE) continue
    waiting = 0
    const lines = take(false)
    if (lines.length > 0) yield lines
  }
  const lines = take(true)
  if (lines.length > 0) yield lines
}
