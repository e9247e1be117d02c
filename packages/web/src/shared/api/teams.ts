import { routes } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { keys } from './keys.ts'

/** Below the members: who is in which team is told by both, and a change of one gives the other a new version. */
export const teamsQuery = queryOptions({
  queryKey: [...keys.members, 'teams'],
  queryFn: ({ signal }) => api.call(routes.members.teams, { signal }),
  select: ({ items }) => items,
})
