/**
 * Monotone piecewise cubic through the knots: between two knots it never leaves their values, so a curve has a peak only at
 * a knot. Constant beyond the ends. Source: F. N. Fritsch and R. E. Carlson, Monotone Piecewise Cubic Interpolation, SIAM
 * J. Numer. Anal. 17 (1980); slopes limited to the circle of radius 3.
 *
 * `us` strictly ascending, at least two; `ys` of the same length. Throws a RangeError otherwise.
 */
export function monotoneCubic(us: readonly number[], ys: readonly number[]): (u: number) => number {
  const n = us.length
  if (n < 2 || ys.length !== n) throw new RangeError('at least two knots, one value for each')
  const width: number[] = []
  const secant: number[] = []
  for (let i = 0; i < n - 1; i++) {
    const h = us[i + 1]! - us[i]!
    if (!(h > 0)) throw new RangeError('knots must ascend')
    width.push(h)
    secant.push((ys[i + 1]! - ys[i]!) / h)
  }
  const slope = ys.map((_, i) => {
    if (i === 0) return secant[0]!
    if (i === n - 1) return secant[n - 2]!
    return secant[i - 1]! * secant[i]! <= 0 ? 0 : (secant[i - 1]! + secant[i]!) / 2
  })
  for (let i = 0; i < n - 1; i++) {
    if (secant[i] === 0) {
      slope[i] = slope[i + 1] = 0
      continue
    }
    // Compared and scaled without dividing by the secant: it may be so small that the quotient overflows.
    const reach = Math.hypot(slope[i]!, slope[i + 1]!)
    const limit = 3 * Math.abs(secant[i]!)
    if (reach > limit) {
      slope[i] = limit * (slope[i]! / reach)
      slope[i + 1] = limit * (slope[i + 1]! / reach)
    }
  }
  return (u) => {
    if (u <= us[0]!) return ys[0]!
    if (u >= us[n - 1]!) return ys[n - 1]!
    let i = 0
    while (u >= us[i + 1]!) i++
    const h = width[i]!
    const t = (u - us[i]!) / h
    const s = 1 - t
    // Hermite form: values and slopes at both ends of the interval.
    return (
      ys[i]! * (1 + 2 * t) * s * s +
      slope[i]! * h * t * s * s +
      ys[i + 1]! * t * t * (3 - 2 * t) +
      slope[i + 1]! * h * t * t * (t - 1)
    )
  }
}
