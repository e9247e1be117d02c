import { routes } from '@sente/client'
import { readDeal } from '../../../exchange/deal-file.ts'
import { createWhole } from '../../../store/whole.ts'
import { Fault } from '../../fault.ts'
import { answer, operation } from '../../operation.ts'

export const fromFile = operation(routes.deals.fromFile, async ({ body, context: { tx, member, services } }) => {
  const read = readDeal(body.text, services.store.methodology)
  // Each fault with its line and column, as an editor would show it.
  if ('faults' in read) throw new Fault('invalid-input', { faults: read.faults.slice(0, 100).map(({ line, column, what, allowed, nearest }) => ({ field: `body.text:${line}:${column}`, what, ...(allowed ? { allowed } : {}), ...(nearest === undefined ? {} : { nearest }) })) })
  const deal = await createWhole(tx, read.deal, { ownerId: member.id, name: body.name })
  return answer(deal, { version: deal.version })
})
