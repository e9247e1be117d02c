import { PHASES } from '@sente/engine'
import type { Summary } from '@sente/api'

/** The columns of a deal in which its summary stands. */
export const SUMMARY_COLUMNS = [
  'brief_version',
  'brief_on',
  'brief_method',
  'phase',
  'phases',
  'stalled',
  'progress',
  'lead_state',
  'lead_days',
  'lead_concern',
  'cover',
  'working_cover',
  'vacuum',
  'danger_count',
  'warn_count',
  'top_findings',
  'win',
  'decision_on',
  'next_start_by',
  'homework_count',
] as const
export type SummaryColumns = { [C in (typeof SUMMARY_COLUMNS)[number]]: unknown }

/** They as JSON; a row is written out in half the time of an object that is built key by key. */
export const summaryJson = (alias: string): string =>
  `row_to_json((select s from (select ${SUMMARY_COLUMNS.map((column) => `${alias}."${column}"`).join(', ')}) s))`

/** A share to six places: more says nothing, and a `real` would not hold it. */
const share = (value: unknown): number => Math.round(Number(value) * 1e6) / 1e6

/** The summary of the API; absent until one was computed. Without a phase: nothing was heard of the customer. */
export function summaryOf(row: SummaryColumns, version: number): Summary | undefined {
  if (row.brief_version === null || row.brief_on === null || row.lead_state === null) return undefined
  const some = <T>(value: unknown): T | undefined => (value === null ? undefined : (value as T))
  const optional = {
    phase: row.phase === null ? undefined : PHASES[row.phase as number]!,
    phases: some<number[]>(row.phases)?.map(share),
    stalled: some<number>(row.stalled),
    progress: some<number>(row.progress),
    cover: some<number>(row.cover),
    workingCover: some<number>(row.working_cover),
    vacuum: some<boolean>(row.vacuum),
    win: some<number>(row.win),
    decisionOn: some<string>(row.decision_on),
    nextStartBy: some<string>(row.next_start_by),
  }
  const days = some<number>(row.lead_days)
  const concern = some<NonNullable<Summary['lead']['concern']>>(row.lead_concern)
  return {
    on: row.brief_on as string,
    fresh: row.brief_version === version,
    lead: {
      state: row.lead_state as Summary['lead']['state'],
      ...(days === undefined ? {} : { days }),
      ...(concern === undefined ? {} : { concern }),
    },
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, typeof value === 'number' ? share(value) : value]],
      ),
    ),
    dangers: row.danger_count as number,
    warnings: row.warn_count as number,
    topFindings: row.top_findings as Summary['topFindings'],
    homework: row.homework_count as number,
  }
}
