import { plainDate } from '@sente/engine'
import type { PlainDate, PlanRequest } from '@sente/engine'
import { dealOf, routes, withOurs } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { livingPlan, planFrom, planGround } from '../../../store/plans.ts'
import type { Ground } from '../../../store/plans.ts'
import { NotFound } from '../../../store/refusal.ts'
import { operation } from '../../operation.ts'

export const preview = operation(
  routes.plan.preview,
  async ({ params, body: { style, locks, moved, setAside }, context }) => {
    const access = await dealFor(context, params.dealId)
    const stands = await planGround(context.tx, params.dealId)
    const { plan: previous } = await livingPlan(context.tx, stands, style)
    const ground = withMoved(stands, new Map(moved.map(({ planStepId, on }) => [planStepId, plainDate(on)])))
    const plan = await planFrom(context.tx, ground, {
      style: previous.style,
      previous,
      locks,
      setAside: setAside as PlanRequest['setAside'] & object,
      withoutQuestions: true,
    })
    const changed = plan.changed.map((change) => ({ ...change, noticedOn: ground.today }))
    return planAnswer(ground, plan, changed, access)
  },
)

/** The same deal with some of its open steps on other days. Throws `NotFound` where one is none of its open or held steps. */
function withMoved(ground: Ground, days: ReadonlyMap<string, PlainDate>): Ground {
  if (days.size === 0) return ground
  const steps = ground.whole.planStep ?? []
  const open = new Set(
    steps.filter(({ status = 'open' }) => status === 'open' || status === 'held').map(({ id }) => id),
  )
  if ([...days.keys()].some((id) => !open.has(id))) throw new NotFound()
  const planStep = steps.map((step) => ({ ...step, ...(days.has(step.id) && { on: days.get(step.id)! }) }))
  const whole = { ...ground.whole, planStep }
  return { ...ground, whole, deal: withOurs(dealOf(whole), ground.ours) }
}
