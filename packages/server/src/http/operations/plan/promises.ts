import { dealAsOf, ledgerOf, trustOf } from '@sente/engine'
import { routes } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { methodologyOf } from '../../../store/method.ts'
import { planGround } from '../../../store/plans.ts'
import { answer, operation } from '../../operation.ts'

export const promises = operation(routes.plan.promises, async ({ params, query, context }) => {
  const { sensitive } = await dealFor(context, params.dealId)
  const { whole, deal, today } = await planGround(context.tx, params.dealId)
  const on = (await dayAskedFor(context.tx, query.asOf)) ?? today
  const ids = new Map((whole.stakeholder ?? []).map(({ key, personId }) => [key, personId]))
  // The records stand in the deal in the order of their ids; those of later days are not in it yet.
  const stored = (whole.commitment ?? [])
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ promisedOn, recordedOn }) => promisedOn <= on && (recordedOn === undefined || recordedOn <= on))
  const promised = ledgerOf(dealAsOf(deal, on), on).map(({ index, ...entry }) => line(stored[index]!, entry, ids))
  const trust = trustOf(deal, await methodologyOf(context.tx), on).flatMap(({ person, moves, ...rest }) => {
    const personId = ids.get(person)
    // What moved it may be something that was heard in private.
    return personId === undefined ? [] : [{ personId, ...rest, moves: sensitive ? moves : [] }]
  })
  return answer({ on, promises: promised, trust }, { version: whole.deal.version })
})

type Entry = Omit<ReturnType<typeof ledgerOf>[number], 'index'>

function line(
  fact: NonNullable<DealWhole['commitment']>[number],
  { what, by, giver, to, made, due, state, overdue, where }: Entry,
  ids: ReadonlyMap<string | undefined, string>,
) {
  const settled = state === 'broken' ? fact.brokenOn : state === 'open' ? undefined : fact.doneOn
  const personId = to === null ? undefined : ids.get(to)
  return {
    commitmentId: fact.id,
    version: fact.version,
    what,
    by,
    ...(giver === null ? {} : { giver: fact.who ?? giver }),
    ...(personId === undefined ? {} : { personId }),
    madeOn: made,
    ...(due === null ? {} : { dueOn: due }),
    ...(settled === undefined ? {} : { settledOn: settled }),
    state,
    overdue,
    ...(where === null ? {} : { where }),
  }
}
