import type { FieldType, TableKind } from '../files/fields.ts'
import { FIELDS } from '../files/fields.ts'
import { LONGEST } from '../files/parse.ts'
import { markShown, readMoney, unitOf } from './amounts.ts'
import { namesNoCurrency } from './currencies.ts'
import { isYearless, momentShown, orderShown, saysNoDay } from './days.ts'
import { Tally, tally } from './doubts.ts'
import type { Answers } from './doubts.ts'
import { cellText } from './grid.ts'
import { bareName, canonicalId, isRounded, plainName } from './identity.ts'
import { outcomeWatch } from './survey-outcome.ts'
import { statusWords } from './statuses.ts'
import type { StatusWords } from './statuses.ts'

/** What the values of a column of days show. */
export interface DayFacts {
  /** Evidence of an order, and values that may be either, by the mark between the parts. */
  marks: Record<'.' | '/', { dmy: Tally; mdy: Tally; open: Tally }>
  moments: Tally
  midnights: number
  serials: Tally
  nothing: Tally
  yearless: Tally
  values: number
}
export interface AmountFacts {
  point: Tally
  comma: Tally
  unclear: Tally
  /** Of those, with a point: a comma before three digits parts thousands nearly everywhere. */
  unclearPoints: number
  about: Tally
  shared: Map<string, Tally>
  /** Amounts that name no unit of their own: the unit of the column is theirs. */
  bare: Tally
  noCurrency: Tally
  large: Tally
  values: number
}
export interface ShareFacts {
  percent: number
  most: number
  between: number
  ones: Tally
  values: number
}
/** What was seen of all rows of a list before one is written. */
export interface Survey {
  rows: number
  days: Map<string, DayFacts>
  amounts: Map<string, AmountFacts>
  shares: Map<string, ShareFacts>
  stages: Map<string, Tally>
  unknownStatuses: Map<string, Tally>
  repeatedIds: Tally
  /** Ids that come again with another stage. */
  restaged: number
  repeatedNames: Tally
  severalAccounts: Tally
  /** Names of companies that differ in their legal form or their width only. */
  lookAlikes: Tally
  /** Columns that say different things of how a deal stands. */
  conflicts: Map<string, Tally>
  /** Deals that have ended, of which only the expected day is said. */
  onlyExpected: Tally
}

/** Beyond so many records nobody looks for repeated ones any more: the database does. */
const REMEMBERED = 300_000
const PLAIN_DAY = /^\d{4}-\d{2}-\d{2}(?: |$)/
const PLAIN_NUMBER = /^\d+(?:\.\d{1,2})?$/

type Watch = (row: number, value: string, cells: readonly unknown[]) => void

const newDays = (): DayFacts => ({
  marks: {
    '.': { dmy: new Tally(), mdy: new Tally(), open: new Tally() },
    '/': { dmy: new Tally(), mdy: new Tally(), open: new Tally() },
  },
  moments: new Tally(),
  midnights: 0,
  serials: new Tally(),
  nothing: new Tally(),
  yearless: new Tally(),
  values: 0,
})
const newAmounts = (): AmountFacts => ({
  point: new Tally(),
  comma: new Tally(),
  unclear: new Tally(),
  unclearPoints: 0,
  about: new Tally(),
  shared: new Map(),
  bare: new Tally(),
  noCurrency: new Tally(),
  large: new Tally(),
  values: 0,
})

const saysCurrency = (text: string): boolean => text !== '' && !namesNoCurrency(text)

/** Looks at every row once; cheap where values are plain. `placeOf`: the place of the column of a field, or -1. */
export function surveyor(
  kind: TableKind,
  placeOf: (field: string) => number,
  headings: readonly string[],
  ours: string | undefined,
  said: Pick<Answers, 'stages' | 'statuses'> = {},
): {
  see: (row: number, cells: readonly unknown[]) => void
  /** Of a row that is left out, the days still show the order of their column. */
  seeDays: (row: number, cells: readonly unknown[]) => void
  survey: Survey
} {
  const survey: Survey = {
    rows: 0,
    days: new Map(),
    amounts: new Map(),
    shares: new Map(),
    stages: new Map(),
    unknownStatuses: new Map(),
    repeatedIds: new Tally(),
    restaged: 0,
    repeatedNames: new Tally(),
    severalAccounts: new Tally(),
    lookAlikes: new Tally(),
    conflicts: new Map(),
    onlyExpected: new Tally(),
  }
  const currencyPlace = placeOf('currency')
  const statuses = statusWords(said.statuses)
  const watchers: { place: number; watch: Watch }[] = []
  for (const { name, type } of FIELDS[kind]) {
    const place = placeOf(name)
    if (place < 0) continue
    const watch = watcherOf(name, type, { survey, heading: headings[place] ?? '', ours, currencyPlace, statuses })
    if (watch) watchers.push({ place, watch })
  }
  const outcome = kind === 'deals' ? outcomeWatch(survey, placeOf, said) : undefined
  const identity = kind === 'deals' || kind === 'accounts' ? identityWatch(survey, placeOf) : undefined
  return {
    survey,
    seeDays(row, cells) {
      for (const { name, type } of FIELDS[kind]) {
        const place = type === 'day' ? placeOf(name) : -1
        const value = place < 0 ? '' : cellText(cells[place])
        const shown = value === '' || value.length > LONGEST ? undefined : orderShown(value)
        if (shown?.order) survey.days.get(name)!.marks[shown.mark][shown.order].add(row, value)
      }
    },
    see(row, cells) {
      survey.rows++
      for (const { place, watch } of watchers) {
        const value = cellText(cells[place])
        if (value !== '' && value.length <= LONGEST) watch(row, value, cells)
      }
      identity?.(row, cells)
      outcome?.(row, cells)
    },
  }
}

interface Watched {
  survey: Survey
  heading: string
  ours: string | undefined
  currencyPlace: number
  statuses: StatusWords
}

function watcherOf(
  field: string,
  type: FieldType,
  { survey, heading, ours, currencyPlace, statuses }: Watched,
): Watch | undefined {
  switch (type) {
    case 'day': {
      const facts = newDays()
      survey.days.set(field, facts)
      return (row, value) => watchDay(facts, row, value)
    }
    case 'amount': {
      const facts = newAmounts()
      survey.amounts.set(field, facts)
      const named = unitOf(heading, ours).currency !== undefined
      return (row, value, cells) =>
        watchAmount(
          facts,
          row,
          value,
          ours,
          named || (currencyPlace >= 0 && saysCurrency(cellText(cells[currencyPlace]))),
        )
    }
    case 'share': {
      const facts: ShareFacts = { percent: 0, most: 0, between: 0, ones: new Tally(), values: 0 }
      survey.shares.set(field, facts)
      return (row, value) => {
        const number = Number(value.replace(/[%\uff05]\s*$/, ''))
        if (!Number.isFinite(number)) return
        facts.values++
        if (/[%\uff05]/.test(value)) facts.percent++
        else {
          facts.most = Math.max(facts.most, number)
          if (number > 0 && number < 1) facts.between++
          if (number > 0 && number <= 1) facts.ones.add(row, value)
        }
      }
    }
    case 'status':
      return (row, value) => {
        if (statuses.deal(value) === undefined) tally(survey.unknownStatuses, value).add(row, value)
      }
    case 'activity-status':
      return (row, value) => {
        if (statuses.activity(value) === undefined) tally(survey.unknownStatuses, value).add(row, value)
      }
    default:
      if (field === 'stage') return (row, value) => tally(survey.stages, value).add(row, value)
      if (field === 'account') return accountWatch(survey)
      return undefined
  }
}

/** Beyond so many names nobody looks for ones that look alike. */
const MOST_NAMES = 50_000

function accountWatch(survey: Survey): Watch {
  const seen = new Set<string>()
  const bare = new Map<string, string>()
  return (row, value) => {
    if (value.includes(';') && /[^;；]\s*[;；]\s*[^;；]/.test(value))
      survey.severalAccounts.add(row, value, value.split(/[;；]/)[0]!.trim())
    if (seen.has(value) || seen.size > MOST_NAMES) return
    seen.add(value)
    const plain = plainName(value)
    const without = bareName(value)
    if (without === '') return
    const other = bare.get(without)
    if (other === undefined) bare.set(without, plain)
    else if (other !== plain) survey.lookAlikes.add(row, value, other)
  }
}

/** Of days without a year none is longer: "Wednesday, 14th of September". */
const LONGEST_YEARLESS = 32

function watchDay(facts: DayFacts, row: number, value: string): void {
  facts.values++
  if (PLAIN_DAY.test(value)) {
    if (value.length > 18) watchMoment(facts, row, value)
    return
  }
  const shown = orderShown(value)
  if (value.length <= LONGEST_YEARLESS && isYearless(value)) facts.yearless.add(row, value)
  if (shown) facts.marks[shown.mark][shown.order ?? 'open'].add(row, value)
  else if (/^\d{5}(?:\.\d+)?$/.test(value)) facts.serials.add(row, value)
  else if (saysNoDay(value)) facts.nothing.add(row, value)
  else watchMoment(facts, row, value)
}
function watchMoment(facts: DayFacts, row: number, value: string): void {
  const moment = momentShown(value)
  if (!moment) return
  facts.moments.add(row, value)
  if (moment.midnight) facts.midnights++
}

function watchAmount(
  facts: AmountFacts,
  row: number,
  value: string,
  ours: string | undefined,
  hasCurrency: boolean,
): void {
  facts.values++
  if (PLAIN_NUMBER.test(value)) {
    facts.bare.add(row, value)
    if (value.length > 5 && Number(value) >= 1e5) facts.large.add(row, value)
    if (!hasCurrency) facts.noCurrency.add(row, value)
    if (value.includes('.')) facts.point.add(row, value)
    return
  }
  const mark = markShown(value)
  if (mark) (mark === '.' ? facts.point : facts.comma).add(row, value)
  const read = readMoney(value, { ours })
  if ('not' in read) return
  if (read.unclear) {
    facts.unclear.add(row, value, read.value)
    if (/\d\.\d/.test(value)) facts.unclearPoints++
  }
  if (read.about) facts.about.add(row, value, read.value)
  if (!read.ownScale) facts.bare.add(row, value, read.value)
  if (read.sign !== undefined && !hasCurrency)
    tally(facts.shared, read.sign).add(row, value, `${read.currency} ${read.value}`)
  if (read.currency === undefined && !hasCurrency) facts.noCurrency.add(row, value, read.value)
  if (!read.ownScale && Number(read.value) >= 1e5) facts.large.add(row, value, read.value)
}

/** Records that come more than once: the same id, or without ids the same name at the same account. */
function identityWatch(
  survey: Survey,
  placeOf: (field: string) => number,
): (row: number, cells: readonly unknown[]) => void {
  const [id, name, account, stage] = [placeOf('externalId'), placeOf('name'), placeOf('account'), placeOf('stage')]
  const seen = new Map<string, string>()
  return (row, cells) => {
    if (seen.size > REMEMBERED) return
    const own = id < 0 ? '' : cellText(cells[id])
    if (own !== '' && isRounded(own)) return
    const named = name < 0 ? '' : cellText(cells[name])
    const key =
      own !== ''
        ? `#${canonicalId(own)}`
        : named === ''
          ? ''
          : `${plainName(account < 0 ? '' : cellText(cells[account]))}|${plainName(named)}`
    if (key === '') return
    const now = stage < 0 ? '' : cellText(cells[stage])
    const before = seen.get(key)
    if (before === undefined) seen.set(key, now)
    else if (own !== '') {
      survey.repeatedIds.add(row, own)
      if (before !== now) survey.restaged++
    } else survey.repeatedNames.add(row, named)
  }
}
