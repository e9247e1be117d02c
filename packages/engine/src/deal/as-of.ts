import type { PlainDate } from '../core/dates.ts'
import type { Deal } from './deal.ts'
import { fieldsOf, kindOf, LISTED_KINDS } from './kinds/index.ts'
import type { Lists } from './kinds/index.ts'

interface Dated {
  on?: PlainDate
  recordedOn?: PlainDate
}

/** Whether it was open at the end of a day: it is, or was closed later. */
export const isOpenOn = ({ status, closedOn }: Pick<Deal, 'status' | 'closedOn'>, asOf: PlainDate): boolean =>
  status === 'open' || (closedOn !== undefined && closedOn > asOf)

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
  const later = (item: Dated): boolean => !happened(item)
  const recorded = ({ recordedOn }: Dated): boolean => recordedOn === undefined || recordedOn <= asOf
  // Most often nothing is later: then the list itself will do.
  const list = <T extends Dated>(items: T[] | undefined): T[] | undefined =>
    items?.every(happened) ? items : items?.filter(happened)
  const seen: Deal = { ...deal }
  const put = <K extends keyof Deal>(key: K, value: Deal[K] | undefined): void => {
    if (value !== undefined) seen[key] = value
    else if (key in seen) delete seen[key]
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
  if (deal.tender?.overruled) {
    const overruled = list(deal.tender.overruled)!
    const { overruled: _, ...tender } = deal.tender
    seen.tender = overruled.length > 0 ? { ...tender, overruled } : tender
  }
  put(
    'people',
    deal.people?.filter(recorded).map((person) => {
      const stays = person.leftOn === undefined || person.leftOn <= asOf
      if (stays && !person.stance?.some(later) && !person.hold?.some(later)) return person
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
      .map((rival) => (rival.contacts?.some(later) ? { ...rival, contacts: rival.contacts.filter(happened) } : rival)),
  )
  put(
    'proofs',
    deal.proofs
      ?.filter(recorded)
      .map((proof) => (proof.history.some(later) ? { ...proof, history: proof.history.filter(happened) } : proof)),
  )
  for (const rule of RULES) {
    const items = deal[rule.list]
    if (items !== undefined) put(rule.list, knownItems(items as Item[], rule, asOf) as never)
  }
  return seen
}

/** Where each entry of `dealAsOf(deal, asOf).process` stands in the deal's own list. */
export function processPlaces(deal: Deal, asOf: PlainDate): number[] {
  return (deal.process ?? []).flatMap(({ recordedOn }, index) =>
    recordedOn === undefined || recordedOn <= asOf ? [index] : [],
  )
}

type Item = Readonly<Record<string, unknown>>

/** What of the items of a list is known on a day, from the declaration of their kind. */
const RULES = LISTED_KINDS.map((kind) => {
  const { lists, settles } = kindOf(kind)
  const days = (when: 'begins' | 'ends'): string[] =>
    fieldsOf(kind).flatMap(([name, field]) =>
      field.when === when && field.file !== false ? [field.file === true ? name : field.file] : [],
    )
  return { list: lists[0] as keyof Lists, begins: ['recordedOn', ...days('begins')], ends: days('ends'), settles }
})

function knownItems(items: Item[], { begins, ends, settles }: (typeof RULES)[number], asOf: PlainDate): Item[] {
  const later = (day: unknown): boolean => day !== undefined && (day as PlainDate) > asOf
  const there = (item: Item): boolean => !begins.some((name) => later(item[name]))
  // Most often nothing is later: then the list itself will do.
  const kept = items.every(there) ? items : items.filter(there)
  if (ends.length === 0 && !settles) return kept
  return kept.map((item) => {
    const open = settles && item[settles.field] === settles.value && later(item['on'])
    const early = ends.filter((name) => later(item[name]))
    if (!open && early.length === 0) return item
    const then: Record<string, unknown> = { ...item, ...(open ? { [settles.field]: settles.before } : {}) }
    for (const name of early) delete then[name]
    return then
  })
}
