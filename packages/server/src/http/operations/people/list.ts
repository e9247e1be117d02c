import { routes } from '@sente/api'
import { listPeople } from '../../../store/address-book.ts'
import { operation } from '../../operation.ts'

export const list = operation(routes.people.list, ({ query, context }) => listPeople(context.tx, query))
