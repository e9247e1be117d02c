import { routes } from '@sente/api'
import { checkCreatesFor, checkOwner } from '../../../access/access.ts'
import { create as createRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const create = operation(routes.deals.create, async ({ body, context }) => {
  await checkCreatesFor(context, body.ownerId)
  await checkOwner(context.tx, body.ownerId)
  return createRecord(context.tx, 'deal', body)
})
