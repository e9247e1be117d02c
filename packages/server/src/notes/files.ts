import { basename, extname } from 'node:path'
import type { Deal, Methodology, PlainDate, Text } from '@sente/engine'
import { MAX_NOTE, splitNotes } from '@sente/reader'
import type { Note } from '@sente/reader'
import { activityNotes } from '../exchange/files/crm.ts'
import { FileProblem, readBytes, readText } from '../exchange/files/deal-file.ts'
import { ImportProblem } from '../exchange/files/problem.ts'
import { notesOf } from './messages/message.ts'
import type { Messages } from './messages/message.ts'
import { NoNotes, openMessages } from './messages/open.ts'

export interface NoteOptions {
  methodology: Methodology
  /** The day of what carries none. */
  on?: PlainDate | undefined
  /** Moments are days in this time zone. */
  zone?: string | undefined
  /** Names of the customer's people, and names, addresses and domains of our own: our own words are no words of theirs. */
  theirs?: readonly string[]
  ours?: readonly string[]
}
export interface ReadNotes {
  notes: Note[]
  /** What was guessed or left out, for the user. */
  said: Text[]
}

/**
 * The notes of a file: text, Markdown, mails, chats, minutes, transcripts, or the activities of a list. What carries no day takes `on`; without it
 * that is a fault that says how to mend it. Throws a `FileProblem`.
 */
export async function readNotes(path: string, options: NoteOptions): Promise<ReadNotes> {
  const { on } = options
  if (/\.(?:csv|tsv|xlsx|xls)$/i.test(path)) {
    const { notes: activities, report } = await activitiesOf(path, options)
    if (activities.length > 0) return { notes: activities, said: report.doubts.map(({ what }) => what) }
    throw new FileProblem({
      en: `${path}: no column with a date and one with text; see the headings in the README.`,
      zh: `${path}\uff1a\u627e\u4e0d\u5230\u65e5\u671f\u5217\u548c\u5185\u5bb9\u5217\u3002`,
    })
  }
  const messages = await messagesOf(path, options)
  if (messages) return fromMessages(path, messages, on)
  const { notes, undated } = splitNotes(await readText(path), on)
  const long = notes.find((note) => note.text.length > MAX_NOTE)
  if (long)
    throw new FileProblem({
      en: `${path}: the note of ${long.on} has ${long.text.length} characters; at most ${MAX_NOTE}. Split it by day.`,
      zh: `${path}\uff1a${long.on} \u7684\u7b14\u8bb0\u6709 ${long.text.length} \u5b57\uff0c\u6700\u591a ${MAX_NOTE} \u5b57\uff0c\u8bf7\u6309\u65e5\u671f\u62c6\u5206\u3002`,
    })
  // A title above the first day is no note.
  if (notes.length > 0 && undated.split('\n').every((line) => line.trim() === '' || line.startsWith('#')))
    return { notes, said: [] }
  if (undated.trim() !== '') {
    const first = undated.trim().split('\n')[0]!.slice(0, 60)
    throw new FileProblem({
      en: `${path}: no date before \u201c${first}\u201d. Begin each note with its day, like 2025-04-02, or give one day for all with --on.`,
      zh: `${path}\uff1a\u201c${first}\u201d\u4e4b\u524d\u6ca1\u6709\u65e5\u671f\u3002\u8bf7\u5728\u6bcf\u6761\u7b14\u8bb0\u524d\u5199\u4e0a\u65e5\u671f\uff08\u5982 2025-04-02\uff09\uff0c\u6216\u7528 --on \u6307\u5b9a\u540c\u4e00\u5929\u3002`,
    })
  }
  if (notes.length === 0)
    throw new FileProblem({
      en: `${path}: nothing to read in it.`,
      zh: `${path}\uff1a\u6587\u4ef6\u91cc\u6ca1\u6709\u5185\u5bb9\u3002`,
    })
  return { notes, said: [] }
}

async function messagesOf(path: string, { zone, theirs = [], ours = [] }: NoteOptions): Promise<Messages | undefined> {
  // Standard input is read once, as text.
  if (path === '-') return undefined
  const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.trim().toLowerCase()))
  try {
    return await openMessages(basename(path), await readBytes(path), {
      zone,
      sides: { ours: lower(ours), theirs: lower(theirs) },
    })
  } catch (error) {
    if (error instanceof NoNotes)
      throw new FileProblem({ en: `${path}: ${error.says.en}`, zh: `${path}\uff1a${error.says.zh}` })
    throw error
  }
}

function fromMessages(path: string, messages: Messages, on: PlainDate | undefined): ReadNotes {
  const { notes, undated, ours } = notesOf(messages, on)
  const said = [...messages.said]
  if (ours > 0) {
    const mail = messages.format === 'mail'
    const [one, many, zh] = mail ? ['mail', 'mails', '封邮件'] : ['message', 'messages', '条消息']
    said.push({
      en: `${ours} ${ours === 1 ? one : many} of our own side left out: our words are not the customer's (say --theirs NAME where it is the other way round).`,
      zh: `略去我方写的 ${ours} ${zh}：我方的话不是客户说的（若弄反了，用 --theirs 指明客户一方）。`,
    })
  }
  if (undated > 0)
    throw new FileProblem({
      en: `${path}: it does not say on which day it was. Give the day with --on, or put it into the name of the file.`,
      zh: `${path}\uff1a\u5176\u4e2d\u6ca1\u6709\u65e5\u671f\u3002\u8bf7\u7528 --on \u6307\u5b9a\uff0c\u6216\u5199\u5728\u6587\u4ef6\u540d\u91cc\u3002`,
    })
  if (notes.length === 0 && ours === 0)
    throw new FileProblem({
      en: `${path}: nothing to read in it.`,
      zh: `${path}\uff1a\u6587\u4ef6\u91cc\u6ca1\u6709\u5185\u5bb9\u3002`,
    })
  return { notes, said }
}

async function activitiesOf(
  path: string,
  { methodology, zone }: NoteOptions,
): Promise<Awaited<ReturnType<typeof activityNotes>>> {
  try {
    return await activityNotes(path, await readBytes(path), methodology, zone)
  } catch (error) {
    if (error instanceof ImportProblem)
      throw new FileProblem({ en: `${path}: ${error.says.en}`, zh: `${path}\uff1a${error.says.zh}` })
    throw error
  }
}

/** A first deal from nothing but notes: its name is the file's title or name. */
export async function dealFromNotes(path: string, methodology: Methodology): Promise<Deal> {
  const { notes } = await readNotes(path, { methodology })
  const heading = /\.(?:md|txt|markdown)$/i.test(path)
    ? /^#\s+(.+)$/m.exec(await readText(path))?.[1]?.trim()
    : undefined
  const days = notes.map((note) => note.on).sort()
  return { sente: 1, name: heading ?? basename(path, extname(path)), status: 'open', firstContactOn: days[0]!, notes }
}
