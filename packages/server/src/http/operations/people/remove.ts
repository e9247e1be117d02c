import { routes } from '@sente/api'
import { remove as removeRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const remove = operation(routes.people.remove, ({ params, context }) =>
  removeRecord(context.tx, 'person', params.personId, context.ifMatch),
)
