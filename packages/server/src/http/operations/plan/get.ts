import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { livingPlan, planFrom, planGround } from '../../../store/plans.ts'
import { answer, operation } from '../../operation.ts'

/** An earlier day is looked at, not lived: its plan is made from nothing and not kept. */
export const get = operation(routes.plan.get, async ({ params, query: { style, asOf }, context }) => {
  const access = await dealFor(context, params.dealId)
  const day = await dayAskedFor(context.tx, asOf)
  const ground = await planGround(context.tx, params.dealId)
  const { plan, changed } =
    day === undefined
      ? await livingPlan(context.tx, ground, style)
      : { plan: await planFrom(context.tx, ground, style ? { style } : {}, day), changed: [] }
  return answer(planAnswer(ground, plan, changed, access), { version: ground.whole.deal.version })
})
