import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'

export type PlanData = CallOutput<typeof routes.accounts.plan>

/** The plan that the deals of an account fill, as of today. */
export const accountPlanQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...keys.account(accountId), 'plan'],
    queryFn: ({ signal }) => api.call(routes.accounts.plan, { params: { accountId }, query: {}, signal }),
  })
