import { routes } from '@sente/api'
import { dealWithoutSensitive } from '../../../access/without-sensitive.ts'
import { readDealAside } from '../../../exchange/files/parsing.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import { createWhole } from '../../../store/whole.ts'
import { Fault } from '../../../core/fault.ts'
import { answer, preparedOperation } from '../../operation.ts'

/** What is personal in the file is left out for who may not see it, as in an import. */
export const fromFile = preparedOperation(
  routes.deals.fromFile,
  ({ body }) =>
    readDealAside(body.text).catch((error: unknown) => {
      throw error instanceof ImportProblem ? new Fault('unsupported-media', { detail: error.says }) : error
    }),
  async ({ body, context: { tx, member, permissions } }, read) => {
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
