import { routes } from '@sente/api'
import { search as searchFor } from '../../../store/search.ts'
import type { Hit } from '../../../store/search.ts'
import { operation } from '../../operation.ts'

/** What is found in deals; names of the address book are for who may read that. */
const IN_DEALS = ['deal', 'note', 'touch', 'evidence'] as const

export const search = operation(routes.work.search, async ({ query, context: { tx, viewer, permissions } }) => {
  if (permissions.has('accounts:read')) return { items: await searchFor(tx, viewer, query) }
  const items: Hit[] = []
  for (const kind of IN_DEALS)
    if ((query.kind ?? kind) === kind && items.length < query.limit)
      items.push(...(await searchFor(tx, viewer, { ...query, kind, limit: query.limit - items.length })))
  return { items }
})
