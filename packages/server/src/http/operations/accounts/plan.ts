import { routes } from '@sente/api'
import { accountPlanFor } from '../../../queries/account-plan.ts'
import { operation } from '../../operation.ts'

export const plan = operation(routes.accounts.plan, async ({ params, query, context }) => {
  const { plan: made, dealIds } = await accountPlanFor(context, params.accountId, query.asOf)
  return { ...made, dealIds }
})
