import type { Deal, Methodology, PlainDate, Text, Touch } from '@sente/engine'
import type { ParsedRow } from './row.ts'
import type { Answers, IntakeReport } from '../intake/doubts.ts'
import { foldHistory } from '../intake/history.ts'
import type { StageChange } from '../intake/history.ts'
import { canonicalId, plainName } from '../intake/identity.ts'
import { openList } from '../intake/list.ts'
import type { List } from '../intake/list.ts'
import { ENDINGS } from '../intake/stages.ts'
import { FIELDS } from './fields.ts'
import type { TableKind } from './fields.ts'
import { formatOf, isTable, KIND_OF, openTables } from './formats.ts'
import { hold } from './held.ts'
import { isOwnWhole } from './json-grid.ts'
import { kindOfColumns, mappingFor } from './mapping.ts'
import { parserOf } from './parse.ts'
import { ImportProblem } from './problem.ts'
import type { RowFault } from './problem.ts'

/** A row that was not used, or used only in part; `row` counts as a spreadsheet does. */
export interface RowRemark {
  file: string
  row: number
  used: boolean
  why: Text
}

export type ColumnMap = Readonly<Record<string, string>>

/** A list of another program, read whole: without a server, deals and activities become deals of the engine. */
export interface Table {
  file: string
  kind: TableKind
  columns: readonly string[]
  /** Columns that nothing is read from. */
  unused: readonly string[]
  rows: ParsedRow[]
  report: IntakeReport
}

export interface TableOptions {
  map?: ColumnMap
  answers?: Answers
  method: Methodology
  /** Of amounts that name none, and of moments. */
  ours?: { currency?: string | undefined; timeZone?: string | undefined; today?: PlainDate | undefined }
  kind?: TableKind | undefined
}

/** Older names of fields in `--map`. */
const ALIASES: Readonly<Record<string, string>> = {
  id: 'externalId',
  created: 'openedOn',
  closed: 'closeDate',
  dealName: 'deal',
  date: 'on',
  subject: 'what',
  contact: 'with',
}
/** Every name that a field may be given in a mapping. */
export const MAP_FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(ALIASES),
  'status',
  ...FIELDS.deals.map(({ name }) => name),
  ...FIELDS.activities.map(({ name }) => name),
])

const mappingOf = (kind: TableKind, map: ColumnMap): Record<string, string> => {
  const known = new Set(FIELDS[kind].map(({ name }) => name))
  return Object.fromEntries(
    Object.entries(map).flatMap(([field, column]) => {
      const name = kind === 'activities' && field === 'status' ? 'outcome' : known.has(field) ? field : ALIASES[field]
      return name !== undefined && known.has(name) ? [[name, column]] : []
    }),
  )
}

/** Activities have a day and name the deal they belong to, but no stage. */
function kindFor(columns: readonly string[], map: ColumnMap): TableKind {
  const here = Object.fromEntries(Object.entries(map).filter(([, column]) => columns.includes(column)))
  const deals = mappingFor('deals', columns, mappingOf('deals', here)).mapping
  const activities = mappingFor('activities', columns, mappingOf('activities', here)).mapping
  const kind = kindOfColumns(columns)
  const ofDeals = activities.has('deal') || activities.has('dealExternalId')
  // Days and words without any name are activities of one deal, which is asked for.
  const ofOne = !deals.has('name') && kind !== 'accounts' && kind !== 'people'
  if (
    !deals.has('stage') &&
    activities.has('on') &&
    (ofDeals || ofOne) &&
    (activities.has('what') || activities.has('text') || activities.has('type'))
  )
    return 'activities'
  return kind === 'accounts' || kind === 'people'
    ? deals.has('name') && (deals.has('stage') || deals.has('openedOn') || deals.has('amount'))
      ? 'deals'
      : kind
    : 'deals'
}

/** Reads a table as a whole. Throws `ImportProblem` when it cannot be read. */
export async function readTable(file: string, bytes: Uint8Array, options: TableOptions): Promise<Table> {
  const { map = {}, answers = {}, method, ours = {} } = options
  const held = await hold(
    (async function* () {
      yield bytes
    })(),
  )
  const found = formatOf(file, held.head, undefined)
  // Rows under our own names are a list as well; deals and a workspace as a whole are none.
  const format = found === 'ndjson' && !isOwnWhole(Buffer.from(held.head).toString('utf8')) ? 'json' : found
  if (!isTable(format))
    throw new ImportProblem({
      en: 'This is no table (CSV, XLSX, HTML or a list in JSON).',
      zh: '这不是表格（CSV、XLSX、HTML 或 JSON 列表）。',
    })
  const tables = await openTables(held, format, answers, ours.timeZone)
  let list: List | undefined
  const open = async (
    kind: TableKind | ((columns: readonly string[]) => TableKind),
    mapping: ColumnMap | undefined,
  ): Promise<List> => openList(tables, { kind, mapping, answers, ours, lenient: true })
  list = await open(options.kind ?? KIND_OF[format] ?? ((columns) => kindFor(columns, map)), undefined)
  const here = mappingOf(
    list.kind,
    Object.fromEntries(Object.entries(map).filter(([, column]) => list!.columns.includes(column))),
  )
  if (Object.keys(here).length > 0) list = await open(list.kind, here)
  const parse = parserOf(list.kind, list.places, {
    method,
    currency: answers.currency ?? ours.currency,
    ...list.reading,
    deal: answers.deal,
  })
  const used = new Set(list.places.values())
  const rows: ParsedRow[] = []
  for await (const lot of list.records()) for (const line of lot) rows.push(parse(line))
  return {
    file,
    kind: list.kind,
    columns: list.columns,
    unused: list.columns.filter((_, i) => !used.has(i)),
    rows: list.reading.history ? foldHistory(rows) : rows,
    report: list.report,
  }
}

/** True when the table has what makes rows of its kind. */
export const isUsable = (table: Table): boolean =>
  table.rows.length === 0 ||
  table.rows.some(({ given }) => given[table.kind === 'activities' ? 'on' : 'name'] !== undefined)

const says = ({ field, what, value }: RowFault): Text => ({
  en: `${field === '' ? '' : `${field}${value === undefined ? '' : ` "${value}"`}: `}${what.en}`,
  zh: `${field === '' ? '' : `${field}${value === undefined ? '' : `“${value}”`}：`}${what.zh}`,
})
/** Without these a row is no record, or would be another one than is meant. */
const NEEDED: ReadonlySet<string> = new Set([
  '',
  'name',
  'externalId',
  'openedOn',
  'closedOn',
  'closeDate',
  'stageSince',
  'wonOn',
  'lostOn',
  'changedOn',
  'on',
])

/** Deals from an opportunity list. Rows that cannot be used are left out and said so. */
export function dealsFrom(
  table: Table,
  asOf: PlainDate,
  ourCurrency?: string,
): { deals: Map<string, Deal>; remarks: RowRemark[] } {
  const deals = new Map<string, Deal>()
  const remarks: RowRemark[] = []
  const ids = new Set<string>()
  for (const { row, given, faults } of table.rows) {
    const remark = (used: boolean, why: Text): void => void remarks.push({ file: table.file, row, used, why })
    const fatal = faults.find(({ field }) => NEEDED.has(field))
    if (fatal) {
      remark(false, says(fatal))
      continue
    }
    const name = given['name'] as string
    const account = given['account'] as string | undefined
    const key = (given['externalId'] as string | undefined) ?? `${plainName(account ?? '')}|${plainName(name)}`
    const status = (given['status'] as Deal['status'] | undefined) ?? 'open'
    const ended = status !== 'open'
    const opened = given['openedOn'] as PlainDate | undefined
    const told = given['closedOn'] as PlainDate | undefined
    const closedOn = ended ? (told ?? opened ?? asOf) : undefined
    if (ended && !told)
      remark(true, {
        en: `"${String(given['stage'] ?? status)}", but the list does not say when; taken as closed on ${closedOn!}`,
        zh: `“${String(given['stage'] ?? status)}”，但列表没有写明日期，按 ${closedOn!} 关闭计`,
      })
    for (const fault of faults)
      remark(true, { en: `${says(fault).en} Used without it.`, zh: `${says(fault).zh}已忽略该值。` })
    if (deals.has(key))
      remark(true, { en: `"${name}" is there twice; the last row counts`, zh: `“${name}”重复，以最后一行为准` })
    const id = deals.get(key)?.id ?? idOf((given['externalId'] as string | undefined) ?? name, ids)
    deals.set(key, dealOf(given, { id, name, account, status, opened, closedOn, asOf, ourCurrency, remark }))
  }
  return { deals, remarks }
}

function idOf(text: string, taken: Set<string>): string {
  const base = text.replace(/[\s/]/g, '-').slice(0, 60)
  let id = base
  for (let i = 2; taken.has(id); i++) id = `${base}-${i}`
  taken.add(id)
  return id
}

interface Known {
  id: string
  name: string
  account: string | undefined
  status: Deal['status']
  opened: PlainDate | undefined
  closedOn: PlainDate | undefined
  asOf: PlainDate
  ourCurrency: string | undefined
  remark: (used: boolean, why: Text) => void
}

function dealOf(given: Readonly<Record<string, unknown>>, known: Known): Deal {
  const { id, name, account, status, opened, closedOn, remark } = known
  const amount = given['amount'] as { value: string; currency?: string } | undefined
  const currency = (given['currency'] as string | undefined) ?? amount?.currency ?? known.ourCurrency
  if (amount && currency === undefined)
    remark(true, {
      en: `amount "${amount.value}" has no currency; used without it (say --currency CNY)`,
      zh: `金额“${amount.value}”没有币种，已忽略金额（可加 --currency CNY）`,
    })
  const { phase, stage } = given as { phase?: string; stage?: string }
  if (stage !== undefined && phase === undefined && status === 'open')
    remark(true, {
      en: `stage "${stage}" is not recognised; used without it`,
      zh: `不认识阶段“${stage}”，已忽略该阶段`,
    })
  const industry = given['industry'] as string | undefined
  const owner = given['owner'] as string | undefined
  const claims = claimsOf(given, known)
  return {
    sente: 1,
    id,
    name,
    status,
    ...(closedOn ? { closedOn } : {}),
    ...(opened ? { openedOn: opened } : {}),
    ...(account ? { account: { name: account, ...(industry ? { industry } : {}) } } : {}),
    ...(amount && currency !== undefined ? { amount: { value: amount.value, currency } } : {}),
    ...(given['probability'] === undefined
      ? {}
      : { sellerEstimate: [{ value: given['probability'] as number, ...(owner ? { by: owner } : {}) }] }),
    ...(given['expectedCloseOn'] === undefined ? {} : { crmCloseOn: given['expectedCloseOn'] as PlainDate }),
    ...(given['nextStep'] === undefined ? {} : { crmNextStep: given['nextStep'] as string }),
    ...(claims.length > 0 ? { stages: claims as NonNullable<Deal['stages']> } : {}),
  }
}

/** What the list says of the phase: its history of stages, or the stage a deal that is open stands in. */
function claimsOf(
  given: Readonly<Record<string, unknown>>,
  { status, opened, asOf }: Known,
): { on: PlainDate | string; phase: string; label: string }[] {
  const { phase, stage, stageSince, changes } = given as {
    phase?: string
    stage?: string
    stageSince?: PlainDate
    changes?: StageChange[]
  }
  if (changes && changes.length > 0) return changes
  if (phase === undefined || ENDINGS.has(phase) || status !== 'open') return []
  return [{ on: stageSince ?? (opened && opened > asOf ? opened : asOf), phase, label: stage! }]
}

/** The ids of the contacts an activity names; whoever is new to the deal is put on its map. */
function peopleOf(deal: Deal, names: readonly string[], title: string | undefined): string[] {
  return names.map((name) => {
    const known = deal.people?.find((person) => plainName(person.name) === plainName(name))
    if (known) return known.id
    const id = `c${(deal.people?.length ?? 0) + 1}`
    ;(deal.people ??= []).push({
      id,
      name: name.slice(0, 200),
      roles: [],
      ...(title && names.length === 1 ? { title: title.slice(0, 200) } : {}),
    })
    return id
  })
}

/** The deal that an activity names by id or by name, or why there is none. */
function dealMeant(
  given: Readonly<Record<string, unknown>>,
  deals: ReadonlyMap<string, Deal>,
  byName: ReadonlyMap<string, readonly Deal[]>,
): Deal | Text {
  const [byId, named] = [given['dealExternalId'] as string | undefined, given['deal'] as string | undefined]
  const same = named === undefined ? [] : (byName.get(plainName(named)) ?? [])
  const deal =
    (byId === undefined ? undefined : deals.get(byId)) ??
    (named === undefined ? undefined : deals.get(canonicalId(named))) ??
    (same.length === 1 ? same[0] : undefined)
  if (deal) return deal
  if (same.length > 1) return { en: `several opportunities are called "${named!}"`, zh: `有多个商机叫“${named!}”` }
  return { en: `no opportunity "${byId ?? named ?? ''}" in the list`, zh: `列表里没有商机“${byId ?? named ?? ''}”` }
}

function touchOf(deal: Deal, given: Readonly<Record<string, unknown>>, text: string | undefined): Touch {
  const what = (given['what'] as string | undefined) ?? (given['type'] as string | undefined) ?? text?.slice(0, 80)
  const hours = given['hours'] as number | undefined
  return {
    on: given['on'] as PlainDate,
    with: peopleOf(deal, (given['with'] as string[] | undefined) ?? [], given['contactTitle'] as string | undefined),
    outcome: (given['outcome'] as Touch['outcome'] | undefined) ?? 'done',
    ...(what ? { what } : {}),
    ...(hours !== undefined && hours > 0 && hours < 1000 ? { hours } : {}),
  }
}

/** Puts activities to their deals as touches, their texts as notes. */
export function addActivities(table: Table, deals: ReadonlyMap<string, Deal>): RowRemark[] {
  const byName = Map.groupBy(deals.values(), (deal) => plainName(deal.name))
  const remarks: RowRemark[] = []
  for (const { row, given, faults } of table.rows) {
    const remark = (en: string, zh: string): void =>
      void remarks.push({ file: table.file, row, used: false, why: { en, zh } })
    const deal = dealMeant(given, deals, byName)
    if ('en' in deal) {
      remark(deal.en, deal.zh)
      continue
    }
    const fatal = faults.find(({ field }) => NEEDED.has(field))
    if (fatal) {
      remark(says(fatal).en, says(fatal).zh)
      continue
    }
    const text = given['text'] as string | undefined
    const touch = touchOf(deal, given, text)
    ;(deal.touches ??= []).push(touch)
    if (text) (deal.notes ??= []).push({ on: touch.on, text: text.slice(0, 20_000) })
  }
  return remarks
}

/** The texts of an activity list as notes, whatever deal they belong to, and what was doubted. Rows without a day or words are left out. */
export async function activityNotes(
  file: string,
  bytes: Uint8Array,
  method: Methodology,
  timeZone: string | undefined,
): Promise<{ notes: { on: PlainDate; text: string }[]; report: IntakeReport }> {
  const ours = timeZone === undefined ? {} : { timeZone }
  const table = await readTable(file, bytes, { method, kind: 'activities', ours })
  const notes = table.rows.flatMap(({ given }) => {
    const text = [given['what'], given['text']].filter(Boolean).join('\n')
    return given['on'] !== undefined && text !== ''
      ? [{ on: given['on'] as PlainDate, text: text.slice(0, 20_000) }]
      : []
  })
  return { notes, report: table.report }
}
