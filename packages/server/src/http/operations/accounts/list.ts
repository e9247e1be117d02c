import { routes } from '@sente/client'
import { listAccounts } from '../../../store/address-book.ts'
import { viewerOf } from '../../../store/sight.ts'
import { operation } from '../../operation.ts'

export const list = operation(routes.accounts.list, ({ query, context }) => listAccounts(context.tx, viewerOf(context.principal), query))
