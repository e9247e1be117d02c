import type { PlanRequest } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { livingPlan, planFrom, planGround } from '../../../store/plans.ts'
import { operation } from '../../operation.ts'

export const preview = operation(routes.plan.preview, async ({ params, body: { style, locks, setAside }, context }) => {
  const access = await dealFor(context, params.dealId)
  const ground = await planGround(context.tx, params.dealId)
  const { plan: previous } = await livingPlan(context.tx, ground, style)
  const plan = await planFrom(context.tx, ground, {
    style: previous.style,
    previous,
    locks,
    setAside: setAside as PlanRequest['setAside'] & object,
    withoutQuestions: true,
  })
  const changed = plan.changed.map((change) => ({ ...change, noticedOn: ground.today }))
  return planAnswer(ground, plan, changed, access)
})
