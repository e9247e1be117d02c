import type { Stretch } from './segments.ts'

/** Labels of what stands over minutes and mails: who was there, where and when, from whom to whom. */
const LABEL =
  /^[\s\-*#>]*(?:会议)?(?:纪要|名称|时间|日期|地点|参加|参会|与会|出席|列席|到会|主持|记录|整理|收件人|发件人|抄送|甲方|乙方|对方|我方|双方)(?:人员?|单位|方|领导|代表)?\s*[:]|^[\s\-*#>]*(?:date|time|place|venue|location|present|attendees|attending|participants|apologies|on the call|in the room|their side|our side|client side|from|to|cc|bcc|sent|distribution)\s*:/
/** Somebody is there who never was: that is news, also in a list of who was there. */
const NEWS = /首次|第一次|头一回|头回|新任|新来|从没|\b(?:first time|for once|newly|new)\b/
/** A line of nothing but a day. */
const ONLY_DAY =
  /^[\s(]*(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,?(?: \d{4})?|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,?(?: \d{4})?|周[一二三四五六日]|[a-z]{3,9}day)[\s).,;:]*$/
/** What a title calls itself. */
const TITLE =
  /纪要|记录|例会|周会|月会|启动会|周报|日报|小结|流水|\b(?:minutes|notes|report|meeting|kick-?off|call|review|status|diary|debrief)\b/
const TITLE_LENGTH = 70

/**
 * Is a sentence of a normalised text only the head of something: its title, who was there and when, from whom to whom, a day by itself? It says
 * nothing, although it is full of the words that facts are told with.
 */
export function isHead(text: string, { start, end }: Stretch): boolean {
  const line = text.lastIndexOf('\n', start) + 1
  const words = text.slice(start, end)
  if (ONLY_DAY.test(words)) return true
  if (LABEL.test(text.slice(line, end))) return !NEWS.test(words)
  if (line > 0 && text.slice(0, line).trim() !== '') return false
  // The first line, where another follows and no mark closes it.
  const lineEnd = text.indexOf('\n', end)
  return (
    lineEnd >= 0 &&
    text.slice(end, lineEnd).trim() === '' &&
    end - line <= TITLE_LENGTH &&
    TITLE.test(text.slice(line, end))
  )
}

/** Over what is still to be done. */
const TO_DO =
  /^[\s\-*#>(\d.)]*(?:[一二三四五六七八九十]+[,.])?\s*(?:下一步|后续(?!问题)|待办|行动项|下(?:周|月|阶段)的?(?:计划|安排|打算|工作)|工作计划|todo|to do|to-do|next steps?|actions?|action (?:items|points)|follow-?ups?|plan for next|what next)[^:.;\n]{0,12}(?::|$)/
const ITEM = /^\s*(?:[-*•·]|\(?\d{1,2}[.),]|[一二三四五六七八九十]{1,2}[,.])/
/** A list of things to do is no longer. */
const LONGEST_LIST = 12

/** Does a sentence of a normalised text stand under "next steps"? What is listed there has not happened. */
export function isToDo(text: string, { start }: Stretch): boolean {
  let line = text.lastIndexOf('\n', start) + 1
  if (TO_DO.test(lineAt(text, line))) return true
  for (let i = 0; i < LONGEST_LIST && line > 0; i++) {
    if (!ITEM.test(lineAt(text, line))) return false
    line = text.lastIndexOf('\n', line - 2) + 1
    const above = lineAt(text, line)
    if (TO_DO.test(above) && /^[^:]*:?\s*$/.test(above)) return true
  }
  return false
}
const lineAt = (text: string, start: number): string =>
  text.slice(start, text.indexOf('\n', start) < 0 ? undefined : text.indexOf('\n', start))

/** A line of a chat that we wrote. */
const OURS =
  /^\s*(?:[[(][^\])]*[\])]\s*)?(?:我|me|us)(?![\u4e00-\u9fff])[^:\n]{0,4}(?:\d{1,2}:\d{2}(?::\d{2})?[)\]]?\s*)?[:,]\s*/
const ASKS =
  /[?]|[吗呢]$|哪天|哪一?家|几号|几个|几家|什么时候|多少|咋样|怎么样|了没|没有$|是不是|有没有|能不能|会不会|要不要|^(?:and |so |but |ok |hey )?(?:did|do|does|has|have|is|are|was|were|any|what|who|when|how|where|why|could|can|will|would)\b/

/** Do we ask it ourselves, in a chat? Then nobody of theirs has said it. */
export function isOurQuestion(text: string, { start, end }: Stretch): boolean {
  const line = text.lastIndexOf('\n', start) + 1
  const speaker = OURS.exec(text.slice(line, end))
  if (!speaker) return false
  const words = text.slice(Math.max(start, line + speaker[0].length), end)
  return ASKS.test(words) || /^\s*[?]/.test(text.slice(end, end + 2))
}
