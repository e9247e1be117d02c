import { closeSync, openSync, readSync } from 'node:fs'
import { extname } from 'node:path'
import { parse } from 'yaml'
import type { Lang, Methodology } from '@sente/engine'
import { fieldLabel } from '../exchange/files/fields.ts'
import { readTable } from '../exchange/files/crm.ts'
import type { Table } from '../exchange/files/crm.ts'
import { FileProblem, readBytes, readText } from '../exchange/files/deal-file.ts'
import type { TableKind } from '../exchange/files/fields.ts'
import { isForeignJson } from '../exchange/files/json-grid.ts'
import { ImportProblem } from '../exchange/files/problem.ts'
import type { Answers } from '../exchange/intake/doubts.ts'
import { EXIT, Stop } from './context.ts'
import { reportLines } from './terminal/intake.ts'
import { hang } from './terminal/text.ts'

/** Files that hold lists of other programs. */
const ENDINGS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.xlsx', '.xls', '.vcf', '.ics', '.ndjson', '.jsonl'])
export function isList(file: string): boolean {
  const ending = extname(file).toLowerCase()
  return ENDINGS.has(ending) || (ending === '.json' && isForeignJson(beginningOf(file)))
}

/** The first bytes of a file; nothing where it cannot be read, which is said where it is used. */
function beginningOf(file: string): string {
  try {
    const opened = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(64 * 1024)
      return bytes.toString('utf8', 0, readSync(opened, bytes, 0, bytes.length, 0))
    } finally {
      closeSync(opened)
    }
  } catch {
    return ''
  }
}

/** Without a workspace its settings are unknown: the time zone is this machine's. */
const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

interface ReadOptions {
  answers: Answers
  map?: Readonly<Record<string, string>> | undefined
  methodology: Methodology
  kind?: TableKind | undefined
}

/** Reads a list without a server. Throws a `FileProblem` that says what to do. */
export async function readList(file: string, { answers, map, methodology, kind }: ReadOptions): Promise<Table> {
  const bytes = await readBytes(file)
  if (bytes.length > 200e6)
    throw new FileProblem({ en: `${file}: larger than 200 MB; split it.`, zh: `${file}：超过 200 MB，请拆分。` })
  try {
    return await readTable(file, bytes, {
      answers,
      ...(map ? { map } : {}),
      method: methodology,
      kind,
      ours: { timeZone: zoneHere() },
    })
  } catch (error) {
    if (error instanceof ImportProblem)
      throw new FileProblem({ en: `${file}: ${error.says.en}`, zh: `${file}：${error.says.zh}` })
    throw error
  }
}

/** Faults shown; the rest is counted. */
const SHOWN = 20

/** What an import of a list would take, doubt and leave out. */
export function listLines({ file, kind, rows, report, unused }: Table, lang: Lang, columns: number): string[] {
  const t = (en: string, zh: string): string => (lang === 'zh' ? zh : en)
  const faulty = rows.filter((row) => row.faults.length > 0)
  const out = [
    t(
      `${file} (${kind}): ${rows.length - faulty.length} of ${rows.length} records can be taken`,
      `${file}（${kind}）：${rows.length} 条记录中可导入 ${rows.length - faulty.length} 条`,
    ),
  ]
  for (const { row, field, what, value } of faulty.flatMap((one) => one.faults).slice(0, SHOWN))
    out.push(
      ...hang(
        '  ',
        `${t(`row ${row}`, `第 ${row} 行`)}${field === '' ? '' : ` ${fieldLabel(kind, field)[lang]}`}${value === undefined ? '' : ` “${value}”`}: ${what[lang]}`,
        columns,
      ),
    )
  if (faulty.length > SHOWN)
    out.push(t(`  … and ${faulty.length - SHOWN} more`, `  ……还有 ${faulty.length - SHOWN} 条`))
  const named = unused.filter((column) => !/^#\d+$/.test(column))
  if (named.length > 0)
    out.push(
      ...hang(
        '  ',
        t(
          `nothing is read from: ${named.join(', ')} (--map says what a column is)`,
          `未使用的列：${named.join('、')}（可用 --map 指定）`,
        ),
        columns,
      ),
    )
  return [...out, ...reportLines(report, { lang, columns })]
}

/** The same for programs. */
export const jsonOfList = ({ file, kind, rows, report, unused }: Table): unknown => ({
  file,
  kind,
  unused,
  records: rows.map(({ row, given, faults }) => ({ row, ...given, ...(faults.length > 0 ? { faults } : {}) })),
  report,
})

/** A mapping of our fields to their columns, from a file. */
export async function readMapping(file: string, lang: Lang): Promise<Record<string, string>> {
  const map: unknown = parse(await readText(file))
  if (
    typeof map === 'object' &&
    map !== null &&
    !Array.isArray(map) &&
    Object.values(map).every((column) => typeof column === 'string')
  )
    return map as Record<string, string>
  throw new Stop(
    lang === 'zh' ? `${file}：应为“字段: 列名”` : `${file}: expected lines like "field: column"`,
    EXIT.badInput,
  )
}
