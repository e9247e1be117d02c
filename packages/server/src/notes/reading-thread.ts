import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import type { Note, Suggestion } from '@sente/reader'
import { answerTasks } from '../core/thread-tasks.ts'
import { builtInReader } from './reader.ts'
import type { Asked } from './server-reading.ts'

const loaded = loadMethodology(files)

answerTasks(async ({ note, asked }: { note: Note; asked: Asked }): Promise<Suggestion[]> => {
  if (!('methodology' in loaded)) throw new Error('the shipped methodology has faults')
  return (await builtInReader(loaded.methodology)).read(note, asked)
})
