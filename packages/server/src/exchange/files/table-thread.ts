import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { answerTasks } from '../../core/thread-tasks.ts'
import { ImportProblem } from './problem.ts'
import { TableReading } from './table-reading.ts'
import type { TableAnswer, TableTask } from './tables.ts'

const loaded = loadMethodology(files)
/** Of whoever has this thread now. */
let reading: TableReading | undefined

answerTasks(async (task: TableTask): Promise<TableAnswer> => {
  try {
    return { value: await work(task) }
  } catch (error) {
    if (error instanceof ImportProblem) return { problem: error.says }
    throw error
  }
})

async function work(asked: TableTask): Promise<unknown> {
  if (!('methodology' in loaded)) throw new Error('the shipped methodology has faults')
  if (asked.task === 'file') {
    reading = new TableReading(asked.file, loaded.methodology)
    return undefined
  }
  if (asked.task === 'open') return reading!.open(asked.asked)
  if (asked.task === 'preview') return reading!.preview(asked.asked)
  return reading!.next()
}
