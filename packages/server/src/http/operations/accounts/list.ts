import { routes } from '@sente/api'
import { listAccounts } from '../../../store/address-book.ts'
import { operation } from '../../operation.ts'

/** How many deals there are is for who may read deals. */
export const list = operation(routes.accounts.list, async ({ query, context: { tx, viewer, permissions } }) => {
  const page = await listAccounts(tx, viewer, query)
  return permissions.has('deals:read')
    ? page
    : { ...page, items: page.items.map((account) => ({ ...account, openDeals: 0 })) }
})
