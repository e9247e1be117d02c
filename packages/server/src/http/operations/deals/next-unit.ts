import { dealOf, routes } from '@sente/api'
import { nextUnit as nextUnitOf } from '@sente/engine'
import { dealFor } from '../../../access/access.ts'
import { hiddenPlaces } from '../../../access/private-evidence.ts'
import { dealWithoutSensitive } from '../../../access/without-sensitive.ts'
import { Fault } from '../../../core/fault.ts'
import { todayOf } from '../../../store/today.ts'
import { methodologyOf } from '../../../store/method.ts'
import { loadDeal } from '../../../store/read.ts'
import { createWhole } from '../../../store/whole.ts'
import { answer, operation } from '../../operation.ts'

/** Everything is made in one change set, so that one undo takes the whole deal back. What the caller may not see is not carried over. */
export const nextUnit = operation(routes.deals.nextUnit, async ({ params, body, context }) => {
  const { tx, member } = context
  const access = await dealFor(context, params.dealId)
  const whole = await loadDeal(tx, params.dealId, { access: { write: false, share: false, sensitive: true } })
  if (whole.deal.status !== 'won')
    throw new Fault('conflict', {
      detail: {
        en: 'Only a deal that was won opens the next unit. Mark it as won first, or create a new deal.',
        zh: '只有赢下的商机才能开拓下一个单位。请先标为赢单，或直接新建商机。',
      },
    })
  const known = dealOf(whole)
  const hidden = await hiddenPlaces(tx, whole)
  // What was heard in private stays with its note, which is not carried over: without it, everybody would read what it quotes.
  const from = access.sensitive
    ? { ...known, ...(known.evidence && { evidence: known.evidence.filter((_, place) => !hidden.has(place)) }) }
    : dealWithoutSensitive(known, hidden)
  const { deal, carried } = nextUnitOf(from, await methodologyOf(tx), await todayOf(tx), {
    name: body.name,
    ...(body.unit !== undefined && { unit: body.unit }),
    ...(body.offer !== undefined && { offer: body.offer }),
  })
  const made = await createWhole(tx, deal, { ownerId: member.id, accountId: whole.deal.accountId })
  return answer({ deal: made, carried }, { version: made.version })
})
