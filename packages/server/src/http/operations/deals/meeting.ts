import { routes } from '@sente/api'
import { meetingFor } from '../../../queries/meeting-page.ts'
import { answer, operation } from '../../operation.ts'

export const meeting = operation(routes.deals.meeting, async ({ params, query, context }) => {
  const { page, personIds, planStep, version } = await meetingFor(context, params.dealId, query)
  return answer({ ...page, personIds, ...(planStep && { planStep }) }, { version })
})
