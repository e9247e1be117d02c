import { routes } from '@sente/api'
import type { PatchOf } from '../../../store/records.ts'
import { update as updateRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const update = operation(routes.people.update, ({ params, body, context }) =>
  updateRecord(context.tx, 'person', params.personId, body as PatchOf<'person'>, context.ifMatch),
)
