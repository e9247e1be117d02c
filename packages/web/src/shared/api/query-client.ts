import { QueryClient } from '@tanstack/react-query'
import { problemOf } from './problem.ts'
import { throughCache } from './offline-cache.ts'

/**
 * Only what may pass by itself is tried again: a refusal stays one. A query asks also when the browser says that there is no connection,
 * since what was seen before stands in then; all ask anew when it is back.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) =>
        count < 2 && (problemOf(error).kind === 'other' || (problemOf(error).kind === 'offline' && navigator.onLine)),
      refetchOnWindowFocus: true,
      refetchOnReconnect: ({ queryKey }) => queryKey[0] !== 'methodology' && 'always',
      networkMode: 'always',
      persister: throughCache,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
