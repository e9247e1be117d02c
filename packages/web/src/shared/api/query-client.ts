import { QueryClient } from '@tanstack/react-query'
import { problemOf } from './problem.ts'

/** Only what may pass by itself is tried again: a refusal stays one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && ['offline', 'other'].includes(problemOf(error).kind),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})
