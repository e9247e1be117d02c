import type { ImportKind, TableKind } from './fields.ts'
import type { Answers } from '../intake/doubts.ts'
import { encodingIn } from '../intake/encoding.ts'
import { textGrid } from './grids.ts'
import type { Grid } from './grids.ts'
import type { Held } from './held.ts'
import { isForeignJson, jsonGrid } from './json-grid.ts'
import { ImportProblem } from './problem.ts'
import { ndjsonSource } from './source.ts'
import type { Source } from './source.ts'

export type Format = 'ndjson' | 'yaml' | TableFormat
export type TableFormat = 'csv' | 'xlsx' | 'html' | 'vcf' | 'ics' | 'json'
const TABLES: ReadonlySet<string> = new Set<TableFormat>(['csv', 'xlsx', 'html', 'vcf', 'ics', 'json'])
/** Formats that hold tables, or what is as good as one. */
export const isTable = (format: Format): format is TableFormat => TABLES.has(format)
/** What a format always holds. */
export const KIND_OF: Partial<Record<Format, TableKind>> = { vcf: 'people', ics: 'activities' }

/** What the first bytes of a file, else its name, say of its format. Programs give tables names that are not theirs. */
export function formatOf(filename: string | undefined, head: Uint8Array, kind: ImportKind | undefined): Format {
  if (head[0] === 0x50 && head[1] === 0x4b) return 'xlsx'
  if (head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0)
    throw new ImportProblem({
      en: 'This is a spreadsheet in the old format (XLS), or one with a password: save it as XLSX or CSV.',
      zh: '这是旧格式（XLS）或带密码的表格：请另存为 XLSX 或 CSV。',
    })
  const ending = /\.([a-z0-9]+)$/i.exec(filename ?? '')?.[1]?.toLowerCase()
  if (ending === 'xlsx')
    throw new ImportProblem({
      en: 'This is no readable spreadsheet (XLSX). Open it and save it again as XLSX or CSV.',
      zh: '这不是可读的 XLSX 表格。请打开后另存为 XLSX 或 CSV。',
    })
  if (ending === 'yaml' || ending === 'yml') return 'yaml'
  const start = Buffer.from(head.subarray(0, 2048))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
  if (/^\s*BEGIN:VCARD/i.test(start)) return 'vcf'
  if (/^\s*BEGIN:VCALENDAR/i.test(start)) return 'ics'
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html|<table|<meta)/i.test(start)) return 'html'
  if (ending === 'csv' || ending === 'tsv') return 'csv'
  return withoutMarks(ending, start, head, kind)
}

function withoutMarks(
  ending: string | undefined,
  start: string,
  head: Uint8Array,
  kind: ImportKind | undefined,
): 'ndjson' | 'yaml' | 'json' | 'csv' {
  const ours = kind === 'deal-files' || kind === 'workspace'
  if (!ours && /^\s*[[{]/.test(start) && isForeignJson(Buffer.from(head).toString('utf8'))) return 'json'
  if (ending === 'ndjson' || ending === 'jsonl') return 'ndjson'
  if (kind === 'deal-files') return /^\s*\{"/.test(start) ? 'ndjson' : 'yaml'
  return /^\s*\{/.test(start) ? 'ndjson' : 'csv'
}

/** Opens a stream of bytes as rows of our own fields. */
export async function openSource(bytes: AsyncIterable<Uint8Array>, format: 'ndjson' | 'yaml'): Promise<Source> {
  return format === 'ndjson' ? ndjsonSource(bytes) : (await import('./yaml-source.ts')).yamlSource(bytes)
}

/** Opens what is held as tables; `owner`: whose it is, since what costs much is done for one person one after the other. */
export async function openTables(
  held: Held,
  format: TableFormat,
  answers: Answers,
  zone?: string,
  owner?: string,
): Promise<Grid> {
  switch (format) {
    case 'csv':
      return textGrid(held, answers)
    case 'xlsx':
      return (await import('./spreadsheet.ts')).xlsxGrid(held, owner)
    case 'vcf':
      return (await import('./cards.ts')).cardGrid(held)
    case 'ics':
      return (await import('./calendar.ts')).calendarGrid(held, answers.timeZone ?? zone)
    case 'json':
      return jsonGrid(held)
    case 'html':
      return (await import('./html-grid.ts')).htmlGrid(
        held,
        answers.encoding ?? encodingIn(held.head)?.encoding ?? 'utf-8',
      )
  }
}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  wanted = 4096,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let size = 0
  while (size < wanted) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    size += next.value.length
  }
  return {
    head: Buffer.concat(seen),
    all: (async function* () {
      yield* seen
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    })(),
  }
}
