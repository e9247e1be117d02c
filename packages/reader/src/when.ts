import { addDays, dayNumber, plainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { day, nearest, NUMERIC, NUMERIC_YEAR, numeric } from './numeric-days.ts'

/** A day that a text names, and where. */
export interface Mention {
  start: number
  end: number
  on: PlainDate
}

export const WEEKDAYS_ZH = '一二三四五六日天'
export const WEEKDAYS_EN = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export const MONTHS_EN = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NUMBERS: Readonly<Record<string, number>> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  几: 3,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  'a couple of': 2,
  'a few': 3,
}
export const number = (text: string): number => NUMBERS[text] ?? (/^\d+$/.test(text) ? Number(text) : chinese(text))

/** 十一, 二十, 二十三: up to 99. */
function chinese(text: string): number {
  const ten = text.indexOf('十')
  if (ten < 0) return Number.NaN
  return (
    (ten === 0 ? 1 : NUMBERS[text.slice(0, ten)]!) * 10 + (ten + 1 < text.length ? NUMBERS[text.slice(ten + 1)]! : 0)
  )
}

/** 0 = Monday … 6 = Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (on: PlainDate): number => (((dayNumber(on) + 3) % 7) + 7) % 7

/** The latest such weekday up to `on`. */
const lastWeekday = (on: PlainDate, weekday: number): PlainDate => addDays(on, -((weekdayOf(on) - weekday + 7) % 7))
/** That weekday of the week `weeks` before the week of `on`; weeks begin on Monday. */
const weekdayOfWeek = (on: PlainDate, weekday: number, weeks: number): PlainDate =>
  addDays(on, weekday - weekdayOf(on) - 7 * weeks)

/** The same date in an earlier month, on its last day where that month is shorter. */
function monthsBack(on: PlainDate, months: number): PlainDate {
  const [year, month, date] = on.split('-').map(Number) as [number, number, number]
  const index = year * 12 + month - 1 - months
  for (let d = date; d > 27; d--) {
    const found = day(Math.floor(index / 12), (index % 12) + 1, d)
    if (found) return found
  }
  return day(Math.floor(index / 12), (index % 12) + 1, Math.min(date, 28))!
}

/** A date of the month: of this month when it is past, else of the one before. */
function dateOfMonth(on: PlainDate, date: number): PlainDate | undefined {
  const [year, month] = on.split('-').map(Number) as [number, number]
  const here = day(year, month, date)
  if (here !== undefined && here <= on) return here
  return month === 1 ? day(year - 1, 12, date) : day(year, month - 1, date)
}

/** "On the 2nd": the last such date, but where that is long ago and the next is near. */
function likelyDate(on: PlainDate, date: number): PlainDate | undefined {
  const [before, next] = [dateOfMonth(on, date), nearestDate(on, date)]
  if (before === undefined || next === undefined || next <= on) return before ?? next
  return dayNumber(on) - dayNumber(before) > 18 && dayNumber(next) - dayNumber(on) <= 12 ? next : before
}

/** A date of the month, in the month where it lies nearest. */
function nearestDate(on: PlainDate, date: number): PlainDate | undefined {
  const [year, month] = on.split('-').map(Number) as [number, number]
  const away = (found: PlainDate): number => Math.abs(dayNumber(found) - dayNumber(on))
  return [-1, 0, 1]
    .flatMap((step) => day(year + Math.floor((month - 1 + step) / 12), ((month - 1 + step + 12) % 12) + 1, date) ?? [])
    .reduce<PlainDate | undefined>(
      (best, next) => (best !== undefined && away(best) <= away(next) ? best : next),
      undefined,
    )
}

type Rule = [pattern: RegExp, resolve: (match: RegExpMatchArray, on: PlainDate) => PlainDate | undefined]
export const EN_DAY = '(mon|tue|wed|thu|fri|sat|sun)[a-z]*'
/** Whole names only: "4 decision makers" is no day of December, and "3 may want it" none of May. */
export const EN_MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?! (?:be|have|want|not|also|need|still|well|come|go)\\b)|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b'
/** What follows a date of the month that is one: "8号会议室" and "3号线" are places and things. */
const ZH_DATE =
  '(?=$|[\\s,，。.;；、:：!！?？()（）~～\\-—]|[上下中]午|早上?|晚上?|夜|前|之|以[前后]|后|左右|当|那天|已|就|又|还|也|再|才|会(?!议室)|要|去|来|见|到|开(?!关)|发(?!电)|签|定|交|跟|和|与|在|给|约|拜访|公|出|收|截|提|打|正式|我|他|她|对方|客户|召|举行|面|聊|谈|的|评|投|演示|讲|汇报|过|通|批|报|宣|拿|送|递|做|碰|是|起|至|连)'
export const EN_NUMBER = '(\\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few)'
/** A month or a date, in figures or in characters. */
export const ZH_PART = '(\\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])'
export const ZH_NUMBER = '(\\d{1,2}|[一两二三四五六七八九十几])'

/** Longer expressions before the shorter ones they contain. */
const RULES: readonly Rule[] = [
  [/(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/g, (m) => day(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    /(去|今|明|后)年\s*(\d{1,2})月(\d{1,2})[号日]?/g,
    (m, on) => day(Number(on.slice(0, 4)) + '去今明后'.indexOf(m[1]!) - 1, Number(m[2]), Number(m[3])),
  ],
  [/(?<!\d)(\d{2})年(\d{1,2})月(\d{1,2})[号日]?/g, (m) => day(2000 + Number(m[1]), Number(m[2]), Number(m[3]))],
  [/(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/g, (m) => day(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    // 0311 拜访…, 3.11（周三）, 3-11 王总…, 3/11 跟…: at the head of a line; 1.2 系统 numbers a part of the text.
    /(?<=^|\n *)(?:(0[1-9]|1[0-2])([0-3]\d)(?= (?!元|万|台|人|个|米|吨|套)[\u4e00-\u9fff])|(\d{1,2})\.(\d{1,2})(?= ?\((?:周|星期|礼拜))|(\d{1,2})[-/](\d{1,2})(?= ?\((?:周|星期|礼拜)| (?!人|个|台|套|万|元|天|周|月|年)[\u4e00-\u9fff]))/g,
    (m, on) => nearest(on, Number(m[1] ?? m[3] ?? m[5]), Number(m[2] ?? m[4] ?? m[6])),
  ],
  [
    /(?<=[\u4e00-\u9fff,.;:] ?)(?<![占约超近达]|[一二三四五六七八九十分之])(\d{1,2})\/(\d{1,2})(?= ?(?!的|以|人|票|天|左右)[\u4e00-\u9fff])/g,
    (m, on) => (Number(m[1]) <= 12 ? nearest(on, Number(m[1]), Number(m[2])) : undefined),
  ],
  [/半个月(?:之?前)/g, (_, on) => addDays(on, -15)],
  [
    /(\d{1,2})月(初|上旬|中旬|中|下旬|底|末)(?!之?前|以前|要|得|必须)/g,
    (m, on) => nearest(on, Number(m[1]), { 初: 3, 上旬: 5, 中旬: 15, 中: 15, 下旬: 25 }[m[2]!] ?? 28),
  ],
  [/大前天/g, (_, on) => addDays(on, -3)],
  [/(?<![以之])前天|前晚|前儿个?/g, (_, on) => addDays(on, -2)],
  [/昨天|昨日|昨晚|昨夜|昨儿/g, (_, on) => addDays(on, -1)],
  [/今天|今日|今早|今晚|上午|下午|刚刚|刚才/g, (_, on) => on],
  [
    /上上(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => weekdayOfWeek(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!)), 2),
  ],
  [
    /上个?(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => weekdayOfWeek(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!)), 1),
  ],
  [
    /(?<!下个?)(?:这个?|本)(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => weekdayOfWeek(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!)), 0),
  ],
  [
    /(?<!下个?)(?:周|星期|礼拜)([一二三四五六日天])/g,
    (m, on) => lastWeekday(on, Math.min(6, WEEKDAYS_ZH.indexOf(m[1]!))),
  ],
  [/上上(?:周|星期)/g, (_, on) => addDays(on, -14)],
  [/上个?(?:周|星期|礼拜)(?!末)/g, (_, on) => addDays(on, -7)],
  [/上周末/g, (_, on) => weekdayOfWeek(on, 6, 1)],
  [new RegExp(`${ZH_NUMBER}天(?:之?前)`, 'g'), (m, on) => addDays(on, -number(m[1]!))],
  [new RegExp(`${ZH_NUMBER}(?:个)?(?:周|星期|礼拜)(?:之?前)`, 'g'), (m, on) => addDays(on, -7 * number(m[1]!))],
  [new RegExp(`${ZH_NUMBER}个月(?:之?前)`, 'g'), (m, on) => monthsBack(on, number(m[1]!))],
  [
    /上个?月(\d{1,2})[号日]/g,
    (m, on) => day(Number(monthsBack(on, 1).slice(0, 4)), Number(monthsBack(on, 1).slice(5, 7)), Number(m[1])),
  ],
  [/(\d{1,2})月(\d{1,2})[号日]?/g, (m, on) => nearest(on, Number(m[1]), Number(m[2]))],
  [new RegExp(`${ZH_PART}月${ZH_PART}[号日]`, 'g'), (m, on) => nearest(on, number(m[1]!), number(m[2]!))],
  [
    new RegExp(`(?<![\\d月十一二三四五六七八九第])${ZH_PART}号${ZH_DATE}`, 'g'),
    (m, on) => dateOfMonth(on, number(m[1]!)),
  ],
  [
    new RegExp(
      `(?<![\\d月十一二三四五六七八九第/.-]|[日号][和,至到]?)(\\d{1,2})日(?![内前均常志程元本子报期])${ZH_DATE}|(?<=^|[\\n,.;: ])(\\d{1,2})日(?![内前均常志程元本子报期])(?=[\\u4e00-\\u9fff])`,
      'g',
    ),
    (m, on) => dateOfMonth(on, number((m[1] ?? m[2])!)),
  ],
  [/上个?月初/g, (_, on) => plainDate(`${monthsBack(on, 1).slice(0, 7)}-03`)],
  [/上个?月底/g, (_, on) => addDays(plainDate(`${on.slice(0, 7)}-01`), -2)],
  [/上个?月/g, (_, on) => monthsBack(on, 1)],
  [/(?:the )?day before yesterday/g, (_, on) => addDays(on, -2)],
  [/yesterday|last night/g, (_, on) => addDays(on, -1)],
  [/\btoday|this (?:morning|afternoon|evening)|just now\b/g, (_, on) => on],
  [new RegExp(`\\b${EN_NUMBER} days? (?:ago|back)\\b`, 'g'), (m, on) => addDays(on, -number(m[1]!))],
  [/\ba fortnight (?:ago|back)\b|\bthe week before last\b/g, (_, on) => addDays(on, -14)],
  [new RegExp(`\\b${EN_NUMBER} weeks? (?:ago|back)\\b`, 'g'), (m, on) => addDays(on, -7 * number(m[1]!))],
  [new RegExp(`\\b${EN_NUMBER} months? ago`, 'g'), (m, on) => monthsBack(on, number(m[1]!))],
  [
    new RegExp(
      `\\b(\\d{1,2})(?:(?:st|nd|rd|th)? (?:of )?|-)${EN_MONTH}(?:(?:\\.?,? |-)(\\d{4}|'?\\d{2}(?![\\d:]| ?[ap]m))\\b)?`,
      'g',
    ),
    (m, on) => english(on, m[2]!, m[1]!, m[3]),
  ],
  [
    new RegExp(`\\b${EN_MONTH}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b`, 'g'),
    (m, on) => english(on, m[1]!, m[2]!, m[3]),
  ],
  [NUMERIC_YEAR, (m, on) => numeric(on, Number(m[1]), Number(m[2]), m[3])],
  [NUMERIC, ({ 0: words }, on) => numeric(on, Number(words.split('/')[0]), Number(words.split('/')[1]), undefined)],
  [
    new RegExp(`\\b${EN_DAY} (?:last|just gone)\\b`, 'g'),
    (m, on) =>
      isWeekday(m[0].replace(/ (?:last|just gone)$/, ''))
        ? addDays(lastWeekday(addDays(on, -1), WEEKDAYS_EN.indexOf(m[1]!)), 0)
        : undefined,
  ],
  [new RegExp(`\\b${EN_DAY} (?:of )?last week`, 'g'), (m, on) => weekdayOfWeek(on, WEEKDAYS_EN.indexOf(m[1]!), 1)],
  [new RegExp(`\\blast week(?:'s)? ${EN_DAY}`, 'g'), (m, on) => weekdayOfWeek(on, WEEKDAYS_EN.indexOf(m[1]!), 1)],
  [
    new RegExp(`\\b(?:the )?${EN_DAY} before last\\b`, 'g'),
    (m, on) =>
      isWeekday(m[0].replace(/ before last$/, ''))
        ? addDays(lastWeekday(on, WEEKDAYS_EN.indexOf(m[1]!)), -7)
        : undefined,
  ],
  [
    // "Tuesday the 18th", "Tuesday 22nd": the date says which.
    new RegExp(`\\b${EN_DAY},? (?:the )?(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?${EN_MONTH})`, 'g'),
    (m, on) => nearestDate(on, Number(m[2])),
  ],
  [
    new RegExp(
      `(?<!next |every |each |a )\\b(?:last |this |on )?${EN_DAY}(?:day)?\\b(?! nights\\b| mornings\\b| afternoons\\b)`,
      'g',
    ),
    (m, on) => {
      // "We sat down", "in the sun": the short forms of the weekend only behind "on" or "last".
      if (!isWeekday(m[0]) || /^(?:sat|sun)$/.test(m[0])) return undefined
      const weekday = WEEKDAYS_EN.indexOf(m[1]!)
      return m[0].startsWith('this ')
        ? weekdayOfWeek(on, weekday, 0)
        : strictlyBefore(on, weekday, m[0].startsWith('last'))
    },
  ],
  [
    new RegExp(`\\b(early|mid|late)[ -]${EN_MONTH}`, 'g'),
    (m, on) => nearest(on, MONTHS_EN.indexOf(m[2]!.slice(0, 3)) + 1, { early: 5, mid: 15 }[m[1]!] ?? 25),
  ],
  [/\blast week\b/g, (_, on) => addDays(on, -7)],
  [/\blast month\b/g, (_, on) => monthsBack(on, 1)],
  [/\bon the (\d{1,2})(?:st|nd|rd|th)\b/g, (m, on) => likelyDate(on, Number(m[1]))],
]

/** `mon` may begin "month" and "monitor": only the name of a day counts. */
function isWeekday(text: string): boolean {
  return /(?:^|\s)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$/.test(text)
}

function strictlyBefore(on: PlainDate, weekday: number, last: boolean): PlainDate {
  const found = lastWeekday(on, weekday)
  // Of yesterday nobody says "last Wednesday".
  return last && found >= addDays(on, -1) ? addDays(found, -7) : found
}

function english(on: PlainDate, month: string, date: string, year: string | undefined): PlainDate | undefined {
  const m = MONTHS_EN.indexOf(month.slice(0, 3)) + 1
  const full = year?.replace("'", '')
  return full === undefined
    ? nearest(on, m, Number(date))
    : day(Number(full.length === 2 ? `20${full}` : full), m, Number(date))
}

/** Behind a day: it is the end of something, not the day of what is told. */
const UNTIL =
  /^\s*(?:之前|以前|(?:下班|中午|晚上|上午|下午|早上|一早|[上下]午\d点)?前(?!后|面|天|来|往)|为止|截[止标]|到期)/
/** Behind a weekday or a date: before something of that day ("周一开盘前"). */
const BEFORE_SOMETHING = /^[\u4e00-\u9fff]{1,3}前(?![后面天来往的几])/
/** Behind a day without month or week: what is to come rather than what was. */
const TO_COME =
  /^\s*(?:[上下中]午|晚上|早上|\d{1,2}点半?|(?:要|就要|得|再|准备)){0,2}(?:开标|投标|递交|交标|述标|讲标|上线|演示|评标|定标|谈判|上(?:党委|总办|董事|办公|常委|专题|院务|局务|校务|行务|经理)?会|再给|出结果|给(?:你们|我们|我)?(?:答复|回话|回复)|碰头|面谈|签约)(?!了|过|完|时|会上|现场|的)/
/** Behind it, in the same breath: it has been all the same. */
const HAS_BEEN = /了(?!解)|过(?!来|去|会)|只来|流标|废标|结果|我们第/
/** A clause of what is or will be, and one of what was, in English. */
const EN_TO_COME =
  /\b(?:will|'ll|is|are|am|gets?|due|wants?|needs?|can|could|should|must|going to|coming|one more|until|by)\b|'ll\b|'s (?:on|at|for|in) /
const EN_PAST =
  /\b(?!need)\w{2,}ed\b|\b(?:was|were|had|went|came|said|told|got|took|gave|sent|met|saw|rang|did|put|made|left|sat|held|ran|began|lost|won|paid|heard|spoke|kept|brought|bought|wrote|found|let|fell|broke|knew|stood|drove|flew|has|have|'ve|cut|read|quit|hit|threw|drew|spent|showed|shown|led|chose|swore|beat)\b/
/** Behind "on the 18th", in a clause of the past: it is still to come all the same. */
const EN_FIXED =
  /\b(?:blocked|booked|set|scheduled|arranged|fixed|agreed|invited|planned|moved|pushed|postponed|reserved|put off|put (?:it|us) (?:in|down))\b/
const WITHOUT_MONTH = /^(?:\d|(?:这|本)?(?:周|星期|礼拜))/
/** A part of a day: of the day that the paragraph is about, or else of the day of the note. */
export const PART = /^[上下]午$/
/** Days that can only be past. */
const PAST = /^(?:大?前|昨|今|上|刚|yesterday|today|last|the day|this)|前$|ago$/
/** Before a day, the same. */
const DUE =
  /(?:\b(?:by|before|due(?: on| by| in)?|until|till|no later than|not later than|deadline(?: is| of|:)?|closes?(?: on)?|at the latest)\s+(?:the )?|(?:截止(?:日期|时间)?|最晚|最迟|不晚于|不迟于|赶在|必须在|务必在|须于|应于)[是为到至在:：]*\s*)$/

/** Before a day of whatever kind: a stretch of time, a comparison or an arrangement ends or begins with it. */
const SPAN = /(?:从|自从?|截至|到|拖到|说好|跟|比|than|since|which|until|through to)\s*$/
/** Behind a day of whatever kind, the same. */
const SPAN_BEHIND = /^\s*(?:为止|起|以来|(?:都|倒)?还(?!有|给|跟)|那版|那次|那份|那一?稿|的那)/
/** Before a day that may be ahead: it was arranged, or is told as what comes. */
const ARRANGED =
  /(?:同意|定在|定于|约在|约好|安排在|改到|改在|推到|推迟到|延到|放在|等|要等)\s*$|\b(?:steps|runs|expires|ends|starts|begins|leaves|closes|opens|meets|goes|comes|retires|lapses|starting)\b[^.,;]{0,24}$|\bfrom (?:the )?$/

/** A date of this month that is still ahead, without a word that says it was. */
function isAhead(text: string, { end }: Mention, on: PlainDate, said: string): boolean {
  const date = number(/^[^号日]+/.exec(said)?.[0] ?? '')
  const away = date - Number(on.slice(8))
  return (
    /^[^月]{1,3}[号日]$/.test(said) && away > 0 && away <= 12 && !/了|过|的(?:$|[,.;])/.test(text.slice(end, end + 14))
  )
}

/** A weekday or a date of the month alone: whether its clause tells of what is to come. */
function isAheadInEnglish(text: string, { start, end }: Mention, said: string): boolean {
  const date = /^on the \d/.test(said)
  if (!date && !/^(?:on |this )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.test(said)) return false
  const from = Math.max(...['.', ';', '\n', ':', '!', '?'].map((mark) => text.lastIndexOf(mark, start - 1))) + 1
  const before = text.slice(Math.max(from, start - 90), start)
  const behind = /^[^.;:!?\n,]{0,60}/.exec(text.slice(end))![0]
  const clause = `${before.slice(before.lastIndexOf(',') + 1)}${said}${behind}`
  if (date && EN_FIXED.test(clause)) return true
  const own = clause.replace(said, ' ')
  // "You get one more go, Friday afternoon": a clause without a verb goes with the one before.
  const told = EN_TO_COME.test(own) || EN_PAST.test(own) ? own : before
  return EN_TO_COME.test(told) && !EN_PAST.test(told)
}

/** After the day of the minutes something has been since: "On 17/03 Layla wrote", "3月17日李工来邮件". */
function isSince(text: string, { start, end }: Mention): boolean {
  const said = text.slice(start, end)
  if (!/月|\/|[a-z]{3}/.test(said) || /[a-z]day$|^(?:mon|tue|wed|thu|fri|sat|sun)/.test(said)) return false
  const sentence = Math.max(...['.', ';', '\n', '!', '?'].map((mark) => text.lastIndexOf(mark, start - 1))) + 1
  const behind = /^[^.;!?\n]{0,60}/.exec(text.slice(end))![0]
  if (/[\u4e00-\u9fff]/.test(said + behind))
    return (
      text.slice(sentence, start).trim() === '' &&
      /^[\u4e00-\u9fff]{1,6}?(?:来|发|又|已|说|回|补|问|打|提)/.test(behind)
    )
  return EN_PAST.test(behind.split(',')[0]!) && !EN_TO_COME.test(behind.split(',')[0]!)
}

function isDeadline(text: string, { start, end }: Mention, on: PlainDate): boolean {
  const said = text.slice(start, end)
  const before = text.slice(Math.max(0, start - 32), start)
  if (SPAN.test(before) || SPAN_BEHIND.test(text.slice(end, end + 6))) return true
  if (PAST.test(said)) return false
  if (ARRANGED.test(before) || isAhead(text, { start, end, on }, on, said)) return true
  const after = text.slice(end, end + 12)
  if (
    UNTIL.test(after) ||
    (WITHOUT_MONTH.test(said) && BEFORE_SOMETHING.test(after)) ||
    DUE.test(text.slice(Math.max(0, start - 24), start))
  )
    return true
  if (isAheadInEnglish(text, { start, end, on }, said)) return true
  return (
    WITHOUT_MONTH.test(said) &&
    !said.includes('月') &&
    TO_COME.test(after) &&
    !HAS_BEEN.test(text.slice(end, end + 16).split(/[.;!?\n]/)[0]!)
  )
}

/**
 * The days that a normalised text names, seen from the day it was written, in order of place. Days after it are left out, what
 * is planned has not happened, and deadlines, which say when something is to be done; what stands inside such a day is none either. Minutes were
 * `written` later than the day they are seen from: a date up to then, at the head of a sentence or in a clause of what was, counts too.
 */
export function daysIn(text: string, on: PlainDate, written = on): Mention[] {
  const named: Mention[] = []
  for (const [pattern, resolve] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (named.some((other) => start < other.end && end > other.start)) continue
      const resolved = resolve(match, on)
      if (resolved !== undefined) named.push({ start, end, on: resolved })
    }
  }
  // "5号下午" is a part of the 5th, not of today.
  const isPart = ({ start, end }: Mention): boolean =>
    PART.test(text.slice(start, end)) &&
    named.some((other) => other.end <= start && text.slice(other.end, start).trim() === '')
  return named
    .filter(
      (mention) =>
        (mention.on <= on || (mention.on <= written && isSince(text, mention))) &&
        !isPart(mention) &&
        !isDeadline(text, mention, on),
    )
    .sort((x, y) => x.start - y.start)
}
