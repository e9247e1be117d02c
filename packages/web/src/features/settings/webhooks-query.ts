import { routes } from '@sente/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => api.call(routes.webhooks.list, { signal }),
})

/** What became of the messages of one webhook, newest first. */
export const deliveriesQuery = (webhookId: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', webhookId],
    queryFn: ({ pageParam, signal }) =>
      api.call(routes.webhooks.deliveries, {
        params: { webhookId },
        query: { limit: 20, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // Messages are sent by somebody else: as long as one looks, one sees it.
    refetchInterval: 4_000,
  })
