import { decimalOf, millionthsOf } from '@sente/engine'

interface Cell {
  currency?: string | undefined
  amount: string
}

/** Exact sums of decimal texts by currency, the largest first. The server has added up each cell; a few cells are joined here. */
export function sums(cells: readonly Cell[]): { currency: string; value: string }[] {
  const totals = new Map<string, bigint>()
  for (const { currency, amount } of cells) {
    if (currency === undefined) continue
    totals.set(currency, (totals.get(currency) ?? 0n) + millionthsOf(amount))
  }
  return [...totals]
    .sort((a, b) => (a[1] < b[1] ? 1 : -1))
    .map(([currency, millionths]) => ({ currency, value: decimalOf(millionths) }))
}
