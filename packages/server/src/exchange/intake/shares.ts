/** What one column of probabilities is written in. */
export type ShareUnit = 'percent' | 'fraction'

/** A share 0..1 with the unit of its column; a percent sign in the cell counts before it. */
export function readShare(text: string, unit: ShareUnit | undefined): number | undefined {
  const match = /^(\d+(?:[.,]\d+)?)\s*([%\uff05]|成)?$/.exec(text.normalize('NFKC').trim())
  if (!match) return undefined
  const number = Number(match[1]!.replace(',', '.'))
  const share =
    match[2] === '成'
      ? number / 10
      : match[2] || (unit ?? (number > 1 ? 'percent' : 'fraction')) === 'percent'
        ? number / 100
        : number
  return share <= 1 ? Math.round(share * 1e6) / 1e6 : undefined
}
