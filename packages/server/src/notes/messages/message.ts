import { MAX_NOTE } from '@sente/reader'
import type { Note } from '@sente/reader'
import type { PlainDate, Text } from '@sente/engine'

/** One thing that somebody wrote or said. */
export interface Message {
  /** Undefined where the source carries no day. */
  on: PlainDate | undefined
  author?: string | undefined
  /** The author's address, where the source has one. */
  address?: string | undefined
  text: string
  /** Written by our own side: no word of the customer. */
  ours?: boolean
}

export interface Messages {
  /** What it is, in words for the user. */
  format: 'mail' | 'chat' | 'minutes' | 'transcript' | 'calendar' | 'contacts'
  messages: Message[]
  /** What was read on a guess. */
  said: Text[]
}

/**
 * One note for each day and speaker, in the order in which they first speak. What our own side wrote is left out, and counted. `on` dates what
 * carries no day.
 */
export function notesOf(
  { messages }: Messages,
  on: PlainDate | undefined,
): { notes: Note[]; undated: number; ours: number } {
  const lots = new Map<string, { on: PlainDate; author: string | undefined; texts: string[] }>()
  let [undated, ours] = [0, 0]
  for (const message of messages) {
    const text = message.text.trim()
    if (text === '') continue
    if (message.ours) {
      ours++
      continue
    }
    const day = message.on ?? on
    if (day === undefined) {
      undated++
      continue
    }
    const key = `${day} ${message.author ?? ''}`
    const lot = lots.get(key)
    if (lot) lot.texts.push(text)
    else lots.set(key, { on: day, author: message.author, texts: [text] })
  }
  const notes = [...lots.values()].flatMap(({ on: day, author, texts }) =>
    inParts(texts).map((text): Note => ({ on: day, ...(author ? { author } : {}), text })),
  )
  return { notes, undated, ours }
}

/** Texts put together as long as a note takes them. */
function inParts(texts: readonly string[]): string[] {
  const parts: string[] = []
  let part = ''
  for (const text of texts) {
    if (part !== '' && part.length + text.length + 1 > MAX_NOTE) {
      parts.push(part)
      part = ''
    }
    part = part === '' ? text : `${part}\n${text}`
  }
  return part === '' ? parts : [...parts, part]
}

/** A name without what programs put around it: a remark in brackets, a number, an address. */
export function plainSpeaker(name: string): string {
  const bare = name
    .normalize('NFKC')
    .replaceAll(/^["'“]|["'”]$/g, '')
    .replace(/\s*[(（【[<].*$/, '')
    .trim()
  // `Osei, Kofi`: the family first.
  const turned = /^(\p{L}[\p{L}'’-]+),\s+(\p{L}[\p{L}'’ -]+)$/u.exec(bare)
  return turned ? `${turned[2]} ${turned[1]}` : bare
}
