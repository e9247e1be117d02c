import Papa from 'papaparse'
import type { Deal, PlainDate, Touch } from '@sente/engine'
import { ACTIVITY_COLUMNS, OPPORTUNITY_COLUMNS, phaseOfStage, plainHeading } from './crm-columns.ts'
import type { ActivityField, OpportunityField } from './crm-columns.ts'
import { dayOrderOf, readAmount, readDate, readShare } from './crm-values.ts'

/** A row that was not used, or used only in part; `row` counts as a spreadsheet does, the heading being row 1. */
export interface RowRemark {
  file: string
  row: number
  used: boolean
  why: { en: string; zh: string }
}

export interface Table {
  file: string
  headings: string[]
  rows: Record<string, string>[]
}

export type ColumnMap = Partial<Record<OpportunityField | ActivityField, string>>

/** Splits CSV text; the separator is found by looking. */
export function readTable(file: string, text: string): Table {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (heading) => heading.trim(),
  })
  return { file, headings: parsed.meta.fields ?? [], rows: parsed.data }
}

/** Which heading holds which of our fields: as `map` says, else by the names that CRMs use. */
function columnsOf<Field extends string>(
  headings: readonly string[],
  names: Record<Field, readonly string[]>,
  map: ColumnMap,
): Partial<Record<Field, string>> {
  const plain = new Map(headings.map((heading) => [plainHeading(heading), heading]))
  const found: Partial<Record<Field, string>> = {}
  for (const field of Object.keys(names) as Field[]) {
    const given = (map as Partial<Record<string, string>>)[field]
    const heading =
      given !== undefined
        ? headings.find((name) => name === given)
        : names[field].map((name) => plain.get(name)).find((name) => name !== undefined)
    if (heading !== undefined) found[field] = heading
  }
  return found
}

export type TableKind = 'opportunities' | 'activities' | 'unknown'

/** Activities have a date and name the opportunity they belong to, but no stage; opportunities have a name. */
export function kindOf(table: Table, map: ColumnMap): TableKind {
  const opportunity = columnsOf(table.headings, OPPORTUNITY_COLUMNS, map)
  const activity = columnsOf(table.headings, ACTIVITY_COLUMNS, map)
  if (
    opportunity.stage === undefined &&
    activity.date &&
    (activity.deal || activity.dealName) &&
    (activity.subject || activity.text || activity.type)
  )
    return 'activities'
  return opportunity.name ? 'opportunities' : 'unknown'
}

/** Deals from an opportunity list. Rows without a name or with an unreadable date are left out and said so. */
export function dealsFrom(
  table: Table,
  map: ColumnMap,
  asOf: PlainDate,
  ourCurrency?: string,
): { deals: Map<string, Deal>; remarks: RowRemark[] } {
  const columns = columnsOf(table.headings, OPPORTUNITY_COLUMNS, map)
  const deals = new Map<string, Deal>()
  const remarks: RowRemark[] = []
  const cell = (row: Record<string, string>, field: OpportunityField): string =>
    columns[field] ? (row[columns[field]] ?? '').trim() : ''
  const dates = (['created', 'closed', 'stageSince'] as const).flatMap((field) =>
    table.rows.map((row) => cell(row, field)),
  )
  const order = dayOrderOf(dates)
  table.rows.forEach((row, i) => {
    const at = i + 2
    const remark = (used: boolean, en: string, zh: string): void =>
      void remarks.push({ file: table.file, row: at, used, why: { en, zh } })
    const name = cell(row, 'name')
    if (!name) return remark(false, `no name in column "${columns.name}"`, `“${columns.name}”列没有名称`)
    const read = (field: 'created' | 'closed' | 'stageSince'): PlainDate | undefined | null => {
      const text = cell(row, field)
      return text === '' ? undefined : (readDate(text, order) ?? null)
    }
    const [created, closed, stageSince] = [read('created'), read('closed'), read('stageSince')]
    if (created === null || closed === null || stageSince === null) {
      const field = created === null ? 'created' : closed === null ? 'closed' : 'stageSince'
      return remark(
        false,
        `"${cell(row, field)}" in column "${columns[field]}" is no date`,
        `“${columns[field]}”列的“${cell(row, field)}”不是日期`,
      )
    }
    const key = cell(row, 'id') || name
    if (deals.has(key))
      return remark(false, `"${key}" is there twice; the first row counts`, `“${key}”重复，以第一行为准`)

    const stage = cell(row, 'stage')
    const meaning = /^(true|1|yes|是)$/i.test(cell(row, 'won')) ? 'won' : stage ? phaseOfStage(stage) : undefined
    if (stage && meaning === undefined)
      remark(true, `stage "${stage}" is not recognised; used without it`, `不认识阶段“${stage}”，已忽略该阶段`)
    const ended = meaning === 'won' || meaning === 'lost'
    const amountText = cell(row, 'amount')
    const amount = amountText ? readAmount(amountText) : undefined
    if (amountText && !amount)
      remark(true, `amount "${amountText}" is not readable; used without it`, `金额“${amountText}”无法读取，已忽略金额`)
    const currency = cell(row, 'currency') || amount?.currency || ourCurrency
    if (amount && !currency)
      remark(
        true,
        `amount "${amountText}" has no currency; used without it (say --currency CNY)`,
        `金额“${amountText}”没有币种，已忽略金额（可加 --currency CNY）`,
      )
    const share = readShare(cell(row, 'probability'))
    const account = cell(row, 'account')
    const closedOn = ended ? (closed ?? stageSince ?? created) : undefined
    if (ended && !closedOn) return remark(false, `stage "${stage}" without any date`, `阶段“${stage}”没有任何日期`)
    const claimedOn = stageSince ?? (created && created > asOf ? created : asOf)
    deals.set(key, {
      sente: 1,
      id: key.replace(/[\s/]/g, '-').slice(0, 64),
      name,
      status: meaning === 'won' ? 'won' : meaning === 'lost' ? 'lost' : 'open',
      ...(closedOn ? { closedOn } : {}),
      ...(created ? { openedOn: created } : {}),
      ...(account
        ? { account: { name: account, ...(cell(row, 'industry') ? { industry: cell(row, 'industry') } : {}) } }
        : {}),
      ...(amount && currency && /^[A-Z]{3}$/.test(currency) ? { amount: { value: amount.value, currency } } : {}),
      ...(share === undefined
        ? {}
        : { sellerEstimate: [{ value: share, ...(cell(row, 'owner') ? { by: cell(row, 'owner') } : {}) }] }),
      ...(meaning && !ended ? { stages: [{ on: claimedOn, phase: meaning, label: stage }] } : {}),
    })
  })
  return { deals, remarks }
}

/** The ids of the contacts an activity names; whoever is new to the deal is put on its map. */
function peopleOf(deal: Deal, contacts: string, title: string): string[] {
  const names = contacts
    .split(/[;；、|\n]/)
    .map((name) => name.trim())
    .filter(Boolean)
  return names.map((name) => {
    const known = deal.people?.find((person) => person.name === name)
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

/** Puts activities to their deals as touches, their texts as notes. */
export function addActivities(table: Table, map: ColumnMap, deals: ReadonlyMap<string, Deal>): RowRemark[] {
  const columns = columnsOf(table.headings, ACTIVITY_COLUMNS, map)
  const byName = new Map([...deals.values()].map((deal) => [deal.name, deal]))
  const cell = (row: Record<string, string>, field: ActivityField): string =>
    columns[field] ? (row[columns[field]] ?? '').trim() : ''
  const order = dayOrderOf(table.rows.map((row) => cell(row, 'date')))
  const remarks: RowRemark[] = []
  table.rows.forEach((row, i) => {
    const remark = (en: string, zh: string): void =>
      void remarks.push({ file: table.file, row: i + 2, used: false, why: { en, zh } })
    const reference = cell(row, 'deal') || cell(row, 'dealName')
    const deal = deals.get(cell(row, 'deal')) ?? byName.get(cell(row, 'dealName')) ?? byName.get(cell(row, 'deal'))
    if (!deal) return remark(`no opportunity "${reference}" in the list`, `列表里没有商机“${reference}”`)
    const on = readDate(cell(row, 'date'), order)
    if (!on) return remark(`"${cell(row, 'date')}" is no date`, `“${cell(row, 'date')}”不是日期`)
    const what = cell(row, 'subject') || cell(row, 'type') || cell(row, 'text').slice(0, 80)
    const hours = Number(cell(row, 'hours'))
    const cancelled = /cancel|取消/i.test(cell(row, 'status'))
    const touch: Touch = {
      on,
      with: peopleOf(deal, cell(row, 'contact'), cell(row, 'contactTitle')),
      outcome: cancelled ? 'cancelled' : 'done',
      ...(what ? { what } : {}),
      ...(hours > 0 && hours < 1000 ? { hours } : {}),
    }
    ;(deal.touches ??= []).push(touch)
    const text = cell(row, 'text')
    if (text) (deal.notes ??= []).push({ on, text: text.slice(0, 20_000) })
  })
  return remarks
}

/** The texts of an activity list as notes, whatever deal they belong to. Rows without a day or words are left out. */
export function activityNotes(table: Table): { on: PlainDate; author?: string; text: string }[] {
  const columns = columnsOf(table.headings, ACTIVITY_COLUMNS, {})
  if (!columns.date || !(columns.text || columns.subject)) return []
  const cell = (row: Record<string, string>, heading: string | undefined): string =>
    heading ? (row[heading] ?? '').trim() : ''
  const order = dayOrderOf(table.rows.map((row) => cell(row, columns.date)))
  return table.rows.flatMap((row) => {
    const on = readDate(cell(row, columns.date), order)
    const text = [cell(row, columns.subject), cell(row, columns.text)].filter(Boolean).join('\n')
    return on && text ? [{ on, text: text.slice(0, 20_000) }] : []
  })
}
