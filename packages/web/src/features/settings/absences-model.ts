import type { CallOutput, routes } from '@sente/api'
import type { Format } from '../../shared/format/format.ts'

export type Absence = CallOutput<typeof routes.calendar.absences>['absences'][number]
export type Found = CallOutput<typeof routes.calendar.readAbsences>['found'][number]

/** Days away with those that were found: of the same days one is enough, and the word of the file wins where there was none. */
export function withFound(known: readonly Absence[], found: readonly Found[]): Absence[] {
  const all = new Map(known.map((one) => [`${one.from} ${one.to}`, one]))
  for (const { from, to, why } of found) {
    const before = all.get(`${from} ${to}`)
    const reason = before?.why ?? why
    all.set(`${from} ${to}`, { from, to, ...(reason === undefined ? {} : { why: reason }) })
  }
  return [...all.values()].toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1))
}

/** `3 March 2026`, or `3 March 2026 – 5 March 2026`. */
export const daysSaid = ({ from, to }: Pick<Absence, 'from' | 'to'>, format: Pick<Format, 'day'>): string =>
  from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`
