import { AGAINST } from '../methodology/schema.ts'
import type { Methodology, OutlookFeature, OutlookFile } from '../methodology/schema.ts'
import type { Features } from './features.ts'
import { mapEstimate } from './map.ts'
import type { Estimate, Prior, Term } from './map.ts'
import { aliveAfter, chances, logistic, logit } from './outlook.ts'

export type Outcome = 'won' | 'lost' | 'no-decision'

/** A closed deal as it was known on a day while it was open, and how it ended. */
export interface Sample {
  features: Features
  outcome: Outcome
  /** What it counts; the snapshots of a deal count one together. */
  weight: number
  /** Snapshots of the same deal are never on both sides of a test. */
  deal: string
}

export interface FitReport {
  deals: number
  won: number
  lost: number
  noDecision: number
  /**
   * `too-few`: the prior stays; `base-rate`: enough for the own base rate, and fitted coefficients foretell no better;
   * `fitted`: they do.
   */
  verdict: 'too-few' | 'base-rate' | 'fitted'
  /** Mean squared error of P(won), out of sample: of the fit, of the prior on the own base rate, of the bare base rate. */
  brier: { fitted: number; prior: number; base: number } | null
  /** What the chosen one said out of sample, in tenths, and what came. */
  calibration: { from: number; to: number; deals: number; said: number; won: number }[]
  /** Log-odds with 80 % intervals; `prior` is where they started. */
  coefficients: { id: OutlookFeature['id']; prior: number; value: number; low: number; high: number }[]
}

/** Closed deals from which a workspace has a base rate of its own. */
export const ENOUGH = 20
const FOLDS = 5
/** A fit must foretell better than the prior by so much, in Brier score, to take its place. */
const BETTER = 0.001
const Z80 = 1.2815515655446004
/** What differs between deals of one workspace even when all is told. */
const WITHIN = 0.3

/** The same methodology with another outlook: where it differs a new object, to be made once and kept. */
export function withOutlook(methodology: Methodology, outlook: OutlookFile): Methodology {
  return outlook === methodology.outlook ? methodology : { ...methodology, outlook }
}

/** The prior with the base rate of so many closed deals; unchanged when they are too few. Half a deal each keeps shares off 0 and 1. */
export function withBaseRate(
  outlook: OutlookFile,
  { won, lost, noDecision }: { won: number; lost: number; noDecision: number },
): OutlookFile {
  const deals = won + lost + noDecision
  if (deals < ENOUGH) return outlook
  const all = deals + 1.5
  const share = (won + 0.5) / all
  const sd = Math.sqrt(1 / (all * share * (1 - share)) + WITHIN ** 2)
  return {
    ...outlook,
    base: {
      ...outlook.base,
      won: share,
      noDecision: (noDecision + 0.5) / all,
      deals,
      sd: Math.min(sd, outlook.base.sd),
    },
  }
}

/**
 * Fits the coefficients to closed deals: maximum a posteriori with the prior's coefficients and their standard deviations as Gaussian
 * prior, each kept on its side of zero so that the laws hold. Silence keeps its half-life. Whether the fit is taken is decided by what
 * it foretells of deals it has not seen (five folds, whole deals apart). Pure; the same samples give the same numbers.
 */
export function fitOutlook(
  samples: readonly Sample[],
  prior: OutlookFile,
): { outlook: OutlookFile; report: FitReport } {
  const deals = [...new Set(samples.map(({ deal }) => deal))]
  const counts = countsOf(samples)
  const report: FitReport = {
    deals: deals.length,
    ...counts,
    verdict: 'too-few',
    brier: null,
    calibration: [],
    coefficients: [],
  }
  if (deals.length < ENOUGH) return { outlook: prior, report }

  const fold = new Map(deals.map((deal, i) => [deal, i % FOLDS]))
  const said = samples.map(() => ({ fitted: 0, prior: 0, base: 0 }))
  for (let out = 0; out < FOLDS; out++) {
    const train = samples.filter(({ deal }) => fold.get(deal) !== out)
    const own = withBaseRate(prior, countsOf(train))
    const fitted = estimate(train, prior).outlook
    samples.forEach(({ features, deal }, i) => {
      if (fold.get(deal) === out)
        said[i] = { fitted: chances(features, fitted).won, prior: chances(features, own).won, base: own.base.won }
    })
  }
  const brier = {
    fitted: brierOf(samples, (i) => said[i]!.fitted),
    prior: brierOf(samples, (i) => said[i]!.prior),
    base: brierOf(samples, (i) => said[i]!.base),
  }
  const { outlook, coefficients } = estimate(samples, prior)
  const taken = brier.fitted < brier.prior - BETTER ? 'fitted' : 'base-rate'
  return {
    outlook: taken === 'fitted' ? outlook : withBaseRate(prior, counts),
    report: {
      ...report,
      verdict: taken,
      brier,
      calibration: calibrationOf(samples, (i) => (taken === 'fitted' ? said[i]!.fitted : said[i]!.prior)),
      coefficients,
    },
  }
}

function countsOf(samples: readonly Sample[]): { won: number; lost: number; noDecision: number } {
  const ends = new Map(samples.map(({ deal, outcome }) => [deal, outcome]))
  const of = (outcome: Outcome): number => [...ends.values()].filter((end) => end === outcome).length
  return { won: of('won'), lost: of('lost'), noDecision: of('no-decision') }
}

const isAgainst: ReadonlySet<string> = new Set(AGAINST)

function priorsOf(intercept: number, sd: number, features: readonly OutlookFeature[]): Prior[] {
  return [
    { mean: intercept, sd, sign: 0 },
    ...features.map(({ id, coefficient, sd: own }): Prior => ({
      mean: coefficient,
      sd: own,
      sign: isAgainst.has(id) ? -1 : 1,
    })),
  ]
}

/** Two regressions: who decides at all, given how long it has been silent; and of those who did, who chose us. */
function estimate(
  samples: readonly Sample[],
  prior: OutlookFile,
): { outlook: OutlookFile; coefficients: FitReport['coefficients'] } {
  const { base } = prior
  const stage = (which: OutlookFeature['stage']): OutlookFeature[] =>
    prior.features.filter((feature) => feature.stage === which)
  const rowOf = ({ features }: Sample, list: readonly OutlookFeature[]): number[] => [
    1,
    ...list.map(({ id }) => features[id].value),
  ]
  const decides = stage('decides')
  const ours = stage('ours')
  const decided = samples.filter(({ outcome }) => outcome !== 'no-decision')

  const first = mapEstimate(
    samples.map((sample) => rowOf(sample, decides)),
    priorsOf(logit(1 - base.noDecision), base.sd, decides),
    (predictor, i) => {
      const { features, outcome, weight } = samples[i]!
      return thinned(predictor, aliveAfter(features.silence.value, prior), outcome !== 'no-decision', weight)
    },
  )
  const second = mapEstimate(
    decided.map((sample) => rowOf(sample, ours)),
    priorsOf(logit(base.won / (1 - base.noDecision)), base.sd, ours),
    (predictor, i) => thinned(predictor, 1, decided[i]!.outcome === 'won', decided[i]!.weight),
  )
  const found = new Map<string, { value: number; sd: number }>()
  const keep = (list: readonly OutlookFeature[], { values, sds }: Estimate): void =>
    list.forEach(({ id }, j) => found.set(id, { value: values[j + 1]!, sd: sds[j + 1]! }))
  keep(decides, first)
  keep(ours, second)
  const p = logistic(first.values[0]!)
  return {
    outlook: {
      ...prior,
      source: 'fitted',
      base: {
        ...base,
        won: p * logistic(second.values[0]!),
        noDecision: 1 - p,
        deals: new Set(samples.map(({ deal }) => deal)).size,
        sd: Math.min(base.sd, Math.sqrt(second.sds[0]! ** 2 + WITHIN ** 2)),
      },
      features: prior.features.map((feature) => {
        const { value, sd } = found.get(feature.id)!
        return { ...feature, coefficient: value, sd }
      }),
    },
    coefficients: prior.features.map(({ id, coefficient }) => {
      const { value, sd } = found.get(id)!
      return { id, prior: coefficient, value, low: value - Z80 * sd, high: value + Z80 * sd }
    }),
  }
}

/** Bernoulli with P = thin × logistic(predictor): minus log-likelihood, its slope, and its expected curvature. */
function thinned(predictor: number, thin: number, happened: boolean, weight: number): Term {
  const p = logistic(predictor)
  const q = 1 - p
  const rest = 1 - thin * p
  return {
    value: weight * -(happened ? Math.log(Math.max(1e-300, thin * p)) : Math.log(Math.max(1e-300, rest))),
    slope: weight * (happened ? -q : (thin * p * q) / Math.max(1e-300, rest)),
    curvature: (weight * thin * p * q * q) / Math.max(1e-300, rest),
  }
}

function brierOf(samples: readonly Sample[], said: (i: number) => number): number {
  let [sum, total] = [0, 0]
  samples.forEach(({ outcome, weight }, i) => {
    sum += weight * (said(i) - Number(outcome === 'won')) ** 2
    total += weight
  })
  return sum / total
}

function calibrationOf(samples: readonly Sample[], said: (i: number) => number): FitReport['calibration'] {
  return Array.from({ length: 10 }, (_, tenth) => {
    let [deals, mean, won] = [0, 0, 0]
    samples.forEach(({ outcome, weight }, i) => {
      if (Math.min(9, Math.floor(said(i) * 10)) !== tenth) return
      deals += weight
      mean += weight * said(i)
      won += weight * Number(outcome === 'won')
    })
    return { from: tenth / 10, to: (tenth + 1) / 10, deals, said: deals && mean / deals, won: deals && won / deals }
  }).filter(({ deals }) => deals > 0)
}
