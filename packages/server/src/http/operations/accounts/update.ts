import { routes } from '@sente/api'
import type { PatchOf } from '../../../store/records.ts'
import { update as updateRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const update = operation(routes.accounts.update, ({ params, body, context }) =>
  updateRecord(context.tx, 'account', params.accountId, body as PatchOf<'account'>, context.ifMatch),
)
