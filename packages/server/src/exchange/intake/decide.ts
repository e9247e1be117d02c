import type { PlainDate, Text } from '@sente/engine'
import type { TableKind } from '../files/fields.ts'
import type { DecimalMark } from './amounts.ts'
import type { DayStyle } from './days.ts'
import { decideAmountColumn, decideAmounts } from './decide-amounts.ts'
import { decideDays } from './decide-days.ts'
import { isMany } from './doubts.ts'
import type { Answers, Doubt } from './doubts.ts'
import type { ShareUnit } from './shares.ts'
import { ENDINGS, stageReader } from './stages.ts'
import type { StageMeaning } from './stages.ts'
import { statusWords } from './statuses.ts'
import type { StatusWords } from './statuses.ts'
import type { Survey } from './survey.ts'
import type { System } from './system.ts'

/** How the values of one source are read, decided on all of its rows. */
export interface Reading {
  days: ReadonlyMap<string, DayStyle>
  amounts: ReadonlyMap<string, { mark?: DecimalMark; scale?: number; currency?: string; ours?: string | undefined }>
  shares: ReadonlyMap<string, ShareUnit>
  stageOf: (stage: string) => StageMeaning | undefined
  statuses: StatusWords
  system: System | undefined
  /** Which column holds the amount. */
  amountFrom: 'amount' | 'expectedRevenue' | undefined
  /** Several rows of one id are its history. */
  history: boolean
  /** What is after this day has not taken place. */
  today: PlainDate
}

export interface Ground {
  kind: TableKind
  /** Column of a field; undefined where it has none. */
  columnOf: (field: string) => string | undefined
  survey: Survey
  answers: Answers
  system: System | undefined
  /** Of the workspace; undefined without one. */
  ours: { currency?: string | undefined; timeZone?: string | undefined }
  /** What stands above the headings, or below them in a line of units. */
  unitAbove: { scale?: number; currency?: string }
  epoch1904?: boolean
  historyColumns: boolean
  /** The day of the look: days without a year are the nearest ones to it. */
  today: PlainDate
}

/** What is assumed of a list, and what of it is a guess. */
export function decide(ground: Ground): { reading: Reading; doubts: Doubt[] } {
  const doubts: Doubt[] = []
  const days = decideDays(ground, doubts)
  const amountFrom = decideAmountColumn(ground, doubts)
  const amounts = decideAmounts(ground, doubts, amountFrom)
  const shares = decideShares(ground, doubts)
  const stageOf = decideStages(ground, doubts)
  decideOutcomes(ground, doubts)
  const history = decideIdentity(ground, doubts)
  const { system, today } = ground
  const statuses = statusWords(ground.answers.statuses)
  return { reading: { days, amounts, shares, stageOf, statuses, system, amountFrom, history, today }, doubts }
}

function decideShares({ survey, answers, columnOf, system }: Ground, doubts: Doubt[]): Map<string, ShareUnit> {
  const units = new Map<string, ShareUnit>()
  for (const [field, facts] of survey.shares) {
    const column = columnOf(field) ?? field
    const percent = /[%％]|百分|percent/i.test(column) || facts.most > 1 || facts.percent > 0
    const unit: ShareUnit =
      answers.probability ?? (percent || (system !== undefined && system !== 'hubspot') ? 'percent' : 'fraction')
    units.set(field, unit)
    if (answers.probability === undefined && !percent && system !== 'hubspot' && facts.ones.rows > 0)
      doubts.push({
        about: 'probability',
        column,
        guess: unit,
        choices: ['percent', 'fraction'],
        what:
          unit === 'percent'
            ? {
                en: `All values of "${column}" are 1 or less; as this CRM writes percents they are taken as percent.`,
                zh: `“${column}”列的值都不超过 1；该 CRM 以百分数书写，按百分数计。`,
              }
            : {
                en: `All values of "${column}" are 1 or less: they are taken as shares (0.4 is 40 %).`,
                zh: `“${column}”列的值都不超过 1：按比例计（0.4 即 40 %）。`,
              },
        rows: facts.ones.rows,
        examples: facts.ones.examples,
        waits: false,
        option: `--probability ${unit === 'percent' ? 'fraction' : 'percent'}`,
      })
  }
  return units
}

function decideStages({ survey, answers, kind }: Ground, doubts: Doubt[]): Reading['stageOf'] {
  const stageOf = stageReader(answers.stages)
  const unknown = [...survey.stages].filter(([stage]) => stageOf(stage) === undefined)
  if (unknown.length > 0)
    doubts.push({
      about: 'stage',
      guess: 'none',
      choices: ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', ...ENDINGS],
      what: {
        en: `Stages that are not known; their deals are taken without a phase, and as open where nothing else closes them.`,
        zh: `不认识的阶段；这些商机不带阶段导入，其他列未表明已关闭的按进行中计。`,
      },
      rows: unknown.reduce((sum, [, { rows }]) => sum + rows, 0),
      examples: unknown.slice(0, 20).map(([stage, { examples }]) => ({ row: examples[0]!.row, value: stage })),
      waits: false,
      option: '--stage "Verbal=commit"',
    })
  if (survey.unknownStatuses.size > 0) {
    const rows = [...survey.unknownStatuses.values()]
    doubts.push({
      about: 'status',
      guess: 'none',
      choices:
        kind === 'activities' ? ['done', 'failed', 'cancelled', 'planned'] : ['open', 'won', 'lost', 'no-decision'],
      what: {
        en: 'Statuses that are not known; the rows are taken without them.',
        zh: '不认识的状态；这些行不带状态导入。',
      },
      rows: rows.reduce((sum, { rows: count }) => sum + count, 0),
      examples: rows.slice(0, 20).flatMap(({ examples }) => examples.slice(0, 1)),
      waits: false,
      option: `--status "${[...survey.unknownStatuses.keys()][0]!.slice(0, 60)}=${kind === 'activities' ? 'done' : 'open'}"`,
    })
  }
  return stageOf
}

const CONFLICTS: Readonly<Record<string, Text>> = {
  'status-flags': {
    en: 'The status and the flags of won, lost or archived disagree: the status counts.',
    zh: '状态与赢单、输单或归档标志不一致：以状态为准。',
  },
  'status-stage': {
    en: 'The status says open, the stage says that it has ended: the status counts.',
    zh: '状态为进行中而阶段表示已结束：以状态为准。',
  },
  'flags-stage': {
    en: 'The flags of closed and won and the stage disagree: the flags count.',
    zh: '关闭、赢单标志与阶段不一致：以标志为准。',
  },
  closed: {
    en: 'Closed, but nothing says whether it was won or lost: taken as open.',
    zh: '已关闭，但没有说明输赢：按进行中计。',
  },
  archived: {
    en: 'Archived, but neither lost nor won: taken as the stage says.',
    zh: '已归档但既未输也未赢：按阶段计。',
  },
  'lost-reason': {
    en: 'A reason of losing is given, but no status says that it is lost: taken as open.',
    zh: '写了输单原因，但没有状态表示已输：按进行中计。',
  },
}

function decideOutcomes({ survey, columnOf }: Ground, doubts: Doubt[]): void {
  for (const [conflict, { rows, examples }] of survey.conflicts)
    doubts.push({
      about: 'outcome',
      guess: conflict,
      choices: [],
      what: CONFLICTS[conflict]!,
      rows,
      examples,
      waits: isMany(rows),
    })
  const { rows, examples } = survey.onlyExpected
  if (rows > 0)
    doubts.push({
      about: 'outcome',
      column: columnOf('expectedCloseOn')!,
      guess: 'expected',
      choices: [],
      what: {
        en: 'Deals that have ended, of which only the expected day is said: it is taken as the day on which they were closed.',
        zh: '已结束的商机只写了预计日期：按该日关闭计。',
      },
      rows,
      examples,
      waits: false,
    })
}

function decideIdentity({ survey, historyColumns }: Ground, doubts: Doubt[]): boolean {
  const history = historyColumns || survey.restaged > 0
  if (history && survey.repeatedIds.rows > 0)
    doubts.push({
      about: 'history',
      guess: 'history',
      choices: [],
      what: {
        en: 'One id stands in several rows with several stages: they are read as the history of one deal.',
        zh: '同一编号有多行、多个阶段：按一个商机的历史读取。',
      },
      rows: survey.repeatedIds.rows,
      examples: survey.repeatedIds.examples,
      waits: false,
    })
  else if (survey.repeatedIds.rows > 0)
    doubts.push({
      about: 'duplicate',
      guess: 'last',
      choices: [],
      what: { en: 'An id stands in several rows: the last one counts.', zh: '同一编号出现多行：以最后一行为准。' },
      rows: survey.repeatedIds.rows,
      examples: survey.repeatedIds.examples,
      waits: isMany(survey.repeatedIds.rows),
    })
  if (survey.repeatedNames.rows > 0)
    doubts.push({
      about: 'duplicate',
      guess: 'last',
      choices: [],
      what: {
        en: 'The same name at the same account without ids: taken as one record, the last row counts.',
        zh: '同一客户下同名且无编号：视为同一记录，以最后一行为准。',
      },
      rows: survey.repeatedNames.rows,
      examples: survey.repeatedNames.examples,
      waits: isMany(survey.repeatedNames.rows),
    })
  if (survey.severalAccounts.rows > 0)
    doubts.push({
      about: 'account',
      guess: 'first',
      choices: [],
      what: {
        en: 'Several companies are named in one cell: the first one is taken as the account.',
        zh: '一个单元格里有多个公司：以第一个为客户。',
      },
      rows: survey.severalAccounts.rows,
      examples: survey.severalAccounts.examples,
      waits: isMany(survey.severalAccounts.rows),
    })
  if (survey.lookAlikes.rows > 0)
    doubts.push({
      about: 'account',
      guess: 'different',
      choices: [],
      what: {
        en: 'Names of companies that differ in their legal form only: taken as different companies.',
        zh: '公司名称只差法律形式：按不同公司处理。',
      },
      rows: survey.lookAlikes.rows,
      examples: survey.lookAlikes.examples,
      waits: false,
    })
  return history
}
