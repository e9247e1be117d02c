import type { Deal } from '../deal/deal.ts'
import type { AccountPlan } from './schema.ts'

const PLACES = 6
const units = (value: string): bigint => {
  const [whole = '0', part = ''] = value.split('.')
  return BigInt(whole + part.padEnd(PLACES, '0').slice(0, PLACES))
}
const written = (sum: bigint): string => {
  const digits = String(sum).padStart(PLACES + 1, '0')
  const part = digits.slice(-PLACES).replace(/0+$/, '')
  return digits.slice(0, -PLACES) + (part === '' ? '' : `.${part}`)
}

/** What was won and what is open, exactly, by currency: without a rate nothing is added up across currencies. The largest number of deals first. */
export function moneyOf(deals: readonly Pick<Deal, 'amount' | 'status'>[]): AccountPlan['money'] {
  const sums = new Map<string, { won: bigint; open: bigint; deals: number }>()
  for (const { amount, status } of deals) {
    if (!amount) continue
    const sum = sums.get(amount.currency) ?? { won: 0n, open: 0n, deals: 0 }
    if (status === 'won' || status === 'open') sum[status] += units(amount.value)
    sums.set(amount.currency, { ...sum, deals: sum.deals + 1 })
  }
  return [...sums]
    .map(([currency, { won, open, deals: n }]) => ({ currency, won: written(won), open: written(open), deals: n }))
    .sort((a, b) => b.deals - a.deals || (a.currency < b.currency ? -1 : 1))
}
