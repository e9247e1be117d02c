import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { livingPlan, planFrom, planGround, stoodOn } from '../../../store/plans.ts'
import { answer, operation } from '../../operation.ts'

/** An earlier day is looked at, not lived: its plan is made from nothing and not kept; unless the one that stood then is asked for, and was. */
export const get = operation(routes.plan.get, async ({ params, query: { style, asOf, kept }, context }) => {
  const access = await dealFor(context, params.dealId)
  const day = await dayAskedFor(context.tx, asOf)
  const ground = await planGround(context.tx, params.dealId)
  const stood = kept && day !== undefined && day < ground.today ? await stoodOn(context.tx, ground, day, style) : null
  if (stood)
    return answer(
      { ...planAnswer(ground, stood, [], access), kept: stood.asOf },
      { version: ground.whole.deal.version },
    )
  const { plan, changed } =
    day === undefined
      ? await livingPlan(context.tx, ground, style)
      : { plan: await planFrom(context.tx, ground, style ? { style } : {}, day), changed: [] }
  return answer(planAnswer(ground, plan, changed, access), { version: ground.whole.deal.version })
})
