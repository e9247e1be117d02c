import { routes } from '@sente/client'
import type { DealWhole } from '@sente/client'
import { dealFor, passesOn } from '../../../answers/access.ts'
import { withoutPrivateEvidence, withoutPrivateThen } from '../../../answers/private-evidence.ts'
import { dealAt } from '../../../store/as-of.ts'
import { loadDeal } from '../../../store/read.ts'
import { answer, operation } from '../../operation.ts'

/** One query for the deal and all that is asked for, whatever there is of it. */
export const get = operation(routes.deals.get, async ({ params, query, context }) => {
  const { tx } = context
  const access = await dealFor(context, params.dealId)
  const include = query.include ?? []
  const whole: DealWhole = query.at === undefined
    ? await loadDeal(tx, params.dealId, { include, limit: query.limit, access })
    // The notes of then say which evidence was read from a private one.
    : await dealAt(tx, params.dealId, query.at, { access, include: access.sensitive ? include : [...include, 'note'] })
  const may = await passesOn(context)
  const shown = access.sensitive ? whole : query.at === undefined ? await withoutPrivateEvidence(tx, params.dealId, whole) : withoutPrivateThen(whole, include)
  return answer({ ...shown, access: { ...shown.access, share: access.write && may(whole.deal.ownerId) } }, { version: whole.deal.version })
})
