import { openReader, splitNotes } from '@sente/reader'
import type { Feedback, KnownPerson, Reader, Suggestion } from '@sente/reader'
import type { PlainDate } from '@sente/engine'
import { partsOf } from './model.ts'
import type { Part } from './model.ts'

export type Ask =
  | { kind: 'open'; model: string; signals: { id: string; patterns: { en: string; zh: string } }[] }
  | { kind: 'read'; id: number; text: string; on: string; author: string; people: KnownPerson[]; feedback: Feedback[] }
export type Told =
  | { kind: 'ready' }
  | { kind: 'failed' }
  | { kind: 'read'; id: number; parts: Part[]; suggestions: Suggestion[][] }

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
      const { id, text, on, author, people, feedback } = data
      const parts = partsOf(text, on, author, splitNotes(text, on as PlainDate).notes)
      tell({
        kind: 'read',
        id,
        parts,
        suggestions: parts.map((part) =>
          ready.read({ on: part.on as PlainDate, text: part.text }, { people, feedback }),
        ),
      })
    },
    () => {},
  )
})
