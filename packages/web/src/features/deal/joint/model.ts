import type { CallOutput, DealWhole, routes } from '@sente/api'

export type Joint = CallOutput<typeof routes.joint.get>
export type Candidate = Joint['candidates'][number]
export type JointLink = Joint['links'][number]
export type JointItem = NonNullable<DealWhole['jointItem']>[number]
export type Suggestion = Joint['suggestions'][number]

/** In the order of their days, as the customer sees them; what has none comes last. */
export const inOrder = (items: readonly JointItem[]): JointItem[] =>
  items.toSorted((a, b) =>
    (a.on ?? '9') < (b.on ?? '9') ? -1 : (a.on ?? '9') > (b.on ?? '9') ? 1 : a.id < b.id ? -1 : 1,
  )

/** The day that our own plan has by now for what the customer is shown with another one; undefined: the same, or nothing stands behind it. */
export function dayBehind(item: JointItem, whole: Pick<DealWhole, 'planStep'>): string | undefined {
  const step = (whole.planStep ?? []).find(({ id }) => id === item.planStepId)
  if (item.doneOn !== undefined || step?.status !== 'open' || step.on === undefined || step.on === item.on)
    return undefined
  return step.on
}

/** How often a link was opened, how much was said, by whom and when last. */
export function visitsOf({ visits }: Pick<JointLink, 'visits'>): {
  opened: number
  said: number
  last: string | undefined
  authors: string[]
} {
  return {
    opened: visits.reduce((sum, { opened }) => sum + opened, 0),
    said: visits.reduce((sum, { said }) => sum + said, 0),
    last: visits[0]?.at,
    authors: [...new Set(visits.flatMap(({ authors }) => authors))],
  }
}
