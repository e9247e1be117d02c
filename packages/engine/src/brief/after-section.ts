import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { ledgerOf } from '../deal/ledger.ts'
import { comeBackOf, deliveryOpen, referenceOf, resultsOf, returnsOf } from '../people/after.ts'
import type { PersonView } from '../people/schema.ts'
import { fill } from '../plan/words.ts'
import type { After } from './after.ts'

/** A person who is for us, or trusts us this much, is somebody to come back to. */
const WARM_TRUST = 0.25
const MOST = 5

/** What follows the end of the deal; null while it is open, or where its end has no day. `seen` is cut to `asOf`. */
export function afterSection(seen: Deal, people: readonly PersonView[], model: Model, asOf: PlainDate): After | null {
  const { status, closedOn } = seen
  if (status === 'open' || closedOn === undefined) return null
  const won = status === 'won'
  const executives = new Set(people.filter(({ executive }) => executive).map(({ id }) => id))
  const back = comeBackOf(seen, model, asOf)
  const nameOf = (step: string) => model.milestones.get(step)?.name ?? { en: step, zh: step }
  return {
    status,
    since: closedOn,
    visits: returnsOf(seen, executives, model, asOf).map(({ until: _until, ...visit }) => visit),
    promises: ledgerOf(seen, asOf).map(({ what, by, to, made, due, state, overdue }) => ({
      what,
      by,
      to,
      made,
      due,
      state,
      overdue,
    })),
    promised: (seen.ucv ?? [])
      .flatMap(({ on, number, confirmedBy }) =>
        number !== undefined && on <= closedOn ? [{ on, number, confirmedBy: confirmedBy ?? null }] : [],
      )
      .sort((a, b) => (a.on < b.on ? 1 : -1)),
    reached: won ? (resultsOf(seen, model) ?? null) : null,
    reference: won ? (referenceOf(seen, model) ?? null) : null,
    delivery: won
      ? (deliveryOpen(seen, model) ?? []).map(({ step, on, owner }) => ({
          step,
          name: nameOf(step),
          on: on!,
          late: on! < asOf,
          owner: owner ?? null,
        }))
      : [],
    stays: won
      ? []
      : people
          .filter(
            ({ stance, trust }) => (stance ?? 0) > 0 || (stance !== null && stance < 0 ? false : trust >= WARM_TRUST),
          )
          .sort((a, b) => (b.stance ?? 0) - (a.stance ?? 0) || b.trust - a.trust)
          .slice(0, MOST)
          .map(({ id, trust, stance, lastTouch }) => ({ person: id, trust, stance, last: lastTouch })),
    comeBack: back && {
      on: back.on,
      due: back.due,
      why:
        back.step === null
          ? back.why
          : fill(back.why, { step: nameOf(back.step), day: seen.process!.find(({ step }) => step === back.step)!.on! }),
    },
  }
}
