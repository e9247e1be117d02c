import { stepIdOf } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { planAnswer } from '../../../queries/plan-answer.ts'
import { planFrom, planGround } from '../../../store/plans.ts'
import { operation } from '../../operation.ts'

/** Both made from nothing, so that neither is bound by what was planned before. */
export const compare = operation(routes.plan.compare, async ({ params, context }) => {
  const access = await dealFor(context, params.dealId)
  const ground = await planGround(context.tx, params.dealId)
  const [steady, swift] = [
    await planFrom(context.tx, ground, { style: 'steady', withoutQuestions: true }),
    await planFrom(context.tx, ground, { style: 'swift', withoutQuestions: true }),
  ]
  const days = (plan: typeof steady): Map<string, string> =>
    new Map(plan.steps.toReversed().map((step) => [stepIdOf(step), step.on]))
  const [slow, fast] = [days(steady), days(swift)]
  const names = new Map([...steady.steps, ...swift.steps].map((step) => [stepIdOf(step), step.name]))
  return {
    steady: planAnswer(ground, steady, [], access),
    swift: planAnswer(ground, swift, [], access),
    differs: [...names].flatMap(([step, name]) => {
      const [one, other] = [slow.get(step), fast.get(step)]
      if (one === other) return []
      return [
        { step, name, ...(one === undefined ? {} : { steady: one }), ...(other === undefined ? {} : { swift: other }) },
      ]
    }),
  }
})
