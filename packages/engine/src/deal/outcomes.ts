import type { Model } from '../core/model.ts'
import type { Touch } from './deal.ts'
import { OUTCOMES } from '../methodology/schema.ts'
import type { Effects, OutcomeId, Play } from '../methodology/schema.ts'

/** An outcome's effects with nothing left open. */
export interface OutcomeEffects extends Omit<Effects, 'rung'> {
  /** Index of the highest rung it can bring to; undefined: it only makes known; null: it moves nobody. */
  reach: number | undefined | null
  topics: NonNullable<Effects['topics']>
  /** Counts as contact of substance and lets trust begin to fade anew. */
  substantive: boolean
}

const known = new WeakMap<Play, Map<OutcomeId, OutcomeEffects>>()

/**
 * What a play with this outcome does: what the play says of the outcome, else what the outcome usually does. The play's own
 * rung, substance and topics hold when it was done.
 */
export function effectsOf(play: Play, outcome: OutcomeId, model: Model): OutcomeEffects {
  let all = known.get(play)
  if (!all) known.set(play, (all = new Map()))
  const found = all.get(outcome)
  if (found) return found
  const usual = model.methodology.plays.outcomes[OUTCOMES.indexOf(outcome)]!.usual
  const own = play.outcomes?.[outcome] ?? {}
  const done = outcome === 'done'
  const { rung = done ? play.rung : undefined, ...rest } = { ...usual, ...own }
  const effects: OutcomeEffects = {
    ...rest,
    reach: rung === null ? null : rung === undefined ? undefined : model.rungIndex.get(rung),
    topics: rest.topics ?? (done ? play.effects : []),
    substantive: done && play.substantive,
  }
  all.set(outcome, effects)
  return effects
}

/** The outcome of a touch as the method knows it; null: it did not take place. `failed` is an older word for declined. */
export function outcomeOf(touch: Touch): OutcomeId | null {
  if (touch.outcome === 'cancelled') return null
  return touch.outcome === 'failed' ? 'declined' : touch.outcome
}

/**
 * What becomes of a step of the deal by how it went: put off to a day that was agreed it moves there; of one that did not come about nothing
 * stays open, and the plan proposes what to do instead.
 */
export const stepAfter = (outcome: OutcomeId, agreed: boolean): 'moved' | 'dropped' | 'done' => {
  if (outcome === 'postponed' && agreed) return 'moved'
  return outcome === 'declined' || outcome === 'no_answer' || outcome === 'postponed' ? 'dropped' : 'done'
}

/** The people met: contact took place, warm or cold. */
export const tookPlace = (touch: Touch): boolean => touch.outcome === 'done' || touch.outcome === 'met_cold'
