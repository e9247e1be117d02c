import { routes } from '@sente/api'
import { dealWithoutSensitive } from '../../../access/without-sensitive.ts'
import { readDeal } from '../../../exchange/files/deal-file.ts'
import { createWhole } from '../../../store/whole.ts'
import { Fault } from '../../../core/fault.ts'
import { answer, operation } from '../../operation.ts'

/** What is personal in the file is left out for who may not see it, as in an import. */
export const fromFile = operation(
  routes.deals.fromFile,
  async ({ body, context: { tx, member, permissions, services } }) => {
    const read = readDeal(body.text, services.store.methodology)
    // Each fault with its line and column, as an editor would show it.
    if ('faults' in read)
      throw new Fault('invalid-input', {
        faults: read.faults.slice(0, 100).map(({ line, column, what, allowed, nearest }) => ({
          field: `body.text:${line}:${column}`,
          what,
          ...(allowed ? { allowed } : {}),
          ...(nearest === undefined ? {} : { nearest }),
        })),
      })
    const given = permissions.has('sensitive:read') ? read.deal : dealWithoutSensitive(read.deal)
    const deal = await createWhole(tx, given, { ownerId: member.id, name: body.name })
    return answer(deal, { version: deal.version })
  },
)
