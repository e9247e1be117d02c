import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { livingPlan, planFrom, planGround } from '../../../store/plans.ts'
import { answer, operation } from '../../operation.ts'

/** An earlier day is looked at, not lived: its plan is made from nothing and not kept. */
export const get = operation(routes.plan.get, async ({ params, query: { style, asOf }, context }) => {
  const access = await dealFor(context, params.dealId)
  const ground = await planGround(context.tx, params.dealId)
  const { plan, changed } =
    asOf === undefined
      ? await livingPlan(context.tx, ground, style)
      : { plan: await planFrom(context.tx, ground, style ? { style } : {}, plainDate(asOf)), changed: [] }
  return answer(planAnswer(ground, plan, changed, access), { version: ground.whole.deal.version })
})
