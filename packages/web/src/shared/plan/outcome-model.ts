import type { PlanAnswer } from '@sente/api'

/** In the order of their keys, 1 to 6. */
export const HOW = ['done', 'met_cold', 'declined', 'postponed', 'delegated_down', 'no_answer'] as const
export type How = (typeof HOW)[number]

export type Changed = PlanAnswer['changed'][number]
const nameOf = ({ kind, play, with: people, from, to, noticedOn }: Changed): string =>
  [kind, play, people.join(), from, to, noticedOn].join(' ')

/** What is told now and was not told before. */
export function newIn(before: readonly Changed[], after: readonly Changed[]): Changed[] {
  const told = new Set(before.map(nameOf))
  return after.filter((one) => !told.has(nameOf(one)))
}
