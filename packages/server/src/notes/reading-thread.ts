import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { propose } from '@sente/reader'
import type { Note } from '@sente/reader'
import { answerTasks } from '../core/thread-tasks.ts'
import { builtInReader } from './reader.ts'
import type { Asked, Found } from './server-reading.ts'

const loaded = loadMethodology(files)

answerTasks(async ({ note, asked }: { note: Note; asked: Asked }): Promise<Found> => {
  if (!('methodology' in loaded)) throw new Error('the shipped methodology has faults')
  return {
    suggestions: (await builtInReader(loaded.methodology)).read(note, asked),
    proposals: propose(note, asked),
  }
})
