import { daysBetween } from '../core/dates.ts'
import { influenceOf } from '../demand/demand.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId } from '../methodology/schema.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { daysSince, didPlay, doneTouches, evidenceOf, presentPeopleOf, within } from './recent.ts'

/** Equal weights: the concern named first wins. */
const TIE_ORDER: readonly ConcernId[] = ['risk', 'solution', 'need', 'cost']

/** Facts of what was said, what was heard, unique value, and the risk file. */
export const contentFacts: FactFunctions = {
  'content.touches': (ctx) => tagged(ctx)?.length,
  'content.need_share': (ctx) => shareOf(ctx, ['need']),
  'content.solution_share': (ctx) => shareOf(ctx, ['solution']),
  'content.risk_share': (ctx) => shareOf(ctx, ['risk']),
  'content.risk_cost_share': (ctx) => shareOf(ctx, ['risk', 'cost']),
  'content.top': (ctx) => {
    const touches = tagged(ctx)
    return touches && heaviest(touches.map(({ concern }) => ({ concern: concern!, weight: 1 })))
  },
  'concern.observed_top': observedTop,
  'concern.expected_risk': ({ expectedRisk }) => Math.round(expectedRisk * 10) / 10,
  'evidence.signals_30d': (ctx) => evidenceOf(ctx)?.filter((piece) => within(ctx, piece.on, 30)).length,
  'evidence.risk_signals_60d': (ctx) =>
    evidenceOf(ctx)?.filter(
      (piece) => within(ctx, piece.on, 60) && ctx.model.signals.get(piece.signal)?.concern === 'risk',
    ).length,
  'evidence.customer_commitments': ({ deal }) =>
    deal.commitments?.filter((promise) => promise.doneOn !== undefined).length,
  'ucv.versions': ({ deal }) => deal.ucv?.length,
  'ucv.days_since_exec_update': execUpdate,
  'ucv.unique_vs_competitor': uniqueValue,
  'risk.register_exists': registerExists,
  'risk.open': (ctx) => (ctx.proofsKnown ? openTopics(ctx).length : undefined),
  'risk.open_critical': (ctx) =>
    ctx.proofsKnown ? openTopics(ctx).filter((topic) => topic.critical).length : undefined,
  'risk.categories_open': (ctx) => (ctx.proofsKnown ? openTopics(ctx).map(({ topic }) => topic) : undefined),
  'risk.addressed': (ctx) =>
    ctx.proofsKnown ? ctx.riskTopics.filter((topic) => topic.addressed).map(({ topic }) => topic) : undefined,
  'risk.min_slack_days': minSlack,
  'risk.proofs_ready_ratio': readyRatio,
  'risk.message_ready': ({ deal }) => (deal.riskMessage === undefined ? undefined : deal.riskMessage !== false),
  'win.probability': ({ winProbability }) => winProbability ?? undefined,
}

const openTopics = (ctx: FactContext): FactContext['riskTopics'] => ctx.riskTopics.filter((topic) => !topic.addressed)

function tagged(ctx: FactContext): ReturnType<typeof doneTouches> {
  return doneTouches(ctx)?.filter((touch) => touch.concern !== undefined && within(ctx, touch.on, 30))
}

/** Unknown without a single tagged touch: a share of nothing says nothing. */
function shareOf(ctx: FactContext, concerns: readonly ConcernId[]): number | undefined {
  const touches = tagged(ctx)
  if (!touches || touches.length === 0) return undefined
  return touches.filter((touch) => concerns.includes(touch.concern!)).length / touches.length
}

function heaviest(items: readonly { concern: ConcernId; weight: number }[]): ConcernId | undefined {
  const sums = new Map(CONCERNS.map((concern) => [concern, 0]))
  for (const { concern, weight } of items) sums.set(concern, sums.get(concern)! + weight)
  let top: ConcernId | undefined
  for (const concern of TIE_ORDER)
    if (sums.get(concern)! > 0 && (top === undefined || sums.get(concern)! > sums.get(top)! + 1e-12)) top = concern
  return top
}

function observedTop(ctx: FactContext): ConcernId | undefined {
  const people = new Map(presentPeopleOf(ctx)?.map((person) => [person.id, person]))
  const items = (evidenceOf(ctx) ?? []).flatMap((piece) => {
    const concern = ctx.model.signals.get(piece.signal)?.concern
    if (!concern || !within(ctx, piece.on, 30)) return []
    const person = piece.from ? people.get(piece.from) : undefined
    const role = person ? influenceOf(person) / 3 : 1
    const sure = piece.status === 'suggested' ? piece.confidence / 2 : piece.confidence
    return [{ concern, weight: role * sure * 2 ** (-daysBetween(piece.on, ctx.asOf) / 30) }]
  })
  return heaviest(items)
}

function execUpdate(ctx: FactContext): number | undefined {
  const touches = doneTouches(ctx)
  if (!touches || !ctx.deal.people) return undefined
  const executives = new Set(ctx.relations.people.filter((person) => person.executive).map((person) => person.id))
  return daysSince(
    ctx,
    touches
      .filter((touch) => didPlay(ctx, touch, 'value_update') && touch.with.some((id) => executives.has(id)))
      .map((touch) => touch.on),
  )
}

function uniqueValue({ deal }: FactContext): boolean | undefined {
  if (!deal.ucv || deal.ucv.length === 0 || !deal.rivals) return undefined
  const latest = deal.ucv.reduce((last, next) => (next.on >= last.on ? next : last))
  return deal.rivals
    .filter((rival) => (rival.kind ?? 'vendor') === 'vendor')
    .every((rival) => Boolean(latest.differsFrom?.[rival.id]))
}

function registerExists({ deal, model }: FactContext): boolean | undefined {
  if (deal.riskFile !== undefined) return deal.riskFile !== false
  if (deal.proofs?.some((proof) => model.topics.get(proof.topic)?.concern === 'risk')) return true
  // Proofs are kept and none of them is about risk: nobody has begun a risk file.
  return deal.proofs ? false : undefined
}

function minSlack(ctx: FactContext): number | undefined {
  if (!ctx.proofsKnown) return undefined
  const slacks = openTopics(ctx).flatMap((topic) => (topic.slackDays === null ? [] : [topic.slackDays]))
  return slacks.length > 0 ? Math.min(...slacks) : undefined
}

function readyRatio(ctx: FactContext): number | undefined {
  if (!ctx.proofsKnown) return undefined
  if (ctx.riskTopics.length === 0) return 1
  return ctx.riskTopics.reduce((sum, topic) => sum + Math.min(1, topic.points), 0) / ctx.riskTopics.length
}
