import { useDebouncedValue } from '@mantine/hooks'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'

export type FoundItem = CallOutput<typeof routes.work.search>['items'][number]
const NONE: FoundItem[] = []

/** What the server finds for words as they are typed; the last answer stays until the next one is there. */
export function useFound(typed: string): { items: FoundItem[]; waiting: boolean } {
  const [words] = useDebouncedValue(typed.trim(), 140)
  const { data, isFetching } = useQuery({
    queryKey: ['search', words],
    queryFn: ({ signal }) => api.call(routes.work.search, { query: { q: words, limit: 20 }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return { items: typed.trim() === '' ? NONE : (data?.items ?? NONE), waiting: isFetching }
}
