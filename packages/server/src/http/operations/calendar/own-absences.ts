import type { Ours } from '@sente/api'

type Absences = NonNullable<NonNullable<Ours['team']>[number]['absences']>

/** What the list of those of ours who go to customers says of a member; they may stand in it more than once, under names of their own. */
export function absencesOf({ team = [] }: Ours, memberId: string): { listed: boolean; absences: Absences } {
  const mine = team.filter((one) => one.memberId === memberId)
  const all = new Map(mine.flatMap(({ absences = [] }) => absences.map((one) => [JSON.stringify(one), one] as const)))
  return {
    listed: mine.length > 0,
    absences: [...all.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1)),
  }
}
