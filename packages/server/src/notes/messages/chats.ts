import type { PlainDate } from '@sente/engine'
import { dayAt, orderShown, readDay } from '../../exchange/intake/days.ts'
import { plainSpeaker } from './message.ts'
import type { Message, Messages } from './message.ts'

/** Chats and minutes as programs export and people copy them. */

const DAY = String.raw`\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}`
const CLOCK = String.raw`(?:(?:上午|下午|晚上|凌晨|中午)\s?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?`
const NAME = String.raw`[^\s\d:：\[\]][^:：\[\]\n]{0,39}?`

interface Shape {
  /** Groups: name, day, and text on the same line. */
  pattern: RegExp
  name: number
  day: number
  text?: number
  kind?: number
}
const SHAPES: readonly Shape[] = [
  // WhatsApp, iPhone: [12/11/2026, 22:56:10] Kofi Osei: text
  {
    pattern: new RegExp(String.raw`^\u200e?\[(${DAY}),?\s+${CLOCK}\]\s+~?\s?(${NAME}):\s?(.*)$`),
    day: 1,
    name: 2,
    text: 3,
  },
  // WhatsApp, Android: 12/11/2026, 22:56 - Kofi Osei: text
  { pattern: new RegExp(String.raw`^\u200e?(${DAY}),?\s+${CLOCK}\s+-\s+(${NAME}):\s?(.*)$`), day: 1, name: 2, text: 3 },
  // WeChat exports: 赵启明 [文本] 2026-11-12 22:56:10
  {
    pattern: new RegExp(String.raw`^(${NAME})\s+\[([^\]]{1,8})\]\s+(${DAY})\s+${CLOCK}\s*$`),
    name: 1,
    kind: 2,
    day: 3,
  },
  // WeChat, WeCom, DingTalk, Feishu copied: 赵启明（青禾农业） 2026/11/12 22:56:10
  {
    pattern: new RegExp(String.raw`^(${NAME})\s+(${DAY})\s+(?:(?:周|星期)[一二三四五六日天]\s+)?${CLOCK}\s*$`),
    name: 1,
    day: 2,
  },
  // QQ: 2026-11-12 22:56:10 赵启明(12345)
  {
    pattern: new RegExp(String.raw`^(${DAY})\s+${CLOCK}\s+(${NAME}(?:[(（<][^()（）<>]*[)）>])?)\s*$`),
    day: 1,
    name: 2,
  },
  // Teams copied: [2026/11/12 22:56] Kofi Osei: text has the shape of WhatsApp; this one: Kofi Osei  11/12/2026 10:56 PM text
  { pattern: new RegExp(String.raw`^(${DAY})\s+${CLOCK}\s+(${NAME})[:：]\s?(.*)$`), day: 1, name: 2, text: 3 },
]
/** No words: files, pictures, stickers, calls, and what programs say themselves. */
const NO_WORDS = /^(?:文件|图片|语音|视频|表情|动画表情|位置|名片|链接|小程序|红包|转账|通话|拍一拍|系统|撤回)/
const SYSTEM =
  /^\[(?:文件|图片|语音|视频|动画表情|表情|位置|名片|链接|小程序|红包|转账|聊天记录|通话时长|Photo|Image|Sticker|File|Video|Voice)[^\]]*\]$|^<Media omitted>$|^(?:image|video|audio|sticker|GIF|document) omitted$|Messages and calls are end-to-end encrypted|撤回了一条消息|加入了?群聊|拍了拍|This message was deleted/i
/** What an answer quotes is somebody else's earlier line. */
const QUOTED = /^(?:\[引用\]|「.*」$|引用[:：]|[-—]{6,}|- - - -)/

/** A chat of which at least two lines, or its first one, say who and when. */
export function chatOf(text: string): Messages | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const found = lines.flatMap((line, i) => {
    for (const shape of SHAPES) {
      const match = shape.pattern.exec(line.trimEnd())
      if (match) return [{ i, shape, match }]
    }
    return []
  })
  const first = lines.findIndex((line) => line.trim() !== '')
  if (found.length === 0 || (found.length < 2 && found[0]!.i !== first) || found[0]!.i > first + 4) return undefined
  const order = orderOf(found.map(({ match, shape }) => match[shape.day]!))
  const said: Messages['said'] = []
  if (order.guessed)
    said.push({
      en: `Days like ${found[0]!.match[found[0]!.shape.day]!} are read day first; nothing in the chat shows the order.`,
      zh: `${found[0]!.match[found[0]!.shape.day]!} 这样的日期按日在前读取；聊天记录里没有能判断顺序的日期。`,
    })
  const messages = found.map(({ i, shape, match }, place): Message => {
    const end = found[place + 1]?.i ?? lines.length
    const more = lines.slice(i + 1, end)
    const kind = shape.kind === undefined ? undefined : match[shape.kind]
    const own = [shape.text === undefined ? '' : match[shape.text]!, ...more]
    const words =
      kind !== undefined && NO_WORDS.test(kind)
        ? []
        : own.filter((line) => !QUOTED.test(line.trim()) && !SYSTEM.test(line.trim()))
    const read = readDay(match[shape.day]!, { order: order.order })
    return {
      on: 'day' in read ? read.day : undefined,
      author: plainSpeaker(match[shape.name]!),
      text: words.join('\n').trim(),
    }
  })
  return { format: 'chat', messages, said }
}

function orderOf(days: readonly string[]): { order: 'dmy' | 'mdy'; guessed: boolean } {
  let some = false
  for (const day of days) {
    const shown = orderShown(day)
    if (!shown) continue
    some = true
    if (shown.order) return { order: shown.order, guessed: false }
  }
  return { order: 'dmy', guessed: some }
}

/** Slack: an array of messages of one channel and day, or of several. */
export function slackOf(value: unknown, zone: string | undefined): Messages | undefined {
  const list = Array.isArray(value) ? value : (value as { messages?: unknown } | null)?.messages
  if (!Array.isArray(list)) return undefined
  const entries = list.filter(
    (entry): entry is Slack =>
      typeof entry === 'object' &&
      entry !== null &&
      typeof (entry as Slack).ts === 'string' &&
      typeof (entry as Slack).text === 'string',
  )
  if (entries.length === 0 || entries.length * 2 < list.length) return undefined
  const names = new Map(
    entries.flatMap(({ user, user_profile: profile }) =>
      user !== undefined && profile ? [[user, profile.real_name ?? profile.display_name ?? user] as const] : [],
    ),
  )
  const nameOf = (user: string | undefined): string | undefined =>
    user === undefined ? undefined : (names.get(user) ?? user)
  return {
    format: 'chat',
    said: zone === undefined ? [{ en: 'Moments are taken in UTC.', zh: '时刻按 UTC 计。' }] : [],
    messages: entries
      .filter(({ subtype }) => subtype === undefined || subtype === 'thread_broadcast')
      .map(({ ts, text, user, username }): Message => ({
        on: dayAt(Math.round(Number(ts) * 1000), zone ?? 'UTC'),
        author: username ?? nameOf(user),
        text: text
          .replaceAll(/<@(\w+)(?:\|([^>]+))?>/g, (_, id: string, label?: string) => `@${label ?? nameOf(id)!}`)
          .replaceAll(/<(?:https?:[^>|]+)\|([^>]+)>/g, '$1')
          .replaceAll(/<(https?:[^>]+)>/g, '$1')
          .replaceAll('&amp;', '&')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>'),
      })),
  }
}
interface Slack {
  ts: string
  text: string
  user?: string
  username?: string
  subtype?: string
  user_profile?: { real_name?: string; display_name?: string }
}

/** WEBVTT of Teams, Zoom and their kin: times and tags gone, cues of one speaker put together. The day comes from the file's name or is said. */
export function vttOf(text: string, name: string): Messages | undefined {
  if (!/^\ufeff?WEBVTT/.test(text)) return undefined
  const messages: Message[] = []
  const on = dayInName(name)
  for (const block of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = block.split('\n')
    const at = lines.findIndex((line) => line.includes('-->'))
    if (at < 0) continue
    const words = lines.slice(at + 1).join(' ')
    const voice = /<v(?:\.[\w.]+)?\s+([^>]+)>/.exec(words)?.[1]
    const bare = words.replaceAll(/<[^>]*>/g, '').trim()
    const spoken = voice === undefined ? /^([\p{L}][\p{L} .'’-]{1,38}):\s+(.*)$/u.exec(bare) : null
    const author = voice ?? spoken?.[1]
    const said = spoken?.[2] ?? bare
    const before = messages.at(-1)
    if (before && (author === undefined || before.author === plainSpeaker(author))) before.text += ` ${said}`
    else messages.push({ on, author: author === undefined ? undefined : plainSpeaker(author), text: said })
  }
  return { format: 'transcript', messages, said: [] }
}

/** `GMT20261112-140000_Recording.vtt`, `2026-11-12 周会.txt`. */
export function dayInName(name: string): PlainDate | undefined {
  const match = /(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name)
  const read = match ? readDay(`${match[1]}-${match[2]}-${match[3]}`) : undefined
  return read && 'day' in read ? read.day : undefined
}

const SPEAKER =
  /^(?:\[?\d{2}:\d{2}(?::\d{2})?\]?\s+)?([\p{L}][\p{L}\d .'’·（）()-]{0,38}?)\s*[(（[]?(\d{1,2}:\d{2}(?::\d{2})?)[)）\]]?\s*[:：]?\s*$/u

/** Minutes of Tencent Meeting, Feishu, DingTalk and Zoom: a day above, then speakers with the time into the meeting. */
export function minutesOf(text: string, name: string): Messages | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const speakers = lines.flatMap((line, i) => {
    const match = SPEAKER.exec(line.trim())
    return match ? [{ i, author: plainSpeaker(match[1]!) }] : []
  })
  if (speakers.length < 2) return undefined
  const above = lines.slice(0, speakers[0]!.i)
  let on = dayInName(name)
  for (const line of above) {
    const day = new RegExp(DAY).exec(line)?.[0]
    const read = day === undefined ? undefined : readDay(day, { order: 'dmy' })
    if (read && 'day' in read) on = read.day
  }
  return {
    format: 'minutes',
    said: [],
    messages: speakers.map(({ i, author }, place) => ({
      on,
      author,
      text: lines
        .slice(i + 1, speakers[place + 1]?.i ?? lines.length)
        .join('\n')
        .trim(),
    })),
  }
}
