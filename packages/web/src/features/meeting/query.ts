import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'

export type MeetingData = CallOutput<typeof routes.deals.meeting>

/** Which meeting, as its address says it. */
export interface Asked {
  with: string[]
  on?: string | undefined
  play?: string | undefined
  planStepId?: string | undefined
  asOf?: string | undefined
}

/** Under the key of the deal, so that what makes that old makes this old as well. */
export const meetingQuery = (dealId: string, asked: Asked) =>
  queryOptions({
    queryKey: [...keys.deal(dealId), 'meeting', JSON.stringify(asked)],
    queryFn: ({ signal }) => api.call(routes.deals.meeting, { params: { dealId }, query: asked, signal }),
  })
