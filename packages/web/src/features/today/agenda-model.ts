import { addDays, dayNumber, plainDate } from '@sente/engine'
import type { Act } from '../../shared/plan/sentence.ts'
import type { AgendaData } from './query.ts'

export type Line = AgendaData['lines'][number]
type Both = (text: { en: string; zh: string }) => string

/** A line as the sentence of the plan says it; a promise is no meeting, and has words of its own. */
export function actOfLine(line: Line, { text, play }: { text: Both; play: (id: string) => string }): Act {
  return {
    who: line.with.map(({ name }) => name),
    on: line.on,
    fixed: line.kind !== 'decide',
    ours: line.ours,
    through: line.through,
    play: line.what ?? (line.play === undefined ? '' : play(line.play)),
    bring: line.bring && text(line.bring),
    why: line.why && text(line.why),
  }
}

/** A week on, not on a weekend; of a day that has passed from today. */
export function aWeekOn(on: string, today: string): string {
  const day = addDays(plainDate(on < today ? today : on), 7)
  const weekday = (((dayNumber(day) + 3) % 7) + 7) % 7
  return weekday >= 5 ? addDays(day, 7 - weekday) : day
}

export const inDays = (today: string, days: number): string => addDays(plainDate(today), days)

export const nameOfLine = (line: Line): string =>
  [line.kind, line.dealId, line.planStepId ?? line.step ?? line.commitmentId].join(' ')
