import { join } from 'node:path'
import type { Methodology } from '@sente/engine'
import type { Feedback, KnownPerson, KnownRival, Note, Proposal, Suggestion } from '@sente/reader'
import { Fault } from '../core/fault.ts'
import { Threads, TooCostly } from '../core/threads.ts'
import { dataFolder } from '../store/cluster/folder.ts'
import { fileCache, modelFromEnvironment, readWithModel } from './language-model.ts'
import type { Reading } from './language-model.ts'

export interface Asked {
  people: readonly KnownPerson[]
  rivals: readonly KnownRival[]
  feedback: readonly Feedback[]
}

/** What the built-in reader finds: signals, and what else the note says. */
export interface Found {
  suggestions: Suggestion[]
  proposals: Proposal[]
}

/** Reading a note takes milliseconds; whatever is made to take longer holds up nobody but who wrote it. */
const threads = new Threads(new URL('./reading-thread.ts', import.meta.url), {
  atOnce: 2,
  waiting: 100,
  timeMs: 5_000,
  memoryMb: 256,
})

/** What the built-in reader finds in a note by the shipped method: offline, beside the main thread. */
export async function readBuiltIn(note: Note, asked: Asked): Promise<Found> {
  try {
    return await threads.run<Found>({ note, asked })
  } catch (error) {
    if (!(error instanceof TooCostly)) throw error
    throw new Fault('too-large', {
      detail: {
        en: 'Reading this note takes too long: it is no text that people write. Split it, or leave out what was pasted in.',
        zh: '读取这条笔记耗时过长：它不像人写的文字。请拆分，或去掉粘贴进来的内容。',
      },
    })
  }
}

/** More than a model reads at once would only wait longer for it. */
const AT_ONCE = 8
let waiting = 0
const BUSY = {
  en: 'The language model is busy with other notes; the built-in reader read this one.',
  zh: '语言模型正忙于其他笔记，这条由内置阅读器读取。',
}

/** By the model of the administrator's choice where there is one (SENTE_LLM_*), else by the built-in reader. Answers are kept in the data folder. */
export async function readNote(
  note: Note,
  methodology: Methodology,
  asked: Asked,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Reading & { proposals: Proposal[] }> {
  const config = modelFromEnvironment(env)
  const { suggestions, proposals } = await readBuiltIn(note, asked)
  if (!config) return { suggestions, proposals, source: 'built-in' }
  if (waiting >= AT_ONCE) return { suggestions, proposals, source: 'built-in', notice: BUSY }
  const signals = methodology.signals.signals.map(({ id, name }) => ({ id, name }))
  waiting++
  try {
    const reading = await readWithModel(note, {
      config,
      signals,
      people: asked.people,
      fallback: () => suggestions,
      cache: fileCache(join(dataFolder(env), 'notes')),
    })
    return { ...reading, proposals }
  } finally {
    waiting--
  }
}
