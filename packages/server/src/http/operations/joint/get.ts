import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { jointLinks } from '../../../auth/joint-links.ts'
import { jointCandidates, toldByOf } from '../../../queries/joint-candidates.ts'
import { methodologyOf } from '../../../store/method.ts'
import { loadDeal } from '../../../store/read.ts'
import { operation } from '../../operation.ts'

export const get = operation(routes.joint.get, async ({ params: { dealId }, context }) => {
  const access = await dealFor(context, dealId)
  const whole = await loadDeal(context.tx, dealId, { access })
  const methodology = await methodologyOf(context.tx)
  return {
    items: whole.jointItem ?? [],
    suggestions: (whole.jointSuggestion ?? [])
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .map((one) => ({ ...one, toldBy: toldByOf(whole, methodology, one.personId) })),
    links: await jointLinks(context.tx, dealId),
    candidates: jointCandidates(whole, methodology),
  }
})
