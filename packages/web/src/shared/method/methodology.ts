import type { Methodology } from '@sente/engine'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import address from 'virtual:methodology'

async function load(): Promise<Methodology> {
  const answer = await fetch(address)
  if (!answer.ok) throw Object.assign(new Error(`methodology: ${answer.status}`), { status: answer.status })
  // It was checked when the application was built.
  return (await answer.json()) as Methodology
}

/** The method that comes with the application; a release never changes it under an open page. */
export const methodologyQuery = queryOptions({
  queryKey: ['methodology'],
  queryFn: load,
  staleTime: Infinity,
  gcTime: Infinity,
})

/** Suspends until it is there; the router's loaders fetch it ahead. */
export const useMethodology = (): Methodology => useSuspenseQuery(methodologyQuery).data
