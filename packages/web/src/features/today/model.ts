import { dayNumber } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import type { TodayData } from './query.ts'

export type Move = TodayData['moves'][number]
type Meeting = TodayData['meetings'][number]
type Homework = TodayData['homework'][number]

/** When a move is to be made: what is overdue, what is for today, proofs that only an immediate start can still help, what comes. */
export const TIMES = ['late', 'today', 'atOnce', 'soon'] as const
export type Time = (typeof TIMES)[number]

/** One line of the list: a move, or the proofs to be started at once in one deal. */
export interface Entry {
  time: Time
  moves: readonly [Move, ...Move[]]
}

export const daysApart = (from: string, to: string): number => dayNumber(to as PlainDate) - dayNumber(from as PlainDate)

function timeOf({ kind, late, due }: Move, today: string): Time {
  // A proof that cannot be ready in time any more is due today, every day: it has no day of its own.
  if (kind === 'start-by') return late ? 'atOnce' : due === today ? 'today' : 'soon'
  return due < today ? 'late' : due === today ? 'today' : 'soon'
}

/** Moves by when they are to be made, each group the soonest first. A meeting still to come stands among the meetings alone. */
export function entriesOf(moves: readonly Move[], meetings: readonly Meeting[], today: string): Entry[] {
  const meeting = new Set(meetings.filter(({ on }) => on > today).map(({ planStepId }) => planStepId))
  const seen = new Set<string>()
  const shown = moves.filter((move) => {
    if (move.planStepId !== undefined && meeting.has(move.planStepId)) return false
    const name = [move.dealId, move.kind, move.planStepId ?? [move.topic, move.proof, move.what, move.due]].join('\n')
    return !seen.has(name) && seen.add(name)
  })
  return TIMES.flatMap((time): Entry[] => {
    const group = shown
      .filter((move) => timeOf(move, today) === time)
      .sort((a, b) => a.due.localeCompare(b.due) || (b.daysLate ?? 0) - (a.daysLate ?? 0))
    if (time !== 'atOnce') return group.map((move) => ({ time, moves: [move] }))
    return [...Map.groupBy(group, ({ dealId }) => dealId).values()].map((ofDeal) => ({
      time,
      moves: ofDeal as [Move, ...Move[]],
    }))
  })
}

/** One question for several deals is read once; what decides most stands first, as the server sorted it. */
export const questionsOf = (homework: readonly Homework[]): Homework[][] => [
  ...Map.groupBy(homework, ({ question }) => question.en).values(),
]
