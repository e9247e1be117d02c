import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dealFile } from '../../../exchange/export/deal-file.ts'
import { operation } from '../../operation.ts'

/** A file leaves the house: what is personal goes along only where it is asked for and may be seen. */
export const file = operation(routes.deals.file, ({ params, query, context }) =>
  context.inWorkspace(async (tx) => {
    const access = await dealFor({ tx, principal: context.principal }, params.dealId)
    const { text, filename } = await dealFile(tx, params.dealId, query.format, query.private && access.sensitive)
    return { stream: text, filename, ...(query.format === 'json' ? { type: 'application/json; charset=utf-8' } : {}) }
  }),
)
