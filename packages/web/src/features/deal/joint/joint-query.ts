import { routes } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../shared/api/client.ts'

export const jointKey = (dealId: string) => ['deal', dealId, 'joint'] as const
/** Links, what may go on the plan, and what the customer said; asked again when the deal has another version. */
export const jointQuery = (dealId: string, version: number) =>
  queryOptions({
    queryKey: [...jointKey(dealId), version],
    queryFn: ({ signal }) => api.call(routes.joint.get, { params: { dealId }, signal }),
    placeholderData: (before) => before,
  })
