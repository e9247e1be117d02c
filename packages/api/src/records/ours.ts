import type { Deal, PlainDate } from '@sente/engine'
import type { Ours } from './records.ts'

type Us = NonNullable<Deal['us']>
type Away = NonNullable<Us['blackouts']>

/** The deal with the workspace's people, holidays and blackouts where it says nothing of its own. Days away add up. Pure. */
export function withOurs(deal: Deal, ours: Ours | undefined): Deal {
  if (!ours) return deal
  const { country, team: listed = [], blackouts = [] } = ours
  const team = listed.map(({ memberId: _memberId, ...one }) => one as NonNullable<Us['team']>[number])
  const away = new Map(team.map(({ id, absences = [] }) => [id, absences]))
  const own = deal.us?.team?.map((one) => {
    const absences = [...(one.absences ?? []), ...(away.get(one.id) ?? [])]
    return absences.length > 0 ? { ...one, absences } : one
  })
  const all = [...(deal.us?.blackouts ?? []), ...(blackouts as { from: PlainDate; to: PlainDate }[] as Away)]
  const us: Us = {
    ...(country === undefined ? {} : { country }),
    ...(team.length > 0 ? { team } : {}),
    ...deal.us,
    ...(own ? { team: own } : {}),
    ...(all.length > 0 ? { blackouts: all } : {}),
  }
  return Object.keys(us).length > 0 ? { ...deal, us } : deal
}
