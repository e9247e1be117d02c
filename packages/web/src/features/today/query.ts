import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'

export type TodayData = CallOutput<typeof routes.work.today>

export const todayQuery = queryOptions({
  queryKey: keys.today,
  queryFn: ({ signal }) => api.call(routes.work.today, { signal }),
})

export type AgendaData = CallOutput<typeof routes.work.agenda>
/** One's own deals, all that one may see, or of these those of a member or of a team. */
export type Whose = 'own' | 'all' | `member:${string}` | `team:${string}`

const askedFor = (whose: Whose): { whose?: 'own' | 'all'; memberId?: string; teamId?: string } => {
  if (whose === 'own' || whose === 'all') return { whose }
  const id = whose.slice(whose.indexOf(':') + 1)
  return whose.startsWith('member:') ? { memberId: id } : { teamId: id }
}

/** Under the key of the day, so that what makes that old makes this old as well. */
export const agendaQuery = (whose: Whose) =>
  queryOptions({
    queryKey: [...keys.today, 'agenda', whose],
    queryFn: ({ signal }) => api.call(routes.work.agenda, { query: askedFor(whose), signal }),
  })
