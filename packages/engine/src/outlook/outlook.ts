import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Estimate } from '../deal/deal.ts'
import { FEATURES } from '../methodology/schema.ts'
import type { FeatureId, OutlookFile } from '../methodology/schema.ts'
import type { Features } from './features.ts'
import type { Outlook } from './schema.ts'

/** z of the 10 and 90 % points of a normal distribution. */
const Z80 = 1.2815515655446004

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
export const logit = (p: number): number => Math.log(p / (1 - p))

/** The share of P(decided) that so many days without a sign of life leave. */
export function aliveAfter(days: number, { silence }: OutlookFile): number {
  return 2 ** (-Math.max(0, days - silence.graceDays) / silence.halfLifeDays)
}

/** P(decided), P(won | decided) and P(won), of the features' values; `without` leaves one out. */
export function chances(
  features: Features,
  outlook: OutlookFile,
  without?: FeatureId,
): { decided: number; ours: number; won: number } {
  const { base } = outlook
  let decides = logit(1 - base.noDecision)
  let ours = logit(base.won / (1 - base.noDecision))
  for (const { id, stage, coefficient } of outlook.features) {
    if (id === without) continue
    const push = coefficient * features[id].value
    if (stage === 'ours') ours += push
    else decides += push
  }
  const alive = without === 'silence' ? 1 : aliveAfter(features.silence.value, outlook)
  const decided = logistic(decides) * alive
  return { decided, ours: logistic(ours), won: decided * logistic(ours) }
}

/**
 * Width of the 80 % interval, 0..1: that of a normal in log-odds at its widest place, one half. Its variance is what stays
 * uncertain when all is told, and for each feature what it may still turn out to be as far as it is unknown. So it hangs on what
 * is told and not on what that says: telling less never makes it narrower.
 */
function widthOf(features: Features, { base, features: list, unknownSpread }: OutlookFile): number {
  let variance = base.sd ** 2
  for (const { id, coefficient } of list) variance += (coefficient * unknownSpread) ** 2 * (1 - features[id].known)
  return Math.tanh((Z80 * Math.sqrt(variance)) / 2)
}

/** P(won) with its interval and what each feature does to it, in log-odds with it minus without it; exact. */
export function whether(features: Features, model: Model): NonNullable<Outlook['whether']> {
  const { outlook } = model.methodology
  const { won } = chances(features, outlook)
  const width = widthOf(features, outlook)
  const contributions = FEATURES.map((id) => {
    const described = outlook.features.find((feature) => feature.id === id)
    const { value, known, told } = features[id]
    const effect = logit(won) - logit(chances(features, outlook, id).won)
    return {
      feature: id,
      name: described?.name ?? outlook.silence.name,
      subject: described?.subject ?? ('customer' as const),
      value,
      coefficient: described?.coefficient ?? -Math.LN2 / outlook.silence.halfLifeDays,
      contribution: effect === 0 ? 0 : effect,
      known: told ?? known > 0,
    }
  }).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1))
  return {
    value: won,
    low: won * (1 - width),
    high: won + width * (1 - won),
    source: outlook.source,
    base: { won: outlook.base.won, deals: outlook.base.deals },
    contributions,
  }
}

/** Won, lost and without decision by the day on which the forecast ends; they sum to one. */
export function horizon(
  features: Features,
  model: Model,
  days: number,
  asOf: PlainDate,
): NonNullable<Outlook['horizon']> {
  const { decided, won } = chances(features, model.methodology.outlook)
  return { on: addDays(asOf, days), won, lost: decided - won, noDecision: 1 - decided }
}

/** The newest estimate; an undated one counts as oldest. */
export function latestEstimate(estimates: readonly Estimate[] | undefined): Outlook['seller'] {
  const latest = estimates?.reduce<Estimate | undefined>(
    (last, next) => (!last || (next.on ?? '') >= (last.on ?? '') ? next : last),
    undefined,
  )
  return latest ? { value: latest.value, on: latest.on ?? null, by: latest.by ?? null } : null
}
