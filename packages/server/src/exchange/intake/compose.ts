import type { Text } from '@sente/engine'
import type { TableKind } from '../files/fields.ts'
import type { RowFault } from '../files/problem.ts'
import type { Reading } from './decide.ts'
import { canonicalId, fullName, isFormOfAddress, isRounded } from './identity.ts'
import { outcomeOf } from './statuses.ts'
import { stageReader } from './stages.ts'
import type { StageMeaning } from './stages.ts'

export type Composing = Pick<Reading, 'stageOf' | 'system' | 'amountFrom' | 'history'> & { deal: string | undefined }
type Given = Record<string, unknown>
type Compose = (row: number, given: Given, faults: RowFault[]) => void

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
          ? composeActivity(composing.deal)
          : () => {}
  const ids = IDS[kind]
  return (row, given, faults) => {
    for (const field of ids) {
      const id = given[field]
      if (typeof id !== 'string') continue
      if (isRounded(id)) faults.push({ row, field, what: ROUNDED, value: id })
      else given[field] = canonicalId(id)
    }
    own(row, given, faults)
    if ('deleted' in given) delete given['deleted']
  }
}

function composePerson(_: number, given: Given): void {
  const { firstName, middleName, lastName } = given as Record<string, string | undefined>
  if (given['name'] === undefined && (firstName !== undefined || lastName !== undefined))
    given['name'] = fullName({ first: firstName ?? '', middle: middleName ?? '', last: lastName ?? '' })
  for (const field of ['firstName', 'middleName', 'lastName', 'department']) delete given[field]
  if (typeof given['title'] === 'string' && isFormOfAddress(given['title'])) delete given['title']
  given['account'] = firstOf(given['account'])
  given['accountExternalId'] = firstOf(given['accountExternalId'])
  drop(given, 'account', 'accountExternalId')
}

const COMPANIES = ['account', 'accountExternalId']
/** Programs write several companies of one record into one cell; the first is its own. */
const firstOf = (value: unknown): unknown =>
  typeof value === 'string' && /[;；]/.test(value) && /[^;；]\s*[;；]\s*[^;；]/.test(value)
    ? value.split(/[;；]/)[0]!.trim()
    : value
function drop(given: Given, ...fields: string[]): void {
  for (const field of fields) if (field in given && given[field] === undefined) delete given[field]
}

const DIFFERENT: Text = {
  en: 'The amount names another currency than the column of currencies.',
  zh: '金额里的币种与币种列不一致。',
}

function composeDeal({ stageOf = stageReader(), amountFrom = 'amount', history }: Partial<Composing>): Compose {
  return (row, given, faults) => {
    if (amountFrom === 'expectedRevenue') given['amount'] = given['expectedRevenue']
    for (const field of ['expectedRevenue', 'weighted']) if (field in given) delete given[field]
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
    drop(given, 'amount')
    composeOutcome(given, stageOf)
    if (history) {
      const on = given['changedOn'] ?? given['stageSince'] ?? given['openedOn']
      if (on !== undefined) given['changedOn'] = on
    } else if ('changedOn' in given) delete given['changedOn']
  }
}

/** How the deal stands, since when, and when the seller expects it to close: by all columns that say something of it. */
function composeOutcome(given: Given, stageOf: (stage: string) => StageMeaning | undefined): void {
  const {
    status: said,
    statusReason,
    won,
    closed,
    active,
    wonOn,
    lostOn,
    closeDate,
    expectedCloseOn,
    reason,
    stage,
  } = given
  const meaning = typeof stage === 'string' ? stageOf(stage) : undefined
  const { status } = outcomeOf({
    status: said as never,
    stage: meaning,
    won: won as boolean | undefined,
    closed: closed as boolean | undefined,
    active: active as boolean | undefined,
    lostReason: reason !== undefined,
    probability: given['probability'] as number | undefined,
    wonOn: wonOn !== undefined,
    lostOn: lostOn !== undefined,
  })
  if (status !== undefined) given['status'] = status
  if (status !== undefined && status !== 'open') {
    const on =
      given['closedOn'] ?? (status === 'won' ? wonOn : lostOn) ?? closeDate ?? expectedCloseOn ?? given['stageSince']
    if (on !== undefined) given['closedOn'] = on
    if (String(statusReason ?? '').toLowerCase() !== status) given['reason'] ??= statusReason
  } else {
    if ('closedOn' in given) delete given['closedOn']
    const expected = expectedCloseOn ?? closeDate
    if (expected !== undefined) given['expectedCloseOn'] = expected
  }
  if (meaning !== undefined) given['phase'] = meaning
  for (const field of ['statusReason', 'won', 'closed', 'active', 'wonOn', 'lostOn', 'closeDate'])
    if (field in given) delete given[field]
  drop(given, 'reason')
}

const composeActivity =
  (deal: string | undefined): Compose =>
  (_, given) => {
    if (deal !== undefined && given['deal'] === undefined && given['dealExternalId'] === undefined) given['deal'] = deal
    if (Array.isArray(given['with']))
      given['with'] = (given['with'] as string[]).map(
        (name) => name.replace(/\s*[(（<][^()（）<>]*@[^()（）<>]*[)）>]\s*$/, '').trim() || name,
      )
    delete given['closed']
  }
