import type { PipelineReview } from '@sente/api'
import {
  addDays,
  changesOf,
  farOf,
  groupsOf,
  isNews,
  lossOf,
  ownersOf,
  plainDate,
  reviewedDeal,
  totalOf,
  WEEK,
} from '@sente/engine'
import type { Lack, PlainDate } from '@sente/engine'
import type { Asking } from '../auth/principal.ts'
import { InvalidInput } from '../store/refusal.ts'
import { reviewLines, reviewPoints } from '../store/reviews.ts'
import type { ReviewPoint } from '../store/reviews.ts'
import type { Tx } from '../store/tenant.ts'
import { todayOf } from '../store/today.ts'
import { accessToAll, viewerOf } from '../store/visibility.ts'

type Row = PipelineReview['rows'][number]

interface Asked {
  since?: string | undefined
  ownerId?: string | undefined
  teamId?: string | undefined
  lack?: Lack | undefined
  far?: boolean | undefined
  changed?: boolean | undefined
}

const MOST_GONE = 50

/** So many lines are in memory at once. */
const AT_ONCE = 200

/** Those of which there is news; of which nobody knows what they were, nobody knows that they changed. */
async function changedOf(
  tx: Tx,
  points: readonly ReviewPoint[],
  days: { on: PlainDate; since: PlainDate },
): Promise<ReviewPoint[]> {
  const changed: ReviewPoint[] = []
  for (let from = 0; from < points.length; from += AT_ONCE) {
    const some = points.slice(from, from + AT_ONCE)
    const lines = await reviewLines(
      tx,
      some.map(({ id }) => id),
      days,
    )
    changed.push(
      ...some.filter(({ id }) => {
        const found = lines.get(id)
        return found && changesOf(found.before, found.line).some(isNews)
      }),
    )
  }
  return changed
}

/** The pipeline review of the deals that the caller may see, from stored lines alone. */
export async function reviewAnswer(
  { tx, principal }: Asking,
  asked: Asked,
  { offset, limit }: { offset: number; limit: number },
): Promise<PipelineReview> {
  const on = await todayOf(tx)
  const since = asked.since === undefined ? addDays(on, -WEEK) : plainDate(asked.since)
  if (since >= on)
    throw new InvalidInput([
      { field: 'since', what: { en: `Must be a day before today, ${on}.`, zh: `必须早于今天（${on}）。` } },
    ])
  const viewer = viewerOf(principal)
  const filter = {
    ...(asked.ownerId !== undefined && { ownerId: [asked.ownerId] }),
    ...(asked.teamId !== undefined && { teamId: [asked.teamId] }),
  }
  const points = await reviewPoints(tx, viewer, { on, since, filter })
  const open = points.filter(({ status }) => status === 'open')
  const far = open.filter(({ voices }) => farOf(voices).length > 0)
  const fitting = (asked.far ? far : open).filter(
    ({ lacks, waiting }) => !waiting && (asked.lack === undefined || lacks.includes(asked.lack)),
  )
  const wanted = asked.changed ? await changedOf(tx, fitting, { on, since }) : fitting
  const groups = groupsOf(wanted)
  const ordered = groups.flatMap(({ deals }, group) => deals.map((point) => ({ point, group })))
  const page = ordered.slice(offset, offset + limit)
  const gone = points.filter(({ status }) => status !== 'open').slice(0, MOST_GONE)
  const ids = [...page.map(({ point }) => point.id), ...gone.map(({ id }) => id)]
  const [lines, access] = [await reviewLines(tx, ids, { on, since }), await accessToAll(tx, viewer, ids)]
  const rowOf = (point: ReviewPoint, group: number): Row[] => {
    const found = lines.get(point.id)
    if (!found) return []
    const { version, account, line, before } = found
    const { name, ownerId, owner } = point
    const judged = reviewedDeal({ id: point.id, name, owner, account, line, before })
    return [
      {
        dealId: point.id,
        version,
        name,
        account,
        ownerId,
        owner: owner!,
        group,
        loss: lossOf(point),
        line,
        before: judged.before,
        compared: judged.compared,
        voices: judged.voices,
        far: judged.far,
        lacks: judged.lacks as Lack[],
        changes: judged.changes,
        write: access.get(point.id)?.write ?? false,
      },
    ]
  }
  const names = new Map(open.map(({ ownerId, owner }) => [ownerId, owner!]))
  return {
    on,
    since,
    total: totalOf(open),
    far: far.length,
    waiting: open.filter(({ waiting }) => waiting).length,
    stale: open.filter(({ fresh, waiting }) => !fresh && !waiting).length,
    // Two members may have one name.
    owners: ownersOf(open.map((point) => ({ ...point, owner: point.ownerId })))
      .map(({ owner: ownerId, ...total }) => ({ ...total, ownerId: ownerId!, owner: names.get(ownerId!)! }))
      .sort((a, b) => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0)),
    groups: groups.map(({ by, currency, loss, deals }) => ({ by, currency, loss, deals: deals.length })),
    rows: page.flatMap(({ point, group }) => rowOf(point, group)),
    next: offset + limit < ordered.length ? offset + limit : null,
    gone: gone.flatMap((point) => rowOf(point, -1)),
  }
}
