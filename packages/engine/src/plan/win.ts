import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal, Touch } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { Outlook } from '../outlook/schema.ts'
import type { Plan, PlanWin } from './schema.ts'

/**
 * What a plan would do to the win number: as things stand, and if every step of the plan came about today as hoped, which is the most that
 * the plan can do for it. Shares 0..1 with their 80 % band; null: nothing can be said, the deal being closed. The plan is not made for it
 * (docs/engine.md, section 8): this only tells. Steps by which we leave and work of our own count for nothing.
 */
export function planWin(deal: Deal, methodology: Methodology, asOf: PlainDate, plan: Pick<Plan, 'steps'>): PlanWin {
  const before = winOf(deal, methodology, asOf)
  const leaving = new Set(methodology.plays.plays.filter(({ does }) => does?.includes('leave')).map(({ id }) => id))
  const touches = plan.steps
    .filter(({ play, with: people }) => people.length > 0 && !leaving.has(play))
    .map(({ play, with: people }): Touch => ({ on: asOf, play, with: people, outcome: 'done' }))
  if (touches.length === 0) return { before, after: before }
  return { before, after: winOf({ ...deal, touches: [...(deal.touches ?? []), ...touches] }, methodology, asOf) }
}

const winOf = (deal: Deal, methodology: Methodology, asOf: PlainDate): PlanWin['before'] =>
  chanceOf(assess(groundOf(deal, methodology, asOf), deal).win)

const chanceOf = (whether: Outlook['whether']): PlanWin['before'] =>
  whether && {
    value: whether.value,
    low: whether.low,
    high: whether.high,
    source: whether.source,
    deals: whether.base.deals,
  }
