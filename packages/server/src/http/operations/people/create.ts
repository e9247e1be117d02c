import { routes } from '@sente/api'
import { create as createRecord } from '../../../store/write.ts'
import { operation } from '../../operation.ts'

export const create = operation(routes.people.create, ({ body, context }) => createRecord(context.tx, 'person', body))
