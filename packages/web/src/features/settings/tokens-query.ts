import { routes } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'

/** The caller's own API tokens. */
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: () => api.call(routes.auth.tokens) })
