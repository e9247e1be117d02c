import type { Methodology } from '@sente/engine'
import type { Proposal, Suggestion } from '@sente/reader'
import modelAddress from '@sente/reader/model.bin?url'
import type { Part } from './model.ts'
import type { Ask, Question, Told } from './reader-worker.ts'

export interface Reading {
  parts: Part[]
  suggestions: Suggestion[][]
  proposals: Proposal[][]
}
export interface LiveReader {
  /** Reads; of several questions in a row only the last is answered. */
  read: (question: Question, answer: (reading: Reading) => void) => void
  close: () => void
}

/** A reader in a thread of its own: its model is large, and letters must not wait for it. `failed` when it cannot be had (offline). */
export function openLiveReader(methodology: Methodology, ready: () => void, failed: () => void): LiveReader {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' })
  let last = 0
  let answerLast: (reading: Reading) => void = () => {}
  const ask = (question: Ask): void => worker.postMessage(question)
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'ready') ready()
    else if (data.kind === 'failed') failed()
    else if (data.id === last)
      answerLast({ parts: data.parts, suggestions: data.suggestions, proposals: data.proposals })
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    failed()
  })
  ask({
    kind: 'open',
    model: new URL(modelAddress, location.href).href,
    signals: methodology.signals.signals.map(({ id, patterns, about }) => ({ id, patterns, about })),
  })
  return {
    read(question, answer) {
      answerLast = answer
      ask({ kind: 'read', id: ++last, ...question })
    },
    close: () => worker.terminate(),
  }
}
