interface Cell {
  currency?: string | undefined
  amount: string
}

/** Exact sums of decimal texts by currency, the largest first. The server has added up each cell; a few cells are joined here. */
export function sums(cells: readonly Cell[]): { currency: string; value: string }[] {
  const totals = new Map<string, bigint>()
  for (const { currency, amount } of cells) {
    if (currency === undefined) continue
    const [whole = '0', part = ''] = amount.split('.')
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(whole + part.padEnd(6, '0').slice(0, 6)))
  }
  return [...totals]
    .sort((a, b) => (a[1] < b[1] ? 1 : -1))
    .map(([currency, micro]) => {
      const digits = micro.toString().padStart(7, '0')
      const part = digits.slice(-6).replace(/0+$/, '')
      return { currency, value: digits.slice(0, -6) + (part === '' ? '' : `.${part}`) }
    })
}
