import { briefing as briefingOf } from '@sente/engine'
import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { briefFor } from '../../../queries/brief-for.ts'
import { NotFound } from '../../../store/refusal.ts'
import { answer, operation } from '../../operation.ts'

export const briefing = operation(routes.deals.briefing, async ({ params, query, context }) => {
  const { tx, services } = context
  const access = await dealFor(context, params.dealId)
  const { whole, deal, brief, version } = await briefFor(
    tx,
    params.dealId,
    { asOf: await dayAskedFor(tx, query.asOf) },
    access,
  )
  const key = whole.stakeholder?.find(({ personId }) => personId === params.personId)?.key
  const page = key === undefined ? undefined : briefingOf(deal, brief, services.store.methodology, key)
  if (!page) throw new NotFound()
  return answer({ ...page, personId: params.personId }, { version })
})
