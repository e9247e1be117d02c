import { openReader, propose, splitNotes } from '@sente/reader'
import type { Feedback, KnownPerson, KnownRival, Proposal, Reader, Suggestion } from '@sente/reader'
import type { PlainDate, Text } from '@sente/engine'
import { partsOf } from './model.ts'
import type { Part } from './model.ts'

/** A text, and what the deal knows. */
export interface Question {
  text: string
  on: string
  author: string
  /** Everything is one note, whatever days stand in it. */
  asOne: boolean
  people: KnownPerson[]
  rivals: KnownRival[]
  feedback: Feedback[]
}
export type Ask =
  | {
      kind: 'open'
      model: string
      signals: { id: string; patterns: Text; about?: readonly string[] | undefined }[]
    }
  | ({ kind: 'read'; id: number } & Question)
export type Told =
  | { kind: 'ready' }
  | { kind: 'failed' }
  | { kind: 'read'; id: number; parts: Part[]; suggestions: Suggestion[][]; proposals: Proposal[][] }

let reader: Promise<Reader> | undefined
const tell = (told: Told): void => postMessage(told)

async function open({ model, signals }: Extract<Ask, { kind: 'open' }>): Promise<Reader> {
  const answer = await fetch(model)
  if (!answer.ok) throw new Error(`the reader's model: ${answer.status}`)
  return openReader(new Uint8Array(await answer.arrayBuffer()), signals)
}

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if (data.kind === 'open') {
    reader = open(data)
    reader.then(
      () => tell({ kind: 'ready' }),
      () => tell({ kind: 'failed' }),
    )
    return
  }
  void reader?.then(
    (ready) => {
      const { id, text, on, author, asOne, people, rivals, feedback } = data
      const parts = partsOf(text, on, author, asOne ? [] : splitNotes(text, on as PlainDate).notes)
      const notes = parts.map((part) => ({ on: part.on as PlainDate, text: part.text }))
      tell({
        kind: 'read',
        id,
        parts,
        suggestions: notes.map((note) => ready.read(note, { people, rivals, feedback })),
        proposals: notes.map((note) => propose(note, { people, rivals })),
      })
    },
    () => {},
  )
})
