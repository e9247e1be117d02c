import { extname } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { decode, foreignKind } from '../../exchange/files/decode.ts'
import { chatOf, minutesOf, slackOf, vttOf } from './chats.ts'
import type { Sides } from './mail-text.ts'
import { looksLikeMail, mailMessages } from './mail-text.ts'
import { plainSpeaker } from './message.ts'
import type { Messages } from './message.ts'
import { Problem } from '../../core/problem.ts'

export interface OpenOptions {
  /** IANA name: moments are days there. */
  zone?: string | undefined
  sides?: Partial<Sides>
}

/** What is said of a file that holds no notes. */
export class NoNotes extends Problem {}

const READ = {
  en: 'Read are text, Markdown, mails (.eml, .msg, .mbox), chats and minutes as text, Slack JSON, transcripts (.vtt, .docx) and lists of activities (CSV, XLSX).',
  zh: '可读取：文本、Markdown、邮件（.eml、.msg、.mbox）、文本形式的聊天和会议纪要、Slack JSON、转写（.vtt、.docx）以及活动列表（CSV、XLSX）。',
}

/**
 * What a file of messages holds: mails, chats, minutes, transcripts, by what it says itself before what it is called. Undefined: it is plain text,
 * of which days part the notes. Throws `NoNotes` for what is none.
 */
export async function openMessages(
  name: string,
  bytes: Uint8Array,
  options: OpenOptions = {},
): Promise<Messages | undefined> {
  const ending = extname(name).toLowerCase()
  const foreign = foreignKind(bytes)
  if (foreign) throw none(foreign.en, foreign.zh)
  const sides: Sides = { ours: options.sides?.ours ?? new Set(), theirs: options.sides?.theirs ?? new Set() }
  const mail = { zone: options.zone, sides }
  if (ending === '.msg' || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) {
    if (ending !== '.msg') throw none('a document in the old format of Office', '旧格式的 Office 文件')
    return { format: 'mail', said: [], messages: await (await import('./mail-file.ts')).msgMessages(bytes, mail) }
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return ofSides(fromDocument(name, bytes), sides)
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  if (/^From \S+ .*\d{4}\r?\n/.test(start))
    return { format: 'mail', said: [], messages: await (await import('./mail-file.ts')).mboxMessages(bytes, mail) }
  if (ending === '.eml' || isMime(start))
    return { format: 'mail', said: [], messages: await (await import('./mail-file.ts')).emlMessages(bytes, mail) }
  const text = decode(bytes)
  if (text === undefined)
    throw none('no text (a picture, a sound or an archive?)', '非文本文件（图片、声音或压缩包？）')
  refuseOthers(text, name)
  const transcript = vttOf(text, name)
  if (transcript) return ofSides(transcript, sides)
  if (ending === '.json' || /^\s*[[{]\s*["{]/.test(text)) {
    const slack = json(text, options.zone)
    if (slack) return ofSides(slack, sides)
    if (ending === '.json')
      throw new NoNotes({
        en: `${name}: JSON, but no messages of Slack. ${READ.en}`,
        zh: `${name}：是 JSON，但不是 Slack 消息。${READ.zh}`,
      })
  }
  if (looksLikeMail(text)) return { format: 'mail', said: [], messages: mailMessages(text, { to: [] }, mail) }
  const spoken = chatOf(text) ?? minutesOf(text, name)
  return spoken && ofSides(spoken, sides)
}

/** In a chat or a transcript nothing but what was said tells who is ours: names with `--ours`, of which `--theirs` knows better. */
function ofSides(found: Messages, { ours, theirs }: Sides): Messages {
  if (ours.size === 0) return found
  const isOurs = (author: string | undefined): boolean => {
    if (author === undefined) return false
    const names = [author, plainSpeaker(author)].map((name) => name.trim().toLowerCase())
    return !names.some((name) => theirs.has(name)) && names.some((name) => ours.has(name))
  }
  return {
    ...found,
    messages: found.messages.map((message) => (isOurs(message.author) ? { ...message, ours: true } : message)),
  }
}

/** What comes in another way, and how. */
function refuseOthers(text: string, name: string): void {
  if (/^\ufeff?BEGIN:VCALENDAR/i.test(text))
    throw new NoNotes({
      en: `${name}: a calendar, whose meetings come in with sente import. ${READ.en}`,
      zh: `${name}：这是日历，会议请用 sente import 导入。${READ.zh}`,
    })
  if (/^\ufeff?BEGIN:VCARD/i.test(text))
    throw new NoNotes({
      en: `${name}: contacts, who come in with sente import. ${READ.en}`,
      zh: `${name}：这是联系人，请用 sente import 导入。${READ.zh}`,
    })
}

const none = (en: string, zh: string): NoNotes =>
  new NoNotes({ en: `This is no note but ${en}. ${READ.en}`, zh: `读不了：这是${zh}。${READ.zh}` })

/** Heads as mail programs write them, which no text begins with. */
const isMime = (start: string): boolean =>
  /^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n/.test(start) &&
  /^(?:mime-version|content-transfer-encoding|message-id|received|return-path|dkim-signature):/im.test(start)

function json(text: string, zone: string | undefined): Messages | undefined {
  try {
    return slackOf(JSON.parse(text), zone)
  } catch {
    return undefined
  }
}

/** A transcript as Teams saves it: the paragraphs of a document, one speaker with a time above their words. */
/** Only what a reader sees: what was struck out or moved away, the codes of fields, second copies for old programs, reading aids and hidden text are none. */
function asItStands(document: string): string {
  const gone = ['w:del', 'w:moveFrom', 'w:instrText', 'w:delText', 'w:delInstrText', 'mc:Fallback', 'w:rt']
  const seen = gone.reduce((text, name) => without(text, name), document)
  return without(seen, 'w:r', (run) => /<w:rPr>.*<w:vanish\s*\/>/s.test(run))
}

/** A document without the elements of a name (all, or those that `gone` tells). Each place is looked at once: elements of one name do not hold each other. */
function without(document: string, name: string, gone: (element: string) => boolean = () => true): string {
  const kept: string[] = []
  let from = 0
  for (const { index, 0: start } of document.matchAll(new RegExp(`<${name}(?:\\s[^<>]*)?>`, 'g'))) {
    if (index < from || start.endsWith('/>')) continue
    const end = document.indexOf(`</${name}>`, index)
    if (end < 0) break
    const out = gone(document.slice(index, end))
    kept.push(document.slice(from, out ? index : end))
    from = out ? end + name.length + 3 : end
  }
  return kept.join('') + document.slice(from)
}

function fromDocument(name: string, bytes: Uint8Array): Messages {
  const files = unzipSync(bytes, {
    filter: (file) => file.name === 'word/document.xml' && file.originalSize < 50_000_000,
  })
  const document = files['word/document.xml']
  if (!document) throw none('a spreadsheet or an archive', '表格或压缩包')
  const text = asItStands(strFromU8(document))
    .replaceAll(/<w:(?:br|cr)\b[^>]*\/>/g, '\n')
    .replaceAll(/<w:tab\b[^>]*\/>/g, ' ')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, ten?: string) => {
      const point = hex ? parseInt(hex, 16) : Number(ten)
      return point > 0 && point <= 0x10_ffff ? String.fromCodePoint(point) : all
    })
    .replaceAll('&amp;', '&')
  const found = minutesOf(text, name) ?? chatOf(text)
  if (found) return { ...found, format: 'transcript' }
  return { format: 'minutes', said: [], messages: [{ on: undefined, text }] }
}
