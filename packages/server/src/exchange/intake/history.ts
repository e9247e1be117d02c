import type { ParsedRow } from '../files/row.ts'
import { ENDINGS } from './stages.ts'

/** A change of stage, as a history tells it. */
export interface StageChange {
  on: string
  phase: string
  label: string
}

/**
 * Several rows of one deal as its history, in whatever order they come: one record of what the newest row says, in the database since the oldest, with
 * a claim for each stage on its day.
 */
export function foldHistory(rows: readonly ParsedRow[]): ParsedRow[] {
  const groups = new Map<unknown, ParsedRow[]>()
  for (const row of rows) {
    const key =
      row.faults.length > 0
        ? row
        : (row.given['externalId'] ?? `${String(row.given['account'])}|${String(row.given['name'])}`)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((group) => {
    if (group.length === 1) return group[0]!
    const day = (row: ParsedRow): string => String(row.given['changedOn'] ?? '')
    // Rows of one day keep the order of the file, which is turned where the file begins with the newest.
    const ordered = day(group[0]!) > day(group.at(-1)!) ? group.toReversed() : group
    const sorted = ordered.toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0))
    const [oldest, newest] = [sorted[0]!, sorted.at(-1)!]
    const changes: StageChange[] = []
    for (const { given } of sorted) {
      const { phase, stage, changedOn } = given as Record<string, string | undefined>
      if (phase === undefined || stage === undefined || changedOn === undefined || ENDINGS.has(phase)) continue
      if (changes.at(-1)?.label !== stage) changes.push({ on: changedOn, phase, label: stage })
    }
    const opened = [oldest.given['openedOn'], oldest.given['changedOn']].filter((on) => on !== undefined).sort()[0]
    const ending = newest.given['status'] !== undefined && newest.given['status'] !== 'open'
    return {
      ...newest,
      given: {
        ...newest.given,
        ...(opened === undefined ? {} : { openedOn: opened }),
        ...(ending && newest.given['closedOn'] === undefined ? { closedOn: newest.given['changedOn'] } : {}),
        changes,
      },
    }
  })
}
