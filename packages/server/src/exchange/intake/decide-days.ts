import { readDay } from './days.ts'
import type { DateOrder, DayStyle } from './days.ts'
import type { PlainDate } from '@sente/engine'
import type { Ground } from './decide.ts'
import { isMany } from './doubts.ts'
import type { Answers, Doubt } from './doubts.ts'
import type { DayFacts, Survey } from './survey.ts'

/** How the days of each column are read. */
export function decideDays(
  { survey, answers, columnOf, ours, epoch1904, today }: Ground,
  doubts: Doubt[],
): Map<string, DayStyle> {
  const styles = new Map<string, DayStyle>()
  const zone = answers.timeZone ?? ours.timeZone
  const inFile = orderOfFile(survey)
  for (const [field, facts] of survey.days) {
    const column = columnOf(field) ?? field
    const style: DayStyle = {
      zone,
      midnights: facts.moments.rows > 0 && facts.midnights === facts.moments.rows,
      epoch1904,
    }
    for (const mark of ['/', '.'] as const) {
      const order = decideOrder(facts, mark, column, answers, inFile, doubts)
      if (order !== undefined) style[mark === '/' ? 'order' : 'dotted'] = order
    }
    const moved = facts.moments.rows - facts.midnights
    if (moved > 0 && !style.midnights)
      doubts.push({
        about: 'time-zone',
        column,
        guess: zone ?? '',
        choices: [],
        what:
          zone === undefined
            ? {
                en: `Moments in UTC in "${column}": no time zone is known, so the day of UTC counts.`,
                zh: `“${column}”列是 UTC 时刻：不知道时区，按 UTC 的日期计。`,
              }
            : {
                en: `Moments with a zone in "${column}" are days in ${zone}.`,
                zh: `“${column}”列的时刻按 ${zone} 的日期计。`,
              },
        rows: facts.moments.rows,
        examples: facts.moments.examples,
        waits: false,
        option: `--time-zone ${zone === 'Asia/Shanghai' ? 'Europe/Berlin' : 'Asia/Shanghai'}`,
      })
    if (facts.serials.rows > 0)
      doubts.push({
        about: 'serial-days',
        column,
        guess: epoch1904 ? '1904' : '1900',
        choices: [],
        what: {
          en: `Bare numbers in "${column}" are read as a spreadsheet's days (46086 is 2026-03-05).`,
          zh: `“${column}”列的纯数字按表格日期序号读取（46086 即 2026-03-05）。`,
        },
        rows: facts.serials.rows,
        examples: facts.serials.examples,
        waits: isMany(facts.serials.rows) && facts.serials.rows * 2 < survey.rows,
      })
    if (facts.nothing.rows > 0)
      doubts.push({
        about: 'no-day',
        column,
        guess: 'none',
        choices: [],
        what: {
          en: `In "${column}" these say no day; the rows are taken without it.`,
          zh: `“${column}”列中这些值表示没有日期，该行照常导入。`,
        },
        rows: facts.nothing.rows,
        examples: facts.nothing.examples,
        waits: false,
      })
    if (answers.year !== undefined) style.year = answers.year
    // A few without a year among days in full are slips: which year they are of, nothing here tells.
    else if (facts.yearless.rows * 2 > facts.values) {
      style.year = today
      doubts.push(yearDoubt(facts, column, style, today))
    }
    styles.set(field, style)
  }
  return styles
}

/** Days without a year are read as the ones nearest to today. */
function yearDoubt({ yearless }: DayFacts, column: string, style: DayStyle, today: PlainDate): Doubt {
  const now = Number(today.slice(0, 4))
  return {
    about: 'year',
    column,
    guess: 'nearest',
    choices: [now - 1, now, now + 1].map(String),
    what: {
      en: `Days in "${column}" have no year; each is read as the one nearest to today.`,
      zh: `“${column}”列的日期没有年份，按离今天最近的年份读取。`,
    },
    rows: yearless.rows,
    examples: yearless.examples.map((example) => {
      const read = readDay(example.value, style)
      return 'day' in read ? { ...example, readAs: read.day } : example
    }),
    waits: isMany(yearless.rows),
    option: `--year ${now}`,
  }
}

/** The order that the columns which show one agree on, and in how many rows they show it. */
interface Shown {
  order: DateOrder | 'both' | undefined
  rows: number
}

function orderOfFile(survey: Survey): Shown {
  const [dmy, mdy] = (['dmy', 'mdy'] as const).map((order) =>
    [...survey.days.values()].reduce((sum, facts) => sum + facts.marks['/'][order].rows, 0),
  ) as [number, number]
  return { order: dmy > 0 && mdy > 0 ? 'both' : dmy > 0 ? 'dmy' : mdy > 0 ? 'mdy' : undefined, rows: dmy + mdy }
}

/** So few values of another column may themselves be the odd ones out. */
const FEW_VALUES = 3

function decideOrder(
  facts: DayFacts,
  mark: '.' | '/',
  column: string,
  answers: Answers,
  inFile: Shown,
  doubts: Doubt[],
): DateOrder | undefined {
  const { dmy, mdy, open } = facts.marks[mark]
  if (dmy.rows + mdy.rows + open.rows === 0) return undefined
  if (answers.dateOrder !== undefined) return answers.dateOrder
  const base = { about: 'date-order' as const, column, choices: ['dmy', 'mdy'], option: '--date-order dmy' }
  if (dmy.rows > 0 && mdy.rows > 0) {
    doubts.push({
      ...base,
      guess: 'none',
      what: {
        en: `"${column}" holds both day/month and month/day: what may be either cannot be read. Mend the column, or say the order of those.`,
        zh: `“${column}”列里日/月和月/日两种顺序都有：两可的日期无法读取。请修正该列，或指定顺序。`,
      },
      rows: open.rows,
      examples: [...dmy.examples.slice(0, 2), ...mdy.examples.slice(0, 2)],
      waits: true,
    })
    return undefined
  }
  if (dmy.rows > 0) return 'dmy'
  if (mdy.rows > 0) return 'mdy'
  const elsewhere = mark === '/' && inFile.order !== 'both' ? inFile.order : undefined
  const weak = elsewhere !== undefined && inFile.rows < FEW_VALUES
  const guess: DateOrder = mark === '.' ? 'dmy' : (elsewhere ?? 'mdy')
  if (mark === '.') return guess
  const said = guess === 'dmy' ? { en: 'day first', zh: '日在前' } : { en: 'month first', zh: '月在前' }
  const why = elsewhere
    ? weak
      ? {
          en: `, as ${inFile.rows === 1 ? 'one value' : `${inFile.rows} values`} of another column would have it`,
          zh: `（只有另一列的 ${inFile.rows} 个值如此）`,
        }
      : { en: ', as another column of the list shows', zh: '（同表另一列如此）' }
    : { en: '; nothing in the list shows the order', zh: '；列表中没有能判断顺序的日期' }
  doubts.push({
    ...base,
    guess,
    what: { en: `Days in "${column}" are read ${said.en}${why.en}.`, zh: `“${column}”列按${said.zh}读取${why.zh}。` },
    rows: open.rows,
    examples: open.examples,
    waits: isMany(open.rows) || weak,
    option: `--date-order ${guess === 'dmy' ? 'mdy' : 'dmy'}`,
  })
  return guess
}
