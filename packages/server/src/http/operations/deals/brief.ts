import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { briefFor } from '../../../queries/brief-for.ts'
import { briefText } from '../../../store/briefs.ts'
import { answer, Json, operation } from '../../operation.ts'

/** From the cache, as it was written there, to those who may see all of it. */
export const brief = operation(routes.deals.brief, async ({ params, query, context }) => {
  const access = await dealFor(context, params.dealId)
  const when = { asOf: await dayAskedFor(context.tx, query.asOf), at: query.at }
  if (access.sensitive) {
    const { text, version } = await briefText(context.tx, params.dealId, when)
    return answer(new Json(text), { version })
  }
  const { brief: shown, version } = await briefFor(context.tx, params.dealId, when, access)
  return answer(shown, { version })
})
