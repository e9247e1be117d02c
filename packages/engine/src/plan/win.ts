import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal, Touch } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { Outlook } from '../outlook/schema.ts'
import type { Plan } from './schema.ts'

/** The win number with its band: as things stand, and if every step of the plan came about today as hoped. Null: nothing can be said. */
export interface PlanWin {
  before: Outlook['whether']
  after: Outlook['whether']
}

/**
 * What a plan would do to the win number. The plan is not made for it (docs/engine.md, section 8): this only tells. Steps by which we
 * leave and work of our own count for nothing.
 */
export function planWin(deal: Deal, methodology: Methodology, asOf: PlainDate, plan: Plan): PlanWin {
  const of = (one: Deal): Outlook['whether'] => assess(groundOf(one, methodology, asOf), one).win
  const leaving = new Set(methodology.plays.plays.filter(({ does }) => does?.includes('leave')).map(({ id }) => id))
  const touches = plan.steps
    .filter(({ play, with: people }) => people.length > 0 && !leaving.has(play))
    .map(({ play, with: people }): Touch => ({ on: asOf, play, with: people, outcome: 'done' }))
  return { before: of(deal), after: of({ ...deal, touches: [...(deal.touches ?? []), ...touches] }) }
}
