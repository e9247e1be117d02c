import { addDays } from '@sente/engine'
import type { Text } from '@sente/engine'
import type { TableKind } from '../files/fields.ts'
import type { RowFault } from '../files/problem.ts'
import type { Reading } from './decide.ts'
import { canonicalId, fullName, isFormOfAddress, isRounded } from './identity.ts'
import { outcomeOf } from './statuses.ts'
import { stageReader } from './stages.ts'
import type { StageMeaning } from './stages.ts'

export type Composing = Pick<Reading, 'stageOf' | 'system' | 'amountFrom' | 'history' | 'today'> & {
  deal: string | undefined
}
type Given = Record<string, unknown>
/** What becomes of one record's fields: a new record, because taking fields away makes an object slow for all who read it. */
type Compose = (row: number, given: Given, faults: RowFault[]) => Given

const IDS: Readonly<Record<TableKind, readonly string[]>> = {
  accounts: ['externalId', 'parentExternalId'],
  people: ['externalId', 'accountExternalId', 'reportsToExternalId'],
  deals: ['externalId', 'accountExternalId'],
  activities: ['externalId', 'dealExternalId'],
}
const ROUNDED: Text = {
  en: 'A spreadsheet has rounded this id: two records may have become one. Export again and keep the column of ids as text.',
  zh: '表格软件把这个编号四舍五入了：两条记录可能变成一条。请重新导出，并把编号列保持为文本。',
}

/** Makes one record's fields of what several columns say together. What was only needed for that is taken away. */
export function composerOf(kind: TableKind, composing: Partial<Composing>): Compose {
  const own: Compose =
    kind === 'people'
      ? composePerson
      : kind === 'deals'
        ? composeDeal(composing)
        : kind === 'activities'
          ? composeActivity(composing)
          : (_, given) => ('deleted' in given ? without(given, DELETED) : given)
  const ids = IDS[kind]
  return (row, given, faults) => {
    for (const field of ids) {
      const id = given[field]
      if (typeof id !== 'string') continue
      if (isRounded(id)) faults.push({ row, field, what: ROUNDED, value: id })
      else given[field] = canonicalId(id)
    }
    return own(row, given, faults)
  }
}

/** A record without some of its fields, and without those that say nothing; itself where it has none of them. */
function without(given: Given, fields: ReadonlySet<string>): Given {
  let stays = true
  for (const field in given) if (given[field] === undefined || fields.has(field)) stays = false
  if (stays) return given
  const kept: Given = {}
  for (const field in given) if (given[field] !== undefined && !fields.has(field)) kept[field] = given[field]
  return kept
}

const DELETED = new Set(['deleted'])
const NAME_PARTS = new Set(['firstName', 'middleName', 'lastName', 'department', 'deleted'])
const NAME_PARTS_AND_TITLE = new Set([...NAME_PARTS, 'title'])

function composePerson(_: number, given: Given): Given {
  const { firstName, middleName, lastName } = given as Record<string, string | undefined>
  if (given['name'] === undefined && (firstName !== undefined || lastName !== undefined))
    given['name'] = fullName({ first: firstName ?? '', middle: middleName ?? '', last: lastName ?? '' })
  for (const field of COMPANIES) if (given[field] !== undefined) given[field] = firstOf(given[field])
  const isAddress = typeof given['title'] === 'string' && isFormOfAddress(given['title'])
  return without(given, isAddress ? NAME_PARTS_AND_TITLE : NAME_PARTS)
}

const COMPANIES = ['account', 'accountExternalId']
/** Programs write several companies of one record into one cell; the first is its own. */
const firstOf = (value: unknown): unknown =>
  typeof value === 'string' && /[;；]/.test(value) && /[^;；]\s*[;；]\s*[^;；]/.test(value)
    ? value.split(/[;；]/)[0]!.trim()
    : value

const DIFFERENT: Text = {
  en: 'The amount names another currency than the column of currencies.',
  zh: '金额里的币种与币种列不一致。',
}

function composeDeal({ stageOf = stageReader(), amountFrom = 'amount', history }: Partial<Composing>): Compose {
  return (row, given, faults) => {
    if (amountFrom === 'expectedRevenue') given['amount'] = given['expectedRevenue']
    const amount = given['amount'] as { value: string; currency?: string; sign?: string } | undefined
    if (
      amount &&
      given['currency'] !== undefined &&
      amount.currency !== undefined &&
      amount.sign === undefined &&
      amount.currency !== given['currency']
    )
      faults.push({ row, field: 'amount', what: DIFFERENT, value: `${amount.currency} / ${String(given['currency'])}` })
    if (amount?.sign !== undefined)
      given['amount'] = { value: amount.value, ...(amount.currency === undefined ? {} : { currency: amount.currency }) }
    for (const field of COMPANIES) if (given[field] !== undefined) given[field] = firstOf(given[field])
    const isOpen = composeOutcome(given, stageOf)
    if (history) given['changedOn'] ??= given['stageSince'] ?? given['openedOn']
    return without(given, history ? (isOpen ? USED_OPEN : USED) : isOpen ? USED_OPEN_NOW : USED_NOW)
  }
}

/** Columns that only told how a deal stands. Of an open one nothing says when it closed; of a list that is no history, when its stage changed. */
const USED = new Set(
  'expectedRevenue weighted statusReason won closed active wonOn lostOn closeDate deleted'.split(' '),
)
const USED_OPEN = new Set([...USED, 'closedOn'])
const USED_NOW = new Set([...USED, 'changedOn'])
const USED_OPEN_NOW = new Set([...USED_OPEN, 'changedOn'])

/** How the deal stands, since when, and when the seller expects it to close: by all columns that say something of it. True: it is open. */
function composeOutcome(given: Given, stageOf: (stage: string) => StageMeaning | undefined): boolean {
  const { status: said, statusReason, wonOn, lostOn, closeDate, expectedCloseOn, stage } = given
  const meaning = typeof stage === 'string' ? stageOf(stage) : undefined
  const { status } = outcomeOf({
    status: said as never,
    stage: meaning,
    won: given['won'] as boolean | undefined,
    closed: given['closed'] as boolean | undefined,
    active: given['active'] as boolean | undefined,
    lostReason: given['reason'] !== undefined,
    probability: given['probability'] as number | undefined,
    wonOn: wonOn !== undefined,
    lostOn: lostOn !== undefined,
  })
  if (status !== undefined || said !== undefined) given['status'] = status
  const ended = status !== undefined && status !== 'open'
  if (ended) {
    const on =
      given['closedOn'] ?? (status === 'won' ? wonOn : lostOn) ?? closeDate ?? expectedCloseOn ?? given['stageSince']
    if (on !== undefined) given['closedOn'] = on
    if (String(statusReason ?? '').toLowerCase() !== status) given['reason'] ??= statusReason
  } else {
    const expected = expectedCloseOn ?? closeDate
    if (expected !== undefined) given['expectedCloseOn'] = expected
  }
  if (meaning !== undefined) given['phase'] = meaning
  return !ended
}

const AHEAD: Text = {
  en: 'This day is still ahead: what is planned has not taken place.',
  zh: '日期还没到：计划中的活动不算已发生的接触。',
}
/** Programs write when a task was due and when it was done; a meeting that is ticked off later was on its day. */
const TASK = /task|to.?do|mail|任务|待办|邮件|aufgabe|tâche/i

function composeActivity({ deal, today }: Partial<Composing>): Compose {
  // A day later, because it is tomorrow already where somebody else is.
  const last = today === undefined ? '9999-12-31' : addDays(today, 1)
  return (row, given, faults) => {
    const { on, doneOn, type } = given as { on?: string; doneOn?: string; type?: string }
    if (doneOn !== undefined && (on === undefined || on > doneOn || type === undefined || TASK.test(type)))
      given['on'] = doneOn
    const day = given['on'] as string | undefined
    if (day !== undefined && day > last) faults.push({ row, field: 'on', what: AHEAD, value: day })
    if (deal !== undefined && given['deal'] === undefined && given['dealExternalId'] === undefined) given['deal'] = deal
    if (Array.isArray(given['with']))
      given['with'] = (given['with'] as string[]).map(
        (name) => name.replace(/\s*[(（<][^()（）<>]*@[^()（）<>]*[)）>]\s*$/, '').trim() || name,
      )
    return without(given, NOT_OF_ACTIVITIES)
  }
}
const NOT_OF_ACTIVITIES = new Set(['closed', 'deleted', 'doneOn'])
