import type { PlainDate, Text } from '@sente/engine'
import { FIELDS } from '../files/fields.ts'
import type { TableKind } from '../files/fields.ts'
import { plainHeading } from '../files/headings.ts'
import { kindOfColumns, mappingFor } from '../files/mapping.ts'
import type { Mapping } from '../files/mapping.ts'
import { ImportProblem } from '../files/problem.ts'
import { unitOf } from './amounts.ts'
import { decide } from './decide.ts'
import type { Reading } from './decide.ts'
import { LEFT_WORDS, tally } from './doubts.ts'
import type { Answers, Doubt, IntakeReport, LeftReason, Tally } from './doubts.ts'
import { cellText, isBlank } from './grid.ts'
import type { Line } from './grid.ts'
import { deletingPlaces, rowJudge } from './judge.ts'
import { locate, LOOKED_THROUGH, unitAbove } from './locate.ts'
import type { Located } from './locate.ts'
import { statusWords } from './statuses.ts'
import type { StatusWords } from './statuses.ts'
import { surveyor } from './survey.ts'
import { systemOf } from './system.ts'

/** What a file holds before it is understood; see `files/grids.ts`. */
export interface Tables {
  sheets: readonly { name: string; hidden: boolean; lines: () => AsyncIterable<Line[]> }[]
  encoding?: string | undefined
  separator?: string | undefined
  epoch1904?: boolean | undefined
  doubts: readonly Doubt[]
}

export interface ListOptions {
  kind?: TableKind | ((columns: readonly string[]) => TableKind) | undefined
  mapping?: Mapping | undefined
  answers: Answers
  ours: { currency?: string | undefined; timeZone?: string | undefined; today?: PlainDate | undefined }
  /** Rows looked at before it is said what is in doubt; without it all are. */
  most?: number
  /** Nothing is recognised: that is shown rather than refused. */
  lenient?: boolean
}

/** A list that is understood: where it is, what its columns hold, how its values are read, and what of that is a guess. */
export interface List {
  kind: TableKind
  columns: string[]
  /** Our field to their column, and to its place in the row. */
  mapping: Map<string, string>
  places: Map<string, number>
  reading: Reading
  report: IntakeReport
  /** The lines that are records, in their order. */
  records: () => AsyncIterable<Line[]>
}

/** Looks at all rows of a list and says how it is read. Throws `ImportProblem` where that cannot be said. */
export async function openList(tables: Tables, options: ListOptions): Promise<List> {
  const { answers } = options
  const doubts: Doubt[] = [...tables.doubts]
  const { sheet, first, located } = await findSheet(tables, answers, doubts)
  const line = first[located.at]
  if (!line)
    throw new ImportProblem(
      answers.headingRow === undefined
        ? { en: 'The file holds no rows.', zh: '文件里没有数据行。' }
        : {
            en: `There is no row ${answers.headingRow} among the first ${LOOKED_THROUGH} for headings.`,
            zh: `前 ${LOOKED_THROUGH} 行里没有第 ${answers.headingRow} 行可作标题。`,
          },
    )
  const columns = headingsOf(line.cells)
  const kind = typeof options.kind === 'function' ? options.kind(columns) : (options.kind ?? kindOfColumns(columns))
  const mapping = checkedMapping(kind, columns, options.mapping, options.lenient ?? false)
  byContent(kind, mapping, columns, first.slice(located.at + 1), options.mapping)
  const places = new Map([...mapping].map(([field, column]) => [field, columns.indexOf(column)]))
  if (located.at > 0 && answers.headingRow === undefined)
    doubts.push({
      about: 'heading-row',
      guess: String(line.row),
      choices: [],
      what: {
        en: `The headings are in row ${line.row}; what stands above is no part of the list.`,
        zh: `标题在第 ${line.row} 行，其上内容不属于列表。`,
      },
      rows: 0,
      examples: first
        .slice(0, located.at)
        .filter((above) => !isBlank(above))
        .slice(0, 3)
        .map(({ row, cells }) => ({ row, value: cells.map(cellText).filter(Boolean).join(' ').slice(0, 80) })),
      waits: false,
      option: '--heading-row 1',
    })
  const above = { ...unitAbove(first.slice(0, located.at)) }
  const leftOut = new Map<LeftReason, Tally>()
  const statuses = statusWords(answers.statuses)
  const records = (watch?: (reason: LeftReason, line: Line) => void): AsyncIterable<Line[]> =>
    recordsOf(sheet.lines(), { kind, columns, places, headingRow: line.row, statuses, watch })
  const { see, seeDays, survey } = surveyor(
    kind,
    (field) => places.get(field) ?? -1,
    columns,
    answers.currency ?? options.ours.currency,
    answers,
  )
  const units: Line[] = []
  const kept = keeper()
  outer: for await (const lot of records((reason, left) => {
    if (reason === 'units') units.push(left)
    if (reason === 'planned' || reason === 'deleted') seeDays(left.row, left.cells)
    tally(leftOut, reason).add(left.row, left.cells.map(cellText).filter(Boolean).slice(0, 6).join(' | '))
  })) {
    for (const { row, cells } of lot) {
      see(row, cells)
      if (survey.rows >= (options.most ?? Infinity)) {
        kept.drop()
        break outer
      }
    }
    kept.keep(lot)
  }
  for (const { cells } of units)
    for (const field of ['amount', 'expectedRevenue']) {
      const place = places.get(field)
      const unit = place === undefined ? {} : unitOf(`(${cellText(cells[place]).replaceAll(/[()（）]/g, '')})`)
      Object.assign(above, unit)
    }
  const decided = decide({
    kind,
    columnOf: (field) => mapping.get(field),
    survey,
    answers,
    system: systemOf(columns),
    ours: options.ours,
    unitAbove: above,
    epoch1904: tables.epoch1904 ?? false,
    today: options.ours.today ?? (new Date().toISOString().slice(0, 10) as PlainDate),
    historyColumns:
      kind === 'deals' &&
      columns.some((column) =>
        /^(?:fromstage|tostage|oldvalue|newvalue|原阶段|变更前阶段)$/.test(plainHeading(column)),
      ),
  })
  doubts.push(...decided.doubts)
  return {
    kind,
    columns,
    mapping,
    places,
    reading: decided.reading,
    records: () => kept.lots() ?? records(),
    report: {
      ...(tables.sheets.length > 1 ? { sheet: sheet.name } : {}),
      headingRow: line.row,
      ...(tables.encoding === undefined ? {} : { encoding: tables.encoding }),
      ...(tables.separator === undefined ? {} : { separator: tables.separator }),
      taken: survey.rows,
      doubts: answers.yes ? doubts.map((doubt) => ({ ...doubt, waits: false })) : doubts,
      leftOut: [...leftOut].map(([reason, { rows, examples }]) => ({
        reason,
        what: LEFT_WORDS[reason],
        rows,
        examples,
      })),
      stages: [...survey.stages].slice(0, 200).map(([stage, { rows }]) => {
        const means = decided.reading.stageOf(stage)
        return { stage, rows, ...(means === undefined ? {} : { means }) }
      }),
    },
  }
}

/** Characters of a list that are kept from the look at all rows until they are used: a list that is larger is read from the file again. */
const KEPT = 4_000_000

/** Keeps what was read while it is small. */
function keeper(): { keep: (lot: Line[]) => void; drop: () => void; lots: () => AsyncIterable<Line[]> | undefined } {
  let lots: Line[][] | undefined = []
  let size = 0
  return {
    keep(lot) {
      if (!lots) return
      lots.push(lot)
      for (const { cells } of lot) for (const cell of cells) size += typeof cell === 'string' ? cell.length + 8 : 8
      if (size > KEPT) lots = undefined
    },
    drop() {
      lots = undefined
    },
    lots() {
      const all = lots
      return (
        all &&
        (async function* () {
          yield* all
        })()
      )
    },
  }
}

/** The sheet that holds the list: as said, else the one whose headings we know best, visible before hidden. */
async function findSheet(
  { sheets }: Tables,
  answers: Answers,
  doubts: Doubt[],
): Promise<{ sheet: Tables['sheets'][number]; first: Line[]; located: Located }> {
  const wanted =
    answers.sheet === undefined
      ? sheets
      : sheets.filter(({ name }, i) => name === answers.sheet || String(i + 1) === answers.sheet)
  if (wanted.length === 0)
    throw new ImportProblem({
      en: `There is no sheet "${answers.sheet}"; there are ${sheets.map(({ name }) => name).join(', ')}.`,
      zh: `没有工作表“${answers.sheet}”；现有 ${sheets.map(({ name }) => name).join('、')}。`,
    })
  const seen: { sheet: Tables['sheets'][number]; first: Line[]; located: Located }[] = []
  for (const sheet of wanted) {
    const first = await firstLines(sheet)
    seen.push({ sheet, first, located: locate(first, answers.headingRow) })
  }
  const score = ({ sheet, first, located }: (typeof seen)[number]): number =>
    located.known * 10 + (first.length > located.at + 1 ? 5 : 0) - (sheet.hidden ? 15 : 0)
  const best = seen.reduce((a, b) => (score(b) > score(a) ? b : a))
  const visible = sheets.filter(({ hidden }) => !hidden)
  if (answers.sheet === undefined && sheets.length > 1 && (best.sheet !== sheets[0] || visible.length > 1))
    doubts.push({
      about: 'sheet',
      guess: best.sheet.name,
      choices: sheets.map(({ name }) => name).filter((name) => name !== best.sheet.name),
      what: {
        en: `The list is taken from the sheet "${best.sheet.name}".`,
        zh: `列表取自工作表“${best.sheet.name}”。`,
      },
      rows: 0,
      examples: [],
      waits:
        seen.filter(
          (one) =>
            one !== best && !one.sheet.hidden && one.located.known >= 3 && one.located.known >= best.located.known,
        ).length > 0,
      option: `--sheet "${sheets.find(({ name }) => name !== best.sheet.name)!.name}"`,
    })
  return best
}

async function firstLines(sheet: Tables['sheets'][number]): Promise<Line[]> {
  const first: Line[] = []
  for await (const lot of sheet.lines()) {
    first.push(...lot.slice(0, LOOKED_THROUGH - first.length))
    if (first.length >= LOOKED_THROUGH) break
  }
  return first
}

/** Empty headings and repeated ones are made different, so that no column hides another. */
export function headingsOf(cells: readonly unknown[]): string[] {
  const seen = new Map<string, number>()
  const names = cells.map((cell, i) => {
    const name = cellText(cell).replaceAll(/\s*\n\s*/g, ' ') || `#${i + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
  while (names.at(-1)?.startsWith('#') === true) names.pop()
  return names
}

function checkedMapping(
  kind: TableKind,
  columns: readonly string[],
  said: Mapping | undefined,
  lenient: boolean,
): Map<string, string> {
  const { mapping, unknownColumns, unknownFields } = mappingFor(kind, columns, said)
  if (unknownFields.length > 0)
    throw new ImportProblem({
      en: `The mapping names fields that do not exist: ${unknownFields.join(', ')}.`,
      zh: `映射里有不存在的字段：${unknownFields.join('、')}。`,
    })
  if (unknownColumns.length > 0)
    throw new ImportProblem({
      en: `The file has no column ${unknownColumns.join(', ')}; it has ${columns.join(', ')}.`,
      zh: `文件没有列 ${unknownColumns.join('、')}；现有 ${columns.join('、')}。`,
    })
  if (mapping.size === 0 && !lenient)
    throw new ImportProblem({
      en: `No column is recognised (${columns.join(', ')}): say which is which.`,
      zh: `没有认出任何一列（${columns.join('、')}）：请指定映射。`,
    })
  return mapping
}

const YES_NO = /^(?:true|false|yes|no|1|0|是|否)$/i

/** Where one heading has two meanings, the first values tell: `Closed` holds days in some programs and yes or no in others. */
function byContent(
  kind: TableKind,
  mapping: Map<string, string>,
  columns: readonly string[],
  first: readonly Line[],
  said: Mapping | undefined,
): void {
  if (kind !== 'deals') return
  const samples = (column: string): string[] =>
    first.map(({ cells }) => cellText(cells[columns.indexOf(column)])).filter(Boolean)
  for (const column of columns) {
    if (plainHeading(column) !== 'closed' || (said !== undefined && Object.values(said).includes(column))) continue
    const values = samples(column)
    const flags = values.length > 0 && values.every((value) => YES_NO.test(value))
    for (const field of ['closed', 'closeDate']) if (mapping.get(field) === column) mapping.delete(field)
    if (flags && !mapping.has('closed')) mapping.set('closed', column)
    if (!flags && !mapping.has('closeDate')) mapping.set('closeDate', column)
  }
}

interface Records {
  kind: TableKind
  columns: readonly string[]
  places: ReadonlyMap<string, number>
  headingRow: number
  statuses: StatusWords
  watch?: ((reason: LeftReason, line: Line) => void) | undefined
}

/** The lines below the headings that are records. What stands once for a group of rows is filled down. */
async function* recordsOf(
  lots: AsyncIterable<Line[]>,
  { kind, columns, places, headingRow, statuses, watch }: Records,
): AsyncGenerator<Line[]> {
  const place = (field: string): number => places.get(field) ?? -1
  const numeric = new Set(
    FIELDS[kind].flatMap(({ name, type }) =>
      ['amount', 'share', 'count', 'currency', 'hours'].includes(type) && place(name) >= 0 ? [place(name)] : [],
    ),
  )
  const name = ['name', 'lastName', 'what', 'text'].map(place).find((at) => at >= 0) ?? -1
  const judge = rowJudge({
    columns,
    mapped: [...new Set(places.values())],
    name,
    telling: ['stage', 'openedOn', 'closeDate', 'on', 'externalId', 'email', 'status']
      .map(place)
      .filter((at) => at >= 0),
    numbers: numeric,
    deleted: deletingPlaces(columns, place('deleted')),
    status: kind === 'deals' ? place('status') : -1,
  })
  const status = kind === 'activities' ? place('outcome') : -1
  const done = kind === 'activities' ? place('closed') : -1
  // Reports sorted into groups write the group once; its heading carries an arrow.
  const groups = columns.flatMap((column, i) => (/[↑↓▲▼]/.test(column) ? [{ at: i, value: '' as unknown }] : []))
  const known = columns.length
  for await (const lot of lots) {
    const out: Line[] = []
    for (const line of lot) {
      if (line.row <= headingRow) continue
      // What could not even be split is no blank line.
      const why = line.fault !== undefined && isBlank(line) ? undefined : judge(line)
      if (why !== undefined) {
        if (why !== 'blank') watch?.(why, line)
        continue
      }
      if (
        (status >= 0 && statuses.activity(cellText(line.cells[status])) === 'planned') ||
        (done >= 0 && /^(?:false|0|no|否)$/i.test(cellText(line.cells[done])))
      ) {
        watch?.('planned', line)
        continue
      }
      for (const group of groups) {
        const value = line.cells[group.at]
        if (cellText(value) !== '') group.value = value
      }
      const extra =
        line.fault === undefined &&
        line.cells.length > known &&
        line.cells.slice(known).some((cell) => cellText(cell) !== '')
      const grouped = groups.some(({ at }) => cellText(line.cells[at]) === '')
      out.push(
        extra
          ? { ...line, fault: tooMany(line.cells.length, known) }
          : grouped
            ? { ...line, cells: filled(line.cells, groups) }
            : line,
      )
    }
    if (out.length > 0) yield out
  }
}
const filled = (cells: readonly unknown[], groups: readonly { at: number; value: unknown }[]): unknown[] => {
  const copy = [...cells]
  for (const { at, value } of groups) if (cellText(copy[at]) === '') copy[at] = value
  return copy
}
const tooMany = (cells: number, headings: number): Text => ({
  en: `This row has ${cells} cells, the headings are ${headings}.`,
  zh: `这一行有 ${cells} 个单元格，而标题有 ${headings} 个。`,
})
