/** Places that sums are kept to; amounts of money have fewer. */
const PLACES = 6

/** A decimal text such as `1200.50` in millionths, exactly; further places are cut off. */
export function millionthsOf(value: string): bigint {
  const [whole = '0', part = ''] = value.split('.')
  return BigInt(whole + part.padEnd(PLACES, '0').slice(0, PLACES))
}

/** Millionths as a decimal text without trailing zeros. */
export function decimalOf(millionths: bigint): string {
  const digits = String(millionths).padStart(PLACES + 1, '0')
  const part = digits.slice(-PLACES).replace(/0+$/, '')
  return digits.slice(0, -PLACES) + (part === '' ? '' : `.${part}`)
}
