import { routes } from '@sente/api'
import type { DealWhole, Fact } from '@sente/api'
import { lockWritableDeal } from '../../../access/access.ts'
import { Fault } from '../../../core/fault.ts'
import { latestTold, toldByOf } from '../../../queries/joint-candidates.ts'
import { todayOf } from '../../../store/today.ts'
import type { DealContext } from '../../../store/gateway.ts'
import { methodologyOf } from '../../../store/method.ts'
import { loadDeal } from '../../../store/read.ts'
import { NotFound } from '../../../store/refusal.ts'
import type { Tx } from '../../../store/tenant.ts'
import { create, update } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

const COMPUTING = { write: false, sensitive: true, share: false }

/** One change set: undoing it brings back the step, the told date and the open word of the customer. */
export const decide = operation(routes.joint.decide, async ({ params: { dealId, id }, body, context }) => {
  const { tx, changeSet } = context
  const { deal } = await lockWritableDeal(context, dealId)
  const whole = await loadDeal(tx, dealId, { access: COMPUTING })
  const said = whole.jointSuggestion?.find((one) => one.id === id)
  if (!said) throw new NotFound()
  if (said.decision !== 'open')
    throw new Fault('conflict', {
      detail: { en: 'This was decided already.', zh: '这条意见已经处理过了。' },
    })
  const item = whole.jointItem?.find((one) => one.id === said.itemId)
  if (body.accept && said.kind === 'propose') {
    const made = await create(
      tx,
      'jointItem',
      { dealId, what: said.text ?? '', whose: 'theirs', ...(said.on === undefined ? {} : { on: said.on }) },
      deal,
    )
    const suggestion = await update(tx, 'jointSuggestion', id, { decision: 'accepted' }, undefined, deal)
    return { changeSet, suggestion, item: made }
  }
  if (body.accept && !item)
    throw new Fault('conflict', {
      detail: { en: 'The joint step it was said of is gone.', zh: '对应的共同步骤已不存在。' },
    })
  const suggestion = await update(
    tx,
    'jointSuggestion',
    id,
    { decision: body.accept ? 'accepted' : 'rejected' },
    undefined,
    deal,
  )
  if (!body.accept || !item) return { changeSet, suggestion }
  const today = await todayOf(tx)
  const at: Accepting = { tx, deal, dealId, today, said, item }
  if (said.kind === 'comment') return { changeSet, suggestion, item, note: await noteOf(at) }
  const on = said.kind === 'move' ? said.on! : (said.on ?? today)
  const patch = said.kind === 'move' ? { on } : { doneOn: said.kind === 'done' ? on : null }
  const toldBy = body.toldBy ?? toldByOf(whole, await methodologyOf(tx), said.personId)
  const told = await toldOf(at, latestTold(whole, item.step), { on, toldBy })
  const planStep = await moveOurs(at, whole.planStep ?? [], on)
  return {
    changeSet,
    suggestion,
    item: await update(tx, 'jointItem', item.id, patch, undefined, deal),
    ...(told ? { told } : {}),
    ...(planStep ? { planStep } : {}),
  }
})

interface Accepting {
  tx: Tx
  deal: DealContext
  dealId: string
  today: string
  said: Stored<'jointSuggestion'>
  item: Stored<'jointItem'>
}
type Stored<K extends 'jointSuggestion' | 'jointItem' | 'planStep' | 'processStep'> = NonNullable<DealWhole[K]>[number]

/** What they wrote stays with the deal as a note of theirs. */
const noteOf = ({ tx, deal, dealId, today, said, item }: Accepting): Promise<Fact<'note'>> =>
  create(
    tx,
    'note',
    {
      dealId,
      on: today,
      text: `${item.what}: ${said.text ?? ''}`,
      ...(said.author === undefined ? {} : { author: said.author }),
    },
    deal,
  )

type ToldBy = Fact<'processStep'>['toldBy']

/**
 * A day of their own process that we accept is a date that the customer told: another record than the one before, so that the position sees how often
 * it slipped. What is done settles the date it was told for.
 */
async function toldOf(
  { tx, deal, dealId, said, item }: Accepting,
  before: Stored<'processStep'> | undefined,
  { on, toldBy }: { on: string; toldBy: ToldBy },
): Promise<Fact<'processStep'> | undefined> {
  const { step } = item
  if (step === undefined) return undefined
  if (said.kind === 'undone')
    return before?.done === true ? update(tx, 'processStep', before.id, { done: false }, undefined, deal) : undefined
  const done = said.kind === 'done'
  if (before?.on === on)
    return update(tx, 'processStep', before.id, { ...(done ? { done } : {}), toldBy }, undefined, deal)
  return create(
    tx,
    'processStep',
    { dealId, step, on, toldBy, ...(done ? { done } : {}), ...(item.owner === undefined ? {} : { owner: item.owner }) },
    deal,
  )
}

/** The planned step of ours that stands for it moves along, as long as it is still to come. How it went is for us to say. */
async function moveOurs(
  { tx, deal, said, item }: Accepting,
  steps: readonly Stored<'planStep'>[],
  on: string,
): Promise<Fact<'planStep'> | undefined> {
  if (said.kind !== 'move' || item.planStepId === undefined) return undefined
  const step = steps.find(({ id, status }) => id === item.planStepId && status === 'open')
  return step && update(tx, 'planStep', step.id, { on }, undefined, deal)
}
