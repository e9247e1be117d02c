import { addDays, isPlainDate } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { shortDays } from './short-days.ts'
import type { ShortDay } from './short-days.ts'
import type { Note } from './types.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Whole names, "4 markets 2026" begins no note of March. */
const MONTH =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i
const DATE = String.raw`(?:(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?|(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))`
const TIME = String.raw`(?:[T ,]+(?:上午|下午)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?)?`
const WEEKDAY = String.raw`(?:\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?|,?\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)?`
/** `## 2025-03-05`, `2025年3月5日 周三 张三`, `5 March 2025, Dana Reyes`: a day, perhaps who wrote, and nothing else. */
const HEADING = new RegExp(
  String.raw`^\s*(?:#{1,6}\s*|[-*]\s+|\[)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?${DATE}\]?(?!\d|日?(?:之?[前后]|以[前后]|[起至到内]|截[止标]|为止))${TIME}${WEEKDAY}\s*[-–—:：,，|]?\s*([^\n]*)$`,
)
/** `Dana Reyes 2025-03-05 14:22` as chats export it. */
const CHAT = new RegExp(
  String.raw`^\s*([\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z .'’-]{0,30}?)\s+${DATE}${TIME}\s*[:：]?\s*$`,
)
const MAIL_DATE = new RegExp(
  String.raw`^(?:Date|Sent|日期|发送时间|时间)\s*[:：]\s*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?${DATE}.*$`,
  'i',
)
const MAIL_HEADER = /^(?:from|to|cc|bcc|subject|发件人|收件人|抄送|主题)\s*[:：]\s*(.*)$/i

function dayFrom(groups: readonly (string | undefined)[]): PlainDate | undefined {
  const [y1, m1, d1, d2, name2, y2, name3, d3, y3] = groups
  const month = (name: string | undefined): number =>
    MONTH.test(name ?? '') ? MONTHS.indexOf(name!.slice(0, 3).toLowerCase()) + 1 : 0
  const [y, m, d] = y1 ? [y1, Number(m1), d1] : y2 ? [y2, month(name2), d2] : [y3, month(name3), d3]
  const text = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  return isPlainDate(text) ? text : undefined
}

/** Family names that begin most Chinese names, and the compound ones. */
const FAMILY =
  /^(?:[小老阿]?[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧柯霍裴车房游邬柴项甄景岑单戚臧麦古宫阮翁华]|欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容)/
/** What a seller did, not who wrote of it. */
const DEED =
  /[会访话议要谈报告通流录邮件餐饭标审]$|\b(?:visit|calls?|meetings?|notes?|minutes|demo|workshop|review|lunch|dinner|update|follow|kick-?off|e?-?mail|site|phone|video|sales|weekly|monthly|report|summary|meeting|trip|call|tender|project|status)\b/i

/** A short rest of a heading that looks like a name, not like the note itself or what was done. */
function authorIn(rest: string): string | undefined {
  const name = rest.trim().replace(/[:：]$/, '')
  if (DEED.test(name)) return undefined
  if (/^[\u3400-\u9fff]{2,4}$/.test(name)) return FAMILY.test(name) ? name : undefined
  return /^[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}$/.test(name) ? name : undefined
}

/** A day at the head of a line, who wrote, and what stands behind them. */
function headingOf(
  line: string,
  short: ShortDay | undefined,
): { on: PlainDate; author: string | undefined; rest: string } | undefined {
  const match = HEADING.exec(line)
  const full = match ? dayFrom(match.slice(1, 10)) : undefined
  const on = full ?? short?.on
  if (on === undefined) return undefined
  const rest = full === undefined ? short!.rest : match![10]!
  const author = authorIn(rest)
  if (author !== undefined) return { on, author, rest: '' }
  const spoken = /^([\u3400-\u9fffA-Za-z .'’-]{2,30}?)[:：]\s*(.+)$/.exec(rest)
  const speaker = spoken ? authorIn(spoken[1]!) : undefined
  return { on, author: speaker, rest: speaker ? spoken![2]! : rest }
}

/** Whoever goes on without years writes within months of the last day that has one. */
const GOES_ON = 240

/** A day that all days without a year lie before, where only days in full say when it was written. */
function afterLastDay(lines: readonly string[]): PlainDate | undefined {
  const days = lines.flatMap((line) => {
    const heading = HEADING.exec(line)
    return (heading ? dayFrom(heading.slice(1, 10)) : undefined) ?? []
  })
  return days.length === 0 ? undefined : addDays(days.toSorted().at(-1)!, GOES_ON)
}

/**
 * Splits a file into dated notes: plain text or Markdown with days as headings or line beginnings, mails with headers, chats as
 * they are exported; also days without a year, seen from `on`. `on` dates what stands before the first day. Undated text without
 * `on` is returned in `undated`, nothing is dropped silently.
 */
export function splitNotes(text: string, on?: PlainDate): { notes: Note[]; undated: string } {
  const notes: Note[] = []
  let current: { on: PlainDate | undefined; author?: string; lines: string[] } = { on, lines: [] }
  let undated = ''
  const close = (): void => {
    const body = current.lines.join('\n').trim()
    if (body !== '') {
      if (current.on === undefined) undated += `${undated ? '\n' : ''}${body}`
      else notes.push({ on: current.on, ...(current.author ? { author: current.author } : {}), text: body })
    }
  }
  const begin = (day: PlainDate, author: string | undefined, first: string): void => {
    close()
    current = { on: day, ...(author ? { author } : {}), lines: first ? [first] : [] }
  }
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  // Days without a year are seen from the day of the paste, or else from the last day that is written in full.
  const written = afterLastDay(lines)
  const seen = on ?? written
  const short =
    seen === undefined ? new Map<number, never>() : shortDays(lines, seen, { opened: written !== undefined })
  for (const [i, line] of lines.entries()) {
    const mail = MAIL_DATE.exec(line)
    const mailDay = mail ? dayFrom(mail.slice(1)) : undefined
    if (mailDay) {
      // The headers around the date belong to the mail, not to its text.
      const author = current.lines
        .map((above) => /^(?:from|发件人)\s*[:：]\s*([^<]*)/i.exec(above)?.[1]?.trim())
        .find(Boolean)
      current.lines = current.lines.filter((above) => !MAIL_HEADER.test(above))
      begin(mailDay, author, '')
      continue
    }
    const header = MAIL_HEADER.exec(line)
    if (header && (current.on === undefined || current.lines.length === 0 || /^(?:from|发件人)/i.test(line))) {
      if (/^(?:subject|主题)/i.test(line)) current.lines.push(header[1]!)
      else if (/^(?:from|发件人)/i.test(line)) current.lines.push(line)
      continue
    }
    const heading = headingOf(line, short.get(i))
    if (heading) {
      begin(heading.on, heading.author, heading.rest)
      continue
    }
    const chat = CHAT.exec(line)
    const chatDay = chat ? dayFrom(chat.slice(2)) : undefined
    if (chat && chatDay) {
      begin(chatDay, chat[1]!.trim(), '')
      continue
    }
    if (/^\s*>/.test(line)) continue
    current.lines.push(line)
  }
  close()
  return { notes, undated }
}
