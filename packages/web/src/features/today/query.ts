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
export type Whose = 'own' | 'all'

/** Under the key of the day, so that what makes that old makes this old as well. */
export const agendaQuery = (whose: Whose) =>
  queryOptions({
    queryKey: [...keys.today, 'agenda', whose],
    queryFn: ({ signal }) => api.call(routes.work.agenda, { query: { whose }, signal }),
  })
