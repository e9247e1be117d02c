import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { answerTasks } from '../../core/thread-tasks.ts'
import { readDeal } from './deal-file.ts'
import type { ParsingTask } from './parsing.ts'
import { yamlRows } from './yaml-value.ts'

const loaded = loadMethodology(files)

answerTasks(async (asked: ParsingTask): Promise<unknown> => {
  const { task, text } = asked
  if (task === 'absences') {
    const { absencesIn } = await import('../calendar/absences.ts')
    try {
      return absencesIn(text, asked)
    } catch (error) {
      return { error: (error as Error).message }
    }
  }
  if (task === 'yaml') return yamlRows(text)
  if (task === 'json') {
    try {
      return { value: JSON.parse(text) as unknown }
    } catch (error) {
      return { error: (error as Error).message }
    }
  }
  if (!('methodology' in loaded)) throw new Error('the shipped methodology has faults')
  return readDeal(text, loaded.methodology)
})
