import { routes } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { keys } from './keys.ts'

/** Everything of a deal in one request: the engine reads it here, so that every edit moves the picture at once. */
export const wholeQuery = (dealId: string) =>
  queryOptions({
    queryKey: keys.dealWhole(dealId),
    queryFn: ({ signal }) => api.call(routes.deals.get, { params: { dealId }, query: { include: ['all'] }, signal }),
    // Live events say when it changed.
    staleTime: 60_000,
  })
