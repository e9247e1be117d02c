import { routes } from '@sente/api'
import type { CallOutput, DealRow } from '@sente/api'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { filterOf, sortOf } from './model.ts'
import type { DealsSearch } from './model.ts'

const PAGE = 200
type Page = CallOutput<typeof routes.deals.list>

/** The rows, page after page as one scrolls; sorted and filtered by the server. */
export const dealsQuery = (search: DealsSearch, unjudged = false) => {
  // What nothing was heard of stands in no phase.
  const filter = { ...filterOf(search), ...(unjudged ? { judged: 'false' } : {}) }
  return infiniteQueryOptions({
    queryKey: [...keys.deals, 'list', filter, sortOf(search)],
    queryFn: ({ pageParam, signal }): Promise<Page> =>
      api.call(routes.deals.list, {
        query: {
          ...filter,
          ...sortOf(search),
          limit: PAGE,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

export const rowsOf = (data: { pages: Page[] } | undefined): DealRow[] =>
  data?.pages.flatMap(({ items }) => items) ?? []

/** Counts and sums of everything the filter lets through; never added up from the rows at hand. */
export const pipelineQuery = (search: DealsSearch) =>
  queryOptions({
    queryKey: [...keys.deals, 'pipeline', filterOf(search)],
    queryFn: ({ signal }) => api.call(routes.deals.pipeline, { query: filterOf(search), signal }),
    placeholderData: keepPreviousData,
  })

export const viewsQuery = queryOptions({
  queryKey: ['views', 'deals'],
  queryFn: ({ signal }) => api.call(routes.workspace.views, { query: { screen: 'deals' }, signal }),
  select: ({ items }) => items,
})
