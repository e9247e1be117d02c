import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { askedFor } from '../../../queries/note-reading.ts'
import { readNote } from '../../../notes/server-reading.ts'
import { operation } from '../../operation.ts'

/** Nothing is kept. With a language model this may take seconds, in which no connection of the database waits with it. */
export const read = operation(routes.deals.read, async ({ params, body, context }) => {
  const asked = await context.inWorkspace(async (tx) => {
    await dealFor({ tx, principal: context.principal }, params.dealId)
    return askedFor(tx, params.dealId)
  })
  const { suggestions, source, notice } = await readNote(
    { on: plainDate(body.on), text: body.text },
    context.services.store.methodology,
    asked,
  )
  return {
    suggestions: suggestions.map(({ signal, confidence, span, quote, from, on }) => ({
      signal,
      confidence,
      span: [...span],
      quote,
      ...(from === undefined ? {} : { personId: from }),
      on,
    })),
    source,
    ...(notice === undefined ? {} : { notice }),
  }
})
