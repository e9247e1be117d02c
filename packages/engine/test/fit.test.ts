import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  brief,
  fitOutlook,
  modelOf,
  plainDate,
  samplesOf,
  seededRandom,
  withBaseRate,
  withOutlook,
} from '@sente/engine'
import type { Deal, Outcome, Sample } from '@sente/engine'
import { mapEstimate } from '../src/outlook/map.ts'
import type { Prior, Term } from '../src/outlook/map.ts'
import { chances } from '../src/outlook/outlook.ts'
import { read } from './support/deals.ts'
import { METHOD } from './support/method.ts'
import { winNumber } from './support/win.ts'

const PRIOR = METHOD.outlook
const logit = (p: number): number => Math.log(p / (1 - p))
const FREE: Prior = { mean: 0, sd: 1e6, sign: 0 }
/** Bernoulli. */
const term =
  (ys: readonly number[]) =>
  (eta: number, i: number): Term => {
    const p = 1 / (1 + Math.exp(-eta))
    return { value: -(ys[i]! ? Math.log(p) : Math.log(1 - p)), slope: p - ys[i]!, curvature: p * (1 - p) }
  }
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value)

describe('maximum a posteriori', () => {
  test('of an intercept alone without prior is the log-odds of the share, with the binomial’s interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (won, lost) => {
        const ys = [...times(won, 1), ...times(lost, 0)]
        const { values, sds } = mapEstimate(times(won + lost, [1]), [FREE], term(ys))
        expect(values[0]).toBeCloseTo(logit(won / (won + lost)), 6)
        expect(sds[0]).toBeCloseTo(Math.sqrt(1 / won + 1 / lost), 6)
      }),
    )
  })

  test('of two groups without prior is the log-odds ratio, with the variance of its four cells', () => {
    const cell = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const rows = [...times(a + b, [1, 1]), ...times(c + d, [1, 0])]
        const ys = [...times(a, 1), ...times(b, 0), ...times(c, 1), ...times(d, 0)]
        const { values, sds } = mapEstimate(rows, [FREE, FREE], term(ys))
        expect(values[1]).toBeCloseTo(Math.log((a * d) / (b * c)), 5)
        expect(sds[1]).toBeCloseTo(Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), 5)
      }),
    )
  })

  test('with a prior balances the data against it: the slope of the one is the slope of the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (won, lost, mean, sd) => {
          const n = won + lost
          const { values, sds } = mapEstimate(
            times(n, [1]),
            [{ mean, sd, sign: 0 }],
            term([...times(won, 1), ...times(lost, 0)]),
          )
          const p = 1 / (1 + Math.exp(-values[0]!))
          expect(won - n * p).toBeCloseTo((values[0]! - mean) / sd ** 2, 4)
          expect(sds[0]).toBeCloseTo(1 / Math.sqrt(n * p * (1 - p) + 1 / sd ** 2), 5)
        },
      ),
    )
  })

  test('never lets a coefficient cross its sign, however the data pull', () => {
    const rows = [...times(30, [1, 1]), ...times(30, [1, 0])]
    const ys = [...times(5, 1), ...times(25, 0), ...times(20, 1), ...times(10, 0)]
    const held = mapEstimate(rows, [FREE, { mean: 0.5, sd: 1, sign: 1 }], term(ys))
    expect(held.values[1]).toBe(0)
    expect(held.values[0]).toBeCloseTo(logit(25 / 60), 6)
    expect(mapEstimate(rows, [FREE, { mean: 0.5, sd: 1, sign: 0 }], term(ys)).values[1]).toBeLessThan(-1)
  })
})

/** Closed deals whose features were drawn and whose ends were drawn from an outlook that is not the prior. */
function drawn(n: number, seed: number, truth = PRIOR): Sample[] {
  const random = seededRandom(seed)
  return Array.from({ length: n }, (_, i) => {
    const features = Object.fromEntries(
      [...truth.features.map(({ id }) => id), 'silence'].map((id) => [
        id,
        { value: id === 'silence' ? 60 * random() : random() < 0.3 ? 0 : random(), known: 1 },
      ]),
    ) as Sample['features']
    const { decided, won } = chances(features, truth)
    const at = random()
    const outcome: Outcome = at < won ? 'won' : at < decided ? 'lost' : 'no-decision'
    return { features, outcome, weight: 1, deal: String(i) }
  })
}

describe('fitting to closed deals', () => {
  test('with fewer than twenty changes nothing and says so', () => {
    const { outlook, report } = fitOutlook(drawn(19, 1), PRIOR)
    expect(outlook).toBe(PRIOR)
    expect(report).toMatchObject({ verdict: 'too-few', deals: 19, brier: null })
  })

  test('finds what decided them, foretells better than the prior, and says what it says truly', () => {
    const strength: Record<string, number> = { number_one: 2.5, rival_pull: -0.8, favour: 0.1, brakes: -3 }
    const truth = {
      ...PRIOR,
      features: PRIOR.features.map((feature) => ({
        ...feature,
        coefficient: strength[feature.id] ?? feature.coefficient,
      })),
    }
    const { outlook, report } = fitOutlook(drawn(3000, 2, truth), PRIOR)
    expect(report.verdict).toBe('fitted')
    expect(report.brier!.fitted).toBeLessThan(report.brier!.prior)
    expect(outlook.source).toBe('fitted')
    for (const { id, prior, value, low, high } of report.coefficients) {
      if (!(id in strength)) continue
      // The prior holds it back, but most of the way is gone.
      expect(Math.abs(value - strength[id]!), id).toBeLessThan(0.5 * Math.abs(prior - strength[id]!) + 0.1)
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
    for (const { deals, said, won } of report.calibration)
      expect(Math.abs(said - won)).toBeLessThan(3 * Math.sqrt(0.25 / deals) + 0.03)
  })

  test('where there is nothing to learn keeps the prior’s coefficients on the own base rate', () => {
    const random = seededRandom(5)
    const blind = drawn(400, 3).map((sample) => ({
      ...sample,
      outcome: (random() < 0.55 ? 'won' : random() < 0.7 ? 'lost' : 'no-decision') as Outcome,
      features: Object.fromEntries(
        Object.keys(sample.features).map((id) => [id, { value: 0, known: 0 }]),
      ) as Sample['features'],
    }))
    const { outlook, report } = fitOutlook(blind, PRIOR)
    expect(report.verdict).toBe('base-rate')
    expect(outlook.base.won).toBeCloseTo((report.won + 0.5) / 401.5, 12)
    expect(outlook.features).toEqual(PRIOR.features)
    expect(report.brier!.fitted - report.brier!.base).toBeLessThan(0.005)
  })

  test('keeps every coefficient on the side that the laws of the win number need', () => {
    const contrary = drawn(300, 8).map((sample) => ({
      ...sample,
      outcome: (sample.outcome === 'won' ? 'lost' : 'won') as Outcome,
    }))
    for (const { id, prior, value } of fitOutlook(contrary, PRIOR).report.coefficients)
      expect(value * Math.sign(prior), id).toBeGreaterThanOrEqual(0)
  })

  test('narrows the interval of a deal of which nothing is known by the number of deals', () => {
    const of = (outlook: typeof PRIOR): number => {
      const { low, high } = brief(read({ sente: 1, name: 'x' }), withOutlook(METHOD, outlook), plainDate('2025-01-01'))
        .outlook.whether!
      return high - low
    }
    const many = withBaseRate(PRIOR, { won: 300, lost: 300, noDecision: 200 })
    expect(many.base.deals).toBe(800)
    expect(of(many)).toBeLessThan(of(PRIOR))
    expect(withBaseRate(PRIOR, { won: 9, lost: 5, noDecision: 5 })).toBe(PRIOR)
  })
})

describe('what a closed deal teaches', () => {
  const closed = {
    sente: 1,
    name: 'x',
    openedOn: '2024-01-10',
    status: 'lost',
    closedOn: '2024-07-08',
    evidence: [
      { on: '2024-02-01', signal: 'champion_sells_inside' },
      { on: '2024-02-01', signal: 'exec_promised_others', recordedOn: '2024-08-01' },
    ],
  }

  test('is what was known on three days of its life, never what was written down later', () => {
    const samples = samplesOf(read(closed), METHOD, 'x')
    expect(samples.map(({ weight, outcome }) => [weight, outcome])).toEqual(times(3, [1 / 3, 'lost']))
    for (const { features } of samples) expect(features.rival_pull.value).toBe(0)
    expect(samples.map(({ features }) => features.favour.value > 0)).toEqual([true, true, true])
  })

  test('is nothing while it is open', () => {
    expect(samplesOf(read({ ...closed, status: 'open', closedOn: undefined }), METHOD, 'x')).toEqual([])
  })
})

test('on histories that say nothing the number is as good as the base rate, to .02 in Brier score', () => {
  for (const rate of [0.2, 0.3, 0.4, 0.5, 0.6]) {
    const random = seededRandom(Math.round(rate * 100))
    const opened = plainDate('2024-01-01')
    const deals = Array.from({ length: 400 }, (): { deal: Deal; won: boolean } => {
      const won = random() < rate
      const days = Math.round(5 + 145 * random())
      const deal = read({
        sente: 1,
        name: 'x',
        openedOn: opened,
        amount: { value: String(Math.round(1e5 * random())), currency: 'USD' },
        stages: random() < 0.7 ? [{ on: addDays(opened, Math.floor(days * random())), phase: 'evaluate' }] : undefined,
        status: won ? 'won' : 'lost',
        closedOn: addDays(opened, days),
      })
      return { deal, won }
    })
    const count = deals.filter(({ won }) => won).length
    // Known of others like them; a history of wins and losses alone has hardly any that ended undecided.
    const method = withOutlook(METHOD, withBaseRate(PRIOR, { won: count, lost: 400 - count, noDecision: 0 }))
    const base = count / 400
    const model = modelOf(method)
    let [ours, bare] = [0, 0]
    for (const { deal, won } of deals) {
      const said = winNumber(deal, model, addDays(deal.closedOn!, -1)).value
      ours += (said - Number(won)) ** 2 / 400
      bare += (base - Number(won)) ** 2 / 400
    }
    expect(ours - bare).toBeLessThan(0.02)
  }
})
