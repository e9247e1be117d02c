import { routes } from '@sente/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import type { ReviewSearch } from './model.ts'

const PAGE = 40

/** Under the lists of deals, so that what makes them old makes this old as well. */
export const reviewQuery = ({ since, owner, team, lack, far, changed }: ReviewSearch) =>
  infiniteQueryOptions({
    queryKey: [...keys.deals, 'review', { since, owner, team, lack, far, changed }],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.review.get, {
        query: {
          limit: PAGE,
          offset: pageParam,
          ...(since !== undefined && { since }),
          ...(owner !== undefined && { ownerId: owner }),
          ...(team !== undefined && { teamId: team }),
          ...(lack !== undefined && { lack }),
          ...(far && { far: 'true' }),
          ...(changed && { changed: 'true' }),
        },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    // While something is computed, it joins by itself.
    refetchInterval: ({ state }) => {
      const first = state.data?.pages[0]
      return first && first.waiting + first.stale > 0 ? 4000 : false
    },
  })

export const keptQuery = queryOptions({
  queryKey: ['reviews'],
  queryFn: ({ signal }) => api.call(routes.review.kept, { signal }),
  select: ({ items }) => items,
})

export const snapshotQuery = (reviewId: string) =>
  queryOptions({
    queryKey: ['reviews', reviewId],
    queryFn: ({ signal }) => api.call(routes.review.snapshot, { params: { reviewId }, signal }),
    staleTime: Infinity,
  })
