import { plainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import type { Proposal } from '@sente/reader'
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
  const { suggestions, proposals, source, notice } = await readNote(
    { on: plainDate(body.on), text: body.text },
    context.services.store.methodology,
    asked,
  )
  return {
    suggestions: suggestions.map(({ signal, confidence, span, quote, from, about, on }) => ({
      signal,
      confidence,
      span: [...span],
      quote,
      ...(from === undefined ? {} : { personId: from }),
      ...(about === undefined ? {} : { about }),
      on,
    })),
    proposals: proposals.map(shown),
    source,
    ...(notice === undefined ? {} : { notice }),
  }
})

/** As the API says it: who gave a promise or told a day is a person's id. */
function shown(proposal: Proposal): CallOutput<typeof routes.deals.read>['proposals'][number] {
  const span = [...proposal.span]
  if (proposal.kind !== 'told' && proposal.kind !== 'promise') return { ...proposal, span }
  const { from, ...rest } = proposal
  return { ...rest, span, ...(from === undefined ? {} : { personId: from }) }
}
