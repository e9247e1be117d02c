import type { PipelineReview } from '@sente/api'
import { LACKS } from '@sente/engine'
import type { Lack } from '@sente/engine'

/** What of a review the address says. */
export interface ReviewSearch {
  since?: string | undefined
  owner?: string | undefined
  team?: string | undefined
  lack?: Lack | undefined
  far?: boolean | undefined
  changed?: boolean | undefined
  /** Id of a review that was kept. */
  kept?: string | undefined
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const id = (value: unknown): string | undefined => (typeof value === 'string' && ID.test(value) ? value : undefined)

/** Forgiving: a bad link still opens the review. */
export function reviewSearch({ since, owner, team, lack, far, changed, kept }: Record<string, unknown>): ReviewSearch {
  const day =
    typeof since === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(since) && !Number.isNaN(Date.parse(since))
      ? since
      : undefined
  return {
    since: day,
    owner: id(owner),
    team: id(team),
    lack: LACKS.find((one) => one === lack),
    far: far === true || far === 'true' ? true : undefined,
    changed: changed === true || changed === 'true' ? true : undefined,
    kept: id(kept),
  }
}

export type ReviewRow = PipelineReview['rows'][number]

/** Rows under the heads of their groups; a group of which no row was read yet has none. */
export function grouped(
  { groups }: Pick<PipelineReview, 'groups'>,
  rows: readonly ReviewRow[],
): { head: PipelineReview['groups'][number]; rows: ReviewRow[] }[] {
  return groups
    .map((head, group) => ({ head, rows: rows.filter((row) => row.group === group) }))
    .filter((group) => group.rows.length > 0)
}

/** The deal one is at after a step down or up: the first before any was chosen, and nobody leaves the list. */
export function moved(ids: readonly string[], at: string | null, by: 1 | -1): string | null {
  if (ids.length === 0) return null
  const place = at === null ? -1 : ids.indexOf(at)
  if (place < 0) return ids[0]!
  return ids[Math.max(0, Math.min(ids.length - 1, place + by))]!
}
