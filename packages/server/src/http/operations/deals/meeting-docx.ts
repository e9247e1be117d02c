import { Readable } from 'node:stream'
import { sheetOf } from '@sente/engine'
import { routes } from '@sente/api'
import { fileName } from '../../../exchange/export/deal-file.ts'
import { meetingFor } from '../../../queries/meeting-page.ts'
import { methodologyOf } from '../../../store/method.ts'
import { operation } from '../../operation.ts'

export const meetingDocx = operation(routes.deals.meetingDocx, async ({ params, query, context }) => {
  const { principal, language, inWorkspace } = context
  const sheet = await inWorkspace(async (tx) => {
    const { page } = await meetingFor({ tx, principal }, params.dealId, query)
    return sheetOf(page, await methodologyOf(tx), query.language ?? language)
  })
  // Fetched when somebody wants one: it is no small program. Written once the database is free again.
  const { meetingDocx: written } = await import('../../../exchange/export/meeting-docx.ts')
  const file = await written(sheet)
  return {
    stream: Readable.from([file]),
    type: routes.deals.meetingDocx.produces,
    filename: `${fileName(sheet.title)}.docx`,
    headers: { 'cache-control': 'private, no-store' },
  }
})
