import { plainDate } from '@sente/engine'
import { routes } from '@sente/client'
import { dealFor } from '../../../answers/access.ts'
import { askedFor } from '../../../answers/note-reading.ts'
import { readNote } from '../../../notes/server-reading.ts'
import { operation } from '../../operation.ts'

/** Nothing is kept. With a language model this may take seconds; `readNote` lets only a few wait for it at once. */
export const read = operation(routes.deals.read, async ({ params, body, context }) => {
  await dealFor(context, params.dealId)
  const asked = await askedFor(context.tx, params.dealId)
  const { suggestions, source, notice } = await readNote({ on: plainDate(body.on), text: body.text }, context.services.store.methodology, asked)
  return {
    suggestions: suggestions.map(({ signal, confidence, span, quote, from, on }) => ({ signal, confidence, span: [...span], quote, ...(from === undefined ? {} : { personId: from }), on })),
    source,
    ...(notice === undefined ? {} : { notice }),
  }
})
