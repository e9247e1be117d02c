/** Value of a term of the negative log-likelihood at a linear predictor, with its first and (expected) second derivative. */
export interface Term {
  value: number
  slope: number
  curvature: number
}

export interface Prior {
  mean: number
  sd: number
  /** The coefficient stays on this side of zero: 1 not below, −1 not above, 0 free. */
  sign: -1 | 0 | 1
}

export interface Estimate {
  values: number[]
  /** Standard deviations of the Laplace approximation: square roots of the diagonal of the inverse Hessian. */
  sds: number[]
}

const STEPS = 60
const TOLERANCE = 1e-10

/**
 * Maximum a posteriori of coefficients with independent Gaussian priors, by Newton's method with step halving; coefficients that
 * would cross their sign stay at zero. `rows`: one design row for each observation, as long as `priors`. Deterministic.
 * Source: any text on penalised generalised linear models, for example Hastie, Tibshirani and Friedman (2009), 4.4.
 */
export function mapEstimate(
  rows: readonly (readonly number[])[],
  priors: readonly Prior[],
  term: (predictor: number, row: number) => Term,
): Estimate {
  const d = priors.length
  const within = (value: number, j: number): number =>
    priors[j]!.sign > 0 ? Math.max(0, value) : priors[j]!.sign < 0 ? Math.min(0, value) : value
  const predictorOf = (beta: readonly number[], row: readonly number[]): number =>
    row.reduce((sum, x, j) => sum + x * beta[j]!, 0)
  const loss = (beta: readonly number[]): number =>
    rows.reduce((sum, row, i) => sum + term(predictorOf(beta, row), i).value, 0) +
    priors.reduce((sum, { mean, sd }, j) => sum + (beta[j]! - mean) ** 2 / (2 * sd * sd), 0)

  let beta = priors.map(({ mean }, j) => within(mean, j))
  let best = loss(beta)
  let hessian: number[][] = []
  for (let step = 0; step < STEPS; step++) {
    const gradient = priors.map(({ mean, sd }, j) => (beta[j]! - mean) / (sd * sd))
    hessian = priors.map(({ sd }, j) => priors.map((_, k) => (j === k ? 1 / (sd * sd) : 0)))
    rows.forEach((row, i) => {
      const { slope, curvature } = term(predictorOf(beta, row), i)
      for (let j = 0; j < d; j++) {
        gradient[j]! += slope * row[j]!
        for (let k = 0; k <= j; k++) hessian[j]![k]! += curvature * row[j]! * row[k]!
      }
    })
    for (let j = 0; j < d; j++) for (let k = j + 1; k < d; k++) hessian[j]![k] = hessian[k]![j]!
    // At its bound, and pushed against it: it stays where it is.
    const held = priors.map(({ sign }, j) => sign !== 0 && beta[j] === 0 && sign * gradient[j]! > 0)
    const direction = solve(
      hessian.map((line, j) => line.map((x, k) => (held[j] || held[k] ? Number(j === k) : x))),
      gradient.map((x, j) => (held[j] ? 0 : -x)),
    )
    let scale = 1
    let next = beta
    let found = best
    for (let half = 0; half < 30; half++, scale /= 2) {
      next = beta.map((value, j) => within(value + scale * direction[j]!, j))
      found = loss(next)
      if (found <= best) break
    }
    const moved = Math.max(...next.map((value, j) => Math.abs(value - beta[j]!)))
    if (found > best) break
    beta = next
    best = found
    if (moved < TOLERANCE) break
  }
  const sds = beta.map((_, j) => Math.sqrt(solve(hessian, unit(d, j))[j]!))
  return { values: beta, sds }
}

const unit = (d: number, j: number): number[] => Array.from({ length: d }, (_, k) => Number(j === k))

/** Solves `a · x = b` for a symmetric positive definite `a` (Cholesky). */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length
  const lower: number[][] = []
  for (let i = 0; i < n; i++) {
    lower.push([])
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!
      lower[i]!.push(i === j ? Math.sqrt(sum) : sum / lower[j]![j]!)
    }
  }
  const x = [...b]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  return x
}
