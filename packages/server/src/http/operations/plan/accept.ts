import { stands, stepIdOf } from '@sente/engine'
import { routes } from '@sente/api'
import { lockWritableDeal } from '../../../access/access.ts'
import { Fault } from '../../../core/fault.ts'
import { heldStep } from '../../../queries/plan-answer.ts'
import { livingPlan, planGround } from '../../../store/plans.ts'
import { create, update } from '../../../store/write.ts'
import { operation } from '../../operation.ts'
import type { Call } from '../../operation.ts'

export const accept = operation(routes.plan.accept, async ({ params, body, context }) => {
  const { tx } = context
  const { deal } = await lockWritableDeal(context, params.dealId)
  const ground = await planGround(tx, params.dealId)
  const { plan } = await livingPlan(tx, ground, body.style)
  const step = plan.steps.find((one) => stepIdOf(one) === body.step)
  if (!step || stands(step))
    throw new Fault('conflict', {
      detail: step
        ? { en: 'This step stands in the deal already.', zh: '这一步已经在商机里了。' }
        : {
            en: 'The plan has changed since: this step is no longer in it. Read the plan again.',
            zh: '计划已变，其中没有这一步了。请重新读取计划。',
          },
    })
  const ids = new Map((ground.whole.stakeholder ?? []).map(({ key, personId }) => [key, personId]))
  const idOf = (key: string): string[] => [ids.get(key) ?? []].flat()
  const through = step.through === null ? undefined : ids.get(step.through)
  const owner = body.owner ?? ground.deal.us?.team?.find(({ id }) => id === step.ours)?.name ?? step.ours ?? undefined
  const held = step.held && heldStep(ground.whole, step)
  if (held)
    return update(
      tx,
      'planStep',
      held.id,
      {
        status: 'open',
        ...given({ on: body.on, owner: body.owner }),
        ...details(body),
      },
      undefined,
      deal,
    )
  return create(
    tx,
    'planStep',
    {
      ...(body.id === undefined ? {} : { id: body.id }),
      dealId: params.dealId,
      play: step.play,
      on: body.on ?? step.on,
      with: step.with.flatMap(idOf),
      ...(owner === undefined ? {} : { owner }),
      ...(through === undefined ? {} : { through }),
      ...details(body),
    },
    deal,
  )
})

/** Without what was not said. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Given<T>

const details = ({ what, time, minutes, where }: Call<typeof routes.plan.accept>['body']) =>
  given({ what, time, minutes, where })
