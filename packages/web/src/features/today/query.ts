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
