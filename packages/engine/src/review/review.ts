import type { Lack, ReviewLine } from './schema.ts'
import { LACKS } from './schema.ts'

/** As little of a deal as its place in the list hangs on. */
export interface Staked {
  id: string
  name: string
  /** Who of ours the deal belongs to; null: nobody is named. */
  owner: string | null
  amount: ReviewLine['amount']
  /** `week.drop`; null: not known. */
  drop: number | null
  lacks: readonly Lack[]
}

/** Amount × drop in the deal's currency, at most so much; null where one of them is not known. */
export function lossOf({ amount, drop }: Pick<Staked, 'amount' | 'drop'>): number | null {
  return amount === null || drop === null ? null : Number(amount.value) * drop
}

/** Deals that can be compared with each other; only within a group has an order a meaning. */
export interface Group<T> {
  /** `loss`: by what can still be prevented, in one currency. `no-amount`: by the drop alone. `no-drop`: by the amount, in one currency, or by name. */
  by: 'loss' | 'no-amount' | 'no-drop'
  currency: string | null
  /** What can be prevented in all of them, in that currency; null where that is not known. */
  loss: number | null
  deals: T[]
}

const KINDS = ['loss', 'no-amount', 'no-drop'] as const

/**
 * Deals in the order of the loss that can still be prevented this week. Currencies are never compared or added up: each has its own group, the
 * one with the most deals first; then those whose amount is not known, then those of which nobody knows what a week costs.
 */
export function groupsOf<T extends Staked>(deals: readonly T[]): Group<T>[] {
  const groups = new Map<string, Group<T>>()
  for (const deal of deals) {
    const by = deal.drop === null ? 'no-drop' : deal.amount === null ? 'no-amount' : 'loss'
    const currency = deal.amount?.currency ?? null
    const key = `${by} ${currency}`
    const group = groups.get(key)
    if (group) group.deals.push(deal)
    else groups.set(key, { by, currency, loss: null, deals: [deal] })
  }
  const all = [...groups.values()]
  for (const group of all) {
    group.deals.sort(compareIn(group.by))
    if (group.by === 'loss') group.loss = sum(group.deals.map((deal) => lossOf(deal)!))
  }
  return all.sort(
    (a, b) =>
      KINDS.indexOf(a.by) - KINDS.indexOf(b.by) ||
      b.deals.length - a.deals.length ||
      compare(a.currency ?? '', b.currency ?? ''),
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function compareIn(by: Group<Staked>['by']): (a: Staked, b: Staked) => number {
  const amount = (deal: Staked): number => Number(deal.amount?.value ?? 0)
  return (a, b) =>
    (by === 'loss' ? lossOf(b)! - lossOf(a)! : by === 'no-amount' ? b.drop! - a.drop! : 0) ||
    amount(b) - amount(a) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
}

/** One of ours, over all their deals. */
export interface OwnerTotal {
  owner: string | null
  deals: number
  /** By currency; deals whose loss is not known are not in it but in `unknown`. */
  loss: { currency: string; loss: number }[]
  unknown: number
  lacks: Record<Lack, number>
}

/** Per seller, in the order of their names; those of nobody last. */
export function ownersOf(deals: readonly Staked[]): OwnerTotal[] {
  const owners = new Map<string | null, Staked[]>()
  for (const deal of deals) {
    const own = owners.get(deal.owner)
    if (own) own.push(deal)
    else owners.set(deal.owner, [deal])
  }
  return [...owners]
    .map(([owner, own]) => ({ owner, ...totalOf(own) }))
    .sort((a, b) => Number(a.owner === null) - Number(b.owner === null) || compare(a.owner ?? '', b.owner ?? ''))
}

/** The same of any deals together. */
export function totalOf(deals: readonly Staked[]): Omit<OwnerTotal, 'owner'> {
  const groups = groupsOf(deals)
  return {
    deals: deals.length,
    loss: groups.flatMap(({ by, currency, loss }) => (by === 'loss' ? [{ currency: currency!, loss: loss! }] : [])),
    unknown: deals.filter((deal) => lossOf(deal) === null).length,
    lacks: Object.fromEntries(
      LACKS.map((lack) => [lack, deals.filter(({ lacks }) => lacks.includes(lack)).length]),
    ) as Record<Lack, number>,
  }
}
