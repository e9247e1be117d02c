import { join } from 'node:path'
import type { Methodology } from '@sente/engine'
import type { Feedback, KnownPerson, Note, Suggestion } from '@sente/reader'
import { dataFolder } from '../store/cluster/folder.ts'
import { fileCache, modelFromEnvironment, readWithModel } from './language-model.ts'
import type { Reading } from './language-model.ts'
import { builtInReader } from './reader.ts'

export interface Asked {
  people: readonly KnownPerson[]
  feedback: readonly Feedback[]
}

/** What the built-in reader finds in a note: at once, offline. */
export async function readBuiltIn(note: Note, methodology: Methodology, asked: Asked): Promise<Suggestion[]> {
  const reader = await builtInReader(methodology)
  return reader.read(note, asked)
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
): Promise<Reading> {
  const config = modelFromEnvironment(env)
  const suggestions = await readBuiltIn(note, methodology, asked)
  if (!config) return { suggestions, source: 'built-in' }
  if (waiting >= AT_ONCE) return { suggestions, source: 'built-in', notice: BUSY }
  const signals = methodology.signals.signals.map(({ id, name }) => ({ id, name }))
  waiting++
  try {
    return await readWithModel(note, {
      config,
      signals,
      people: asked.people,
      fallback: () => suggestions,
      cache: fileCache(join(dataFolder(env), 'notes')),
    })
  } finally {
    waiting--
  }
}
