import { decimalOf, millionthsOf } from '../core/decimals.ts'
import type { Deal } from '../deal/deal.ts'
import type { AccountPlan } from './schema.ts'

/** What was won and what is open, exactly, by currency: without a rate nothing is added up across currencies. The largest number of deals first. */
export function moneyOf(deals: readonly Pick<Deal, 'amount' | 'status'>[]): AccountPlan['money'] {
  const sums = new Map<string, { won: bigint; open: bigint; deals: number }>()
  for (const { amount, status } of deals) {
    if (!amount) continue
    const sum = sums.get(amount.currency) ?? { won: 0n, open: 0n, deals: 0 }
    if (status === 'won' || status === 'open') sum[status] += millionthsOf(amount.value)
    sums.set(amount.currency, { ...sum, deals: sum.deals + 1 })
  }
  return [...sums]
    .map(([currency, { won, open, deals: n }]) => ({ currency, won: decimalOf(won), open: decimalOf(open), deals: n }))
    .sort((a, b) => b.deals - a.deals || (a.currency < b.currency ? -1 : 1))
}
