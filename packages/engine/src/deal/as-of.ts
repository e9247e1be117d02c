import type { PlainDate } from '../core/dates.ts'
import type { Deal } from './deal.ts'

interface Dated {
  on?: PlainDate
  recordedOn?: PlainDate
}

/**
 * The deal as it could be known at the end of a day: the one place where later facts disappear. What happened or was
 * written down after `asOf` is gone, later statuses fall back to what they were, a later close leaves the deal open.
 * Expectations (a planned step, a proof's `readyOn`, a milestone to come) stay: they were known.
 *
 * Lists keep their order and, where nothing in an item changes, the item itself.
 */
export function dealAsOf(deal: Deal, asOf: PlainDate): Deal {
  const happened = ({ on, recordedOn }: Dated): boolean =>
    (on === undefined || on <= asOf) && (recordedOn === undefined || recordedOn <= asOf)
  const recorded = ({ recordedOn }: Dated): boolean => recordedOn === undefined || recordedOn <= asOf
  // Most often nothing is later: then the list itself will do.
  const list = <T extends Dated>(items: T[] | undefined): T[] | undefined =>
    items?.every(happened) ? items : items?.filter(happened)
  const seen: Deal = { ...deal }
  const put = <K extends keyof Deal>(key: K, value: Deal[K] | undefined): void => {
    if (value === undefined) delete seen[key]
    else seen[key] = value
  }

  if (deal.closedOn !== undefined && deal.closedOn > asOf) {
    seen.status = 'open'
    delete seen.closedOn
    delete seen.reason
  }
  if (deal.firstContactOn !== undefined && deal.firstContactOn > asOf) delete seen.firstContactOn
  if (deal.openedOn !== undefined && deal.openedOn > asOf) delete seen.openedOn
  if (deal.riskFile && deal.riskFile.on !== undefined && deal.riskFile.on > asOf) delete seen.riskFile
  if (deal.execPlan && deal.execPlan.on !== undefined && deal.execPlan.on > asOf) delete seen.execPlan
  if (deal.account?.plan && deal.account.plan.updatedOn !== undefined) {
    const { plan, ...account } = deal.account
    const updatedOn = deal.account.plan.updatedOn.filter((on) => on <= asOf)
    // Before its first version nothing is said of a plan.
    seen.account = updatedOn.length > 0 ? { ...account, plan: { ...plan, updatedOn } } : account
  }
  put('sellerEstimate', list(deal.sellerEstimate))
  put('managerEstimate', list(deal.managerEstimate))
  put('touches', list(deal.touches))
  put('discounts', list(deal.discounts))
  put('ucv', list(deal.ucv))
  put('notes', list(deal.notes))
  put('steps', list(deal.steps))
  put('notNeeded', list(deal.notNeeded))
  put(
    'people',
    deal.people?.filter(recorded).map((person) => {
      if (person.stance === undefined && person.hold === undefined && person.leftOn === undefined) return person
      const { stance, hold, leftOn, ...rest } = person
      return {
        ...rest,
        ...(stance ? { stance: stance.filter(happened) } : {}),
        ...(hold ? { hold: hold.filter(happened) } : {}),
        ...(leftOn !== undefined && leftOn <= asOf ? { leftOn } : {}),
      }
    }),
  )
  put(
    'rivals',
    deal.rivals
      ?.filter(recorded)
      .map((rival) => (rival.contacts ? { ...rival, contacts: rival.contacts.filter(happened) } : rival)),
  )
  put(
    'process',
    deal.process?.filter(recorded).map((step) => {
      if (!step.done || step.on === undefined || step.on <= asOf) return step
      return { ...step, done: false }
    }),
  )
  put(
    'proofs',
    deal.proofs?.filter(recorded).map((proof) => ({ ...proof, history: proof.history.filter(happened) })),
  )
  put(
    'plan',
    deal.plan
      ?.filter(recorded)
      .map((step) =>
        step.status === 'done' && step.on !== undefined && step.on > asOf ? { ...step, status: 'open' as const } : step,
      ),
  )
  put(
    'commitments',
    deal.commitments
      ?.filter((promise) => recorded(promise) && promise.promisedOn <= asOf)
      .map((promise) => {
        if (promise.doneOn === undefined || promise.doneOn <= asOf) return promise
        const { doneOn: _, ...rest } = promise
        return rest
      }),
  )
  put('evidence', list(deal.evidence))
  put('pins', list(deal.pins))
  put('stages', list(deal.stages))
  return seen
}
