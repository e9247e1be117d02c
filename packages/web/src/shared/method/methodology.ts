import { loadMethodology } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import address from 'virtual:methodology'

async function load(): Promise<Methodology> {
  const answer = await fetch(address)
  if (!answer.ok) throw Object.assign(new Error(`methodology: ${answer.status}`), { status: answer.status })
  const loaded = loadMethodology((await answer.json()) as Record<string, unknown>)
  if ('faults' in loaded) throw new Error(`the bundled methodology has faults: ${loaded.faults.map(({ file }) => file).join()}`)
  return loaded.methodology
}

/** The method that comes with the application; a release never changes it under an open page. */
export const methodologyQuery = queryOptions({ queryKey: ['methodology'], queryFn: load, staleTime: Infinity, gcTime: Infinity })

/** Suspends until it is there; the router's loaders fetch it ahead. */
export const useMethodology = (): Methodology => useSuspenseQuery(methodologyQuery).data
