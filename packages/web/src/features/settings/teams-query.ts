import { routes } from '@sente/client'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: ({ signal }) => api.call(routes.members.teams, { signal }), select: ({ items }) => items })
