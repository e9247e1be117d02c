import type { FastifyInstance } from 'fastify'
import { addDays } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client, JointLink } from '@sente/api'
import type { Answer } from './application.ts'
import { livingDeal } from './living-deal.ts'
import type { LivingDeal } from './living-deal.ts'

export const pathOf = (url: string): string => new URL(url).pathname

/** A deal with one joint step, and a link to it. */
export interface SharedDeal extends LivingDeal {
  itemId: string
  url: string
  link: JointLink
}

export async function sharedDeal(seller: Client, today: PlainDate): Promise<SharedDeal> {
  const deal = await livingDeal(seller, today)
  const params = { dealId: deal.dealId }
  const { id: itemId } = await seller.call(routes.facts.jointItem.create, {
    params,
    body: {
      what: 'Budget is approved',
      whose: 'theirs',
      owner: 'Ms Zhou',
      on: addDays(today, 20),
      step: 'budget-approval',
    },
  })
  const { url, link } = await seller.call(routes.joint.link, {
    params,
    body: { title: 'Together to the go-live', language: 'en', forWhom: 'Lin Tao' },
  })
  return { ...deal, itemId, url, link }
}

/** A customer with a browser that knows forms and nothing else. */
export const customerOf = (app: FastifyInstance) => ({
  open: (url: string, query = ''): Promise<Answer> => app.inject({ method: 'GET', url: pathOf(url) + query }),
  say: (url: string, fields: Record<string, string>, query = ''): Promise<Answer> =>
    app.inject({
      method: 'POST',
      url: pathOf(url) + query,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    }),
})
