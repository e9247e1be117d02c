import { daysBetween } from '../core/dates.ts'
import { deliveryOpen, referenceOf, resultsOf, returnsOf } from '../people/after.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { doneTouches } from './recent.ts'

/** Facts of what follows the signature: visits back, delivery, the result, a reference. */
export const afterFacts: FactFunctions = {
  'won.days': daysSince,
  'won.milestone': (ctx) => {
    const days = daysSince(ctx)
    if (days === undefined) return undefined
    return visits(ctx).some(({ due, until }) => due <= ctx.asOf && ctx.asOf <= until)
  },
  'won.return_due': (ctx) => {
    if (daysSince(ctx) === undefined || !ctx.deal.touches) return undefined
    return visits(ctx).findLast(({ state }) => state === 'due')?.days ?? 0
  },
  'won.days_since_executive': (ctx) => {
    const touches = doneTouches(ctx)
    if (ctx.deal.status !== 'won' || !touches || !ctx.deal.people) return undefined
    const executives = executivesOf(ctx)
    return touches
      .filter((touch) => touch.with.some((id) => executives.has(id)))
      .reduce((least, touch) => Math.min(least, daysBetween(touch.on, ctx.asOf)), 999)
  },
  'won.days_late': ({ deal, model, asOf }) => {
    const open = deal.status === 'won' ? deliveryOpen(deal, model) : undefined
    return open && Math.max(0, ...open.slice(0, 1).map(({ on }) => daysBetween(on!, asOf)))
  },
  'won.value_due': (ctx) => {
    const days = daysSince(ctx)
    return days === undefined ? undefined : days >= ctx.model.methodology.account.valueByDays
  },
  'won.value_confirmed': ({ deal, model }) => {
    const results = deal.status === 'won' ? resultsOf(deal, model) : undefined
    return results && results.length > 0
  },
  'won.reference_agreed': ({ deal, model }) => {
    const agreed = deal.status === 'won' ? referenceOf(deal, model) : undefined
    return agreed && agreed.length > 0
  },
}

function daysSince({ deal, asOf }: FactContext): number | undefined {
  return deal.status === 'won' && deal.closedOn ? daysBetween(deal.closedOn, asOf) : undefined
}

const executivesOf = (ctx: FactContext): Set<string> =>
  new Set(ctx.relations.people.filter(({ executive }) => executive).map(({ id }) => id))

const visits = (ctx: FactContext) => returnsOf(ctx.deal, executivesOf(ctx), ctx.model, ctx.asOf)
