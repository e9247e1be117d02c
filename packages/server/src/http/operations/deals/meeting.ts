import { meetingPage } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { briefFor } from '../../../queries/brief-for.ts'
import { NotFound } from '../../../store/refusal.ts'
import { answer, operation } from '../../operation.ts'

export const meeting = operation(routes.deals.meeting, async ({ params, query, context }) => {
  const { tx, services } = context
  const access = await dealFor(context, params.dealId)
  const asOf = await dayAskedFor(tx, query.asOf)
  const { whole, deal, brief, version } = await briefFor(tx, params.dealId, { asOf }, access)
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  const people = query.with.map((id) => keys.get(id))
  if (people.some((key) => key === undefined)) throw new NotFound()
  const page = meetingPage(deal, brief, services.store.methodology, {
    with: people as string[],
    ...(query.on !== undefined && { on: query.on }),
    ...(query.play !== undefined && { play: query.play }),
  })
  if (!page) throw new NotFound()
  const personIds = Object.fromEntries([...keys].map(([id, key]) => [key, id]))
  return answer({ ...page, personIds }, { version })
})
