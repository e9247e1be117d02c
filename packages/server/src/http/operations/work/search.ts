import { routes } from '@sente/client'
import { search as searchFor } from '../../../store/search.ts'
import { viewerOf } from '../../../store/sight.ts'
import { operation } from '../../operation.ts'

export const search = operation(routes.work.search, async ({ query, context }) => ({ items: await searchFor(context.tx, viewerOf(context.principal), query) }))
