import { simpleParser } from 'mailparser'
import type { AddressObject, ParsedMail } from 'mailparser'
import { htmlAsText } from '../../exchange/intake/html.ts'
import { mailMessages, personIn } from './mail-text.ts'
import type { Person, Sides } from './mail-text.ts'
import type { Message } from './message.ts'

interface Options {
  zone?: string | undefined
  sides: Sides
}

const peopleOf = (addresses: AddressObject | AddressObject[] | undefined): Person[] =>
  [addresses ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap(({ name, address }) => personIn(`${name ?? ''} <${address ?? ''}>`) ?? []))

/** A mail as a mail program saves it (RFC 5322, MIME): its own words, what it quotes, and mails that it forwards as attachments. */
export async function emlMessages(bytes: Uint8Array, options: Options): Promise<Message[]> {
  return messagesOf(await simpleParser(Buffer.from(bytes), { skipImageLinks: true, skipTextLinks: true }), options)
}

/**
 * The moment of a mail's own head. The library takes what it cannot read for the present moment, so its words are looked at here: a zone of one letter
 * is read as UTC (RFC 5322, 4.3), and what is no moment is no day of the mail.
 */
function dateOf(mail: ParsedMail): string | undefined {
  const line = mail.headerLines.find(({ key }) => key === 'date')?.line
  if (line === undefined) return undefined
  const words = line
    .slice(line.indexOf(':') + 1)
    .replaceAll(/\([^()]*\)|\s+/g, ' ')
    .trim()
    .replace(/(\d) [A-IK-Z]$/i, '$1 +0000')
  const at = Date.parse(words)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

async function messagesOf(mail: ParsedMail, options: Options): Promise<Message[]> {
  const text = mail.text?.trim() ? mail.text : typeof mail.html === 'string' ? htmlAsText(mail.html) : ''
  const own = mailMessages(
    text.trim() === '' ? (mail.subject ?? '') : text,
    { from: peopleOf(mail.from)[0], date: dateOf(mail), to: peopleOf(mail.to) },
    options,
  )
  const forwarded: Message[] = []
  for (const attachment of mail.attachments)
    if (attachment.contentType === 'message/rfc822') forwarded.push(...(await emlMessages(attachment.content, options)))
  return [...own, ...forwarded]
}

/** Many mails in one file, parted at lines that begin with "From "; a quoted such line has a mark before it. */
export async function mboxMessages(bytes: Uint8Array, options: Options): Promise<Message[]> {
  const text = Buffer.from(bytes).toString('latin1')
  const mails = text.split(/^From (?=\S* ?.*\d{4}\r?$)/m).slice(1)
  const all: Message[] = []
  for (const mail of mails) {
    const body = mail.slice(mail.indexOf('\n') + 1).replaceAll(/^>(>*From )/gm, '$1')
    all.push(...(await emlMessages(Buffer.from(body, 'latin1'), options)))
  }
  return all
}

/** A mail as Outlook saves it (.msg). */
export async function msgMessages(bytes: Uint8Array, options: Options): Promise<Message[]> {
  const { default: library } = await import('@kenjiuno/msgreader')
  const Reader = ('default' in library ? (library as { default: unknown }).default : library) as new (
    data: DataView,
  ) => {
    getFileData: () => Fields
  }
  const data = new Reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).getFileData()
  if (data.headers !== undefined && data.headers.includes('\n') && data.body === undefined)
    return emlMessages(Buffer.from(data.headers), options)
  const to = (data.recipients ?? []).flatMap(
    ({ name, smtpAddress, email }) => personIn(`${name ?? ''} <${smtpAddress ?? email ?? ''}>`) ?? [],
  )
  const when = data.messageDeliveryTime ?? data.clientSubmitTime ?? data.creationTime
  const at = when === undefined ? NaN : Date.parse(when)
  return mailMessages(
    data.body ?? htmlAsText(data.bodyHtml ?? data.subject ?? ''),
    {
      from: personIn(`${data.senderName ?? ''} <${data.senderSmtpAddress ?? data.senderEmail ?? ''}>`),
      date: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
      to,
    },
    options,
  )
}
interface Fields {
  headers?: string
  subject?: string
  body?: string
  bodyHtml?: string
  senderName?: string
  senderEmail?: string
  senderSmtpAddress?: string
  recipients?: { name?: string; email?: string; smtpAddress?: string }[]
  messageDeliveryTime?: string
  clientSubmitTime?: string
  creationTime?: string
}
