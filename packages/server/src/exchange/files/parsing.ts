import type { PlainDate } from '@sente/engine'
import type { AbsencesFound } from '../calendar/absences.ts'
import type { ReadDeal } from './deal-file.ts'
import { Threads, TooCostly } from '../../core/threads.ts'
import { ImportProblem } from './problem.ts'
import type { RawRow } from './source.ts'

/** What a thread is asked for. */
export type ParsingTask =
  | { task: 'yaml'; text: string }
  | { task: 'json'; text: string }
  | { task: 'deal'; text: string }
  | { task: 'absences'; text: string; zone: string; today: PlainDate }

/** Shared by all of the process. A text of the largest size takes seconds; whatever takes longer is made to. */
const threads = new Threads(new URL('./parsing-thread.ts', import.meta.url), {
  atOnce: 2,
  waiting: 50,
  timeMs: 10_000,
  memoryMb: 512,
})

/** The documents of a YAML text as rows. */
export const rowsOfYaml = (text: string): Promise<RawRow[]> => asked({ task: 'yaml', text })

/** One value of JSON, or what is wrong with it. */
export const valueOfJson = (text: string): Promise<{ value: unknown } | { error: string }> =>
  asked({ task: 'json', text })

/** A deal file by the method that is shipped. */
export const readDealAside = (text: string): Promise<ReadDeal> => asked({ task: 'deal', text })

/** Days away in a calendar file. Throws an `ImportProblem` where it is none. */
export async function absencesAside(text: string, zone: string, today: PlainDate): Promise<AbsencesFound> {
  const answer = await asked<AbsencesFound | { error: string }>({ task: 'absences', text, zone, today })
  if ('found' in answer) return answer
  throw new ImportProblem({
    en: 'This is no readable calendar file (ICS). Export it again from the calendar: Outlook, Google and Apple save it as .ics.',
    zh: '这不是可读的日历文件（ICS）。请从 Outlook、谷歌日历、苹果日历、钉钉或飞书重新导出 .ics 文件。',
  })
}

async function asked<T>(task: ParsingTask): Promise<T> {
  try {
    return await threads.run<T>(task)
  } catch (error) {
    if (!(error instanceof TooCostly) && !/call stack/.test(String(error))) throw error
    throw new ImportProblem({
      en: 'Reading this would take more time or memory than any list of records does: it is made up of something else. Export it again, in smaller parts.',
      zh: '读取此文件所需的时间或内存超出任何正常列表，内容可能有误。请重新导出，或分成小份。',
    })
  }
}
