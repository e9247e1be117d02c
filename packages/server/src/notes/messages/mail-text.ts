import type { PlainDate } from '@sente/engine'
import { readDay } from '../../exchange/intake/days.ts'
import { withoutFooters } from './footers.ts'
import { plainSpeaker } from './message.ts'
import type { Message } from './message.ts'

/** Heads of mails as they stand in a text, in whatever order, and what replies quote. */

const FIELD =
  /^[\s>]*\*{0,2}(from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments|von|gesendet|an|betreff|datum|de|envoyé|à|objet|发件人|寄件者|发送时间|发送日期|寄件日期|日期|时间|收件人|收件者|抄送|密送|主题|主旨|附件)\*{0,2}\s*[:：]\*{0,2}\s*(.*)$/i
const KINDS: Readonly<Record<string, 'from' | 'date' | 'to' | 'other'>> = {
  from: 'from',
  von: 'from',
  de: 'from',
  发件人: 'from',
  寄件者: 'from',
  sent: 'date',
  date: 'date',
  gesendet: 'date',
  datum: 'date',
  envoyé: 'date',
  发送时间: 'date',
  发送日期: 'date',
  寄件日期: 'date',
  日期: 'date',
  时间: 'date',
  to: 'to',
  an: 'to',
  à: 'to',
  收件人: 'to',
  收件者: 'to',
}
/** `On Tue, 17 Nov 2026 at 16:03, Dana Reyes <dana@x> wrote:` and its sisters, on one line or two; never "on the price we wrote:", which has no day. */
const WROTE =
  /^[\s>]*(?:on\s+(?=[^:\n]*\d)(?![^:\n]*\b(?:i|we|you|he|she|they)\s+wrote)(.{6,60}?),?\s+((?:"[^"]+"|[^<>\n,]{2,60}?)\s*(?:<[^<>]+>)?)\s+wrote\s*:|am\s+(.{6,50}?)\s+schrieb\s+(.{2,80}?)\s*:|le\s+(.{6,50}?),?\s+(.{2,80}?)\s+a écrit\s*:|(?:在|于)?\s*(\d{4}[-/.年].{4,30}?)[,，]?\s*(?:"?([^"\n]{1,60}?)"?\s*(?:[<＜][^<>＞]+[>＞])?)?\s*写道\s*[:：])\s*$/i
const RULER =
  /^[\s>]*[-_—]{2,}\s*(?:original message|forwarded message|原始邮件|原邮件|转发邮件|转发的邮件|ursprüngliche nachricht|message d'origine)\s*[-_—]*\s*$/i

export interface Person {
  name: string
  address?: string
}

/** `"Osei, Kofi" <kofi@grid.example>`, `张志强`, `kofi@grid.example [mailto:…]`. */
export function personIn(text: string): Person | undefined {
  const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0]
  const name = plainSpeaker(
    text
      .replaceAll(/\[mailto:[^\]]*\]/gi, '')
      .replaceAll(/[<＜(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>＞)]?/g, '')
      .replaceAll(/代表.*$/g, ''),
  )
  if (name === '' && address === undefined) return undefined
  return {
    name: name === '' ? address!.split('@')[0]! : name,
    ...(address === undefined ? {} : { address: address.toLowerCase() }),
  }
}

interface Head {
  from?: Person | undefined
  date?: string | undefined
  to: Person[]
}
interface Part extends Head {
  lines: string[]
  quoted: boolean
}

/** Parts a text into the mails that it holds: its own words first, then what they quote, each with the head that stands above it. */
export function mailParts(text: string, first: Head = { to: [] }): Part[] {
  const parts: Part[] = [{ ...first, lines: [], quoted: false }]
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const wrote =
      WROTE.exec(line) ??
      (i + 1 < lines.length && /^[\s>]*(?:on|am|le|在|于|\d{4})/i.test(line)
        ? WROTE.exec(`${line.trimEnd()} ${lines[i + 1]!.replace(/^[\s>]+/, '')}`)
        : null)
    if (wrote) {
      if (!WROTE.test(line)) i++
      const groups = wrote.slice(1)
      const at = groups.findIndex((group) => group !== undefined)
      parts.push({
        date: groups[at],
        from: groups[at + 1] === undefined ? undefined : personIn(groups[at + 1]!),
        to: [],
        lines: [],
        quoted: true,
      })
      continue
    }
    if (RULER.test(line)) continue
    const head = headAt(lines, i)
    if (head) {
      parts.push({
        ...head.head,
        lines: [],
        quoted: parts.at(-1)!.lines.some((own) => own.trim() !== '') || parts.length > 1,
      })
      i = head.end - 1
      continue
    }
    parts.at(-1)!.lines.push(line)
  }
  return parts
}

/** A block of at least two fields of which one says who and one when. */
function headAt(lines: readonly string[], from: number): { head: Head; end: number } | undefined {
  const head: Head = { to: [] }
  let end = from
  let count = 0
  for (; end < lines.length && count < 12; end++) {
    const line = lines[end]!
    const field = FIELD.exec(line)
    if (!field) {
      // A long list of addressees goes on in the next line.
      if (count > 0 && /^\s+\S/.test(line) && line.includes('@')) continue
      break
    }
    count++
    const kind = KINDS[field[1]!.toLowerCase()] ?? 'other'
    if (kind === 'from') head.from ??= personIn(field[2]!)
    else if (kind === 'date') head.date ??= field[2]
    else if (kind === 'to') head.to.push(...field[2]!.split(/[;,，；](?![^<]*>)/).flatMap((one) => personIn(one) ?? []))
  }
  return count >= 2 && head.from !== undefined && head.date !== undefined ? { head, end } : undefined
}

/** The day of a mail's head, in a time zone where it names a moment. A European day above 12 tells its own order; `order` is for the others. */
export function dayOfHead(
  date: string | undefined,
  zone: string | undefined,
  order: 'dmy' | 'mdy' | undefined,
): PlainDate | undefined {
  if (date === undefined) return undefined
  const text = date.trim().replace(/\s*\([A-Z]{2,5}\)\s*$/, '')
  const rfc =
    /^(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[+-]\d{4}|GMT|UTC|Z)$/.test(
      text,
    )
  if (rfc) {
    const at = Date.parse(text)
    if (!Number.isNaN(at)) {
      const day = readDay(new Date(at).toISOString(), zone === undefined ? {} : { zone })
      if ('day' in day) return day.day
    }
  }
  const read = readDay(text.replace(/\s+(?:at|um|à)\s+/i, ' '), { zone, order })
  return 'day' in read ? read.day : undefined
}

export interface Sides {
  /** Addresses, domains and names of our own people. */
  ours: ReadonlySet<string>
  /** Names of the customer's people. */
  theirs: ReadonlySet<string>
}

const domainOf = (address: string | undefined): string => address?.split('@')[1] ?? ''

/** Which side a person is on, as far as anybody said. */
function sideOf(person: Person | undefined, { ours, theirs }: Sides): 'ours' | 'theirs' | undefined {
  if (!person) return undefined
  if (theirs.has(person.name.toLowerCase())) return 'theirs'
  const known = [person.name.toLowerCase(), person.address ?? '', domainOf(person.address)]
  return known.some((one) => one !== '' && ours.has(one)) ? 'ours' : undefined
}

/**
 * The mails of a text as messages, each by its own author. Without anything said of the sides, who wrote the newest one is the customer and whom
 * they wrote to is ours: that is whose mailbox it was saved from.
 */
export function mailMessages(
  text: string,
  first: Head,
  options: { zone?: string | undefined; sides: Sides },
): Message[] {
  const parts = mailParts(text, first).filter(
    (part) => part.lines.some((line) => line.trim() !== '') || part.from !== undefined,
  )
  const order = parts.some(({ date }) => /^\D*(1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{4}/.test(date ?? ''))
    ? 'dmy'
    : undefined
  const newest = parts.find(({ from }) => from !== undefined)
  const known = new Set(options.sides.ours)
  if (
    !parts.some(({ from, to }) => [from, ...to].some((person) => sideOf(person, options.sides) === 'ours')) &&
    sideOf(newest?.from, options.sides) !== 'ours'
  )
    for (const person of newest?.to ?? []) {
      if (person.name.toLowerCase() === newest?.from?.name.toLowerCase()) continue
      known.add(person.name.toLowerCase())
      if (person.address !== undefined && domainOf(person.address) !== domainOf(newest?.from?.address)) {
        known.add(person.address)
        known.add(domainOf(person.address))
      }
    }
  const sides: Sides = { ...options.sides, ours: known }
  return parts.map((part): Message => {
    // What is quoted without a word of whose it is, is nobody's.
    const own = part.quoted ? part.lines.map((line) => line.replace(/^\s*>\s?/, '')) : part.lines
    const body = own.filter((line) => !/^\s*>/.test(line)).join('\n')
    return {
      on: dayOfHead(part.date, options.zone, order),
      author: part.from?.name,
      address: part.from?.address,
      text: withoutFooters(body, part.from?.name),
      ...(sideOf(part.from, sides) === 'ours' ? { ours: true } : {}),
    }
  })
}

/** A text that begins with the head of a mail. */
export function looksLikeMail(text: string): boolean {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const first = lines.findIndex((line) => line.trim() !== '')
  return first >= 0 && headAt(lines, first) !== undefined
}
