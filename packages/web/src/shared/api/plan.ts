import { routes } from '@sente/api'
import type { PlanAnswer } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { keys } from './keys.ts'

export type { PlanAnswer }

/**
 * The plan of a deal as the server makes it, with the workspace's people and holidays: what a screen says and what the API says are one.
 * `asOf`: as it would have been made on an earlier day.
 */
export const planQuery = (dealId: string, asOf?: string) =>
  queryOptions({
    queryKey: asOf === undefined ? keys.dealPlan(dealId) : [...keys.dealPlan(dealId), asOf],
    queryFn: ({ signal }) =>
      api.call(routes.plan.get, { params: { dealId }, query: asOf === undefined ? {} : { asOf }, signal }),
    // Changes of the deal, ours and others', say when it is old.
    staleTime: 60_000,
  })

/** The plan as it stood on an earlier day, where one is kept from then (`kept` names the day it was made), else as it would have been made. */
export const planThenQuery = (dealId: string, on: string) =>
  queryOptions({
    queryKey: [...keys.dealPlan(dealId), on, 'kept'],
    queryFn: ({ signal }) =>
      api.call(routes.plan.get, { params: { dealId }, query: { asOf: on, kept: 'true' }, signal }),
    staleTime: 60_000,
  })
