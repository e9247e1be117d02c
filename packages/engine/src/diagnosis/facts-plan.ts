import { daysBetween } from '../core/dates.ts'
import { phaseIndex } from '../core/model.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { daysSince, doneTouches, given, latestBy, NEVER, scheduled } from './recent.ts'

const RISK = 4
const COMMIT = 5

/** Facts of our plan, our work, the account and our own side. */
export const planFacts: FactFunctions = {
  'plan.exec_section': execSection,
  'plan.next_phase_actions': nextPhaseActions,
  'plan.exec_plays_scheduled': (ctx) => scheduled(ctx)?.filter(({ play }) => isExecPlay(ctx, play)).length,
  'plan.exec_plays_done_late': (ctx) =>
    ctx.position.known
      ? doneTouches(ctx)?.filter(
          (touch) => isExecPlay(ctx, touch.play) && [RISK, COMMIT].includes(ctx.position.leadingIndexOn(touch.on)),
        ).length
      : undefined,
  'plan.playbook': ({ deal }) => deal.playbook,
  'plan.scheduled_plays': (ctx) => scheduled(ctx)?.flatMap(({ play }) => (play ? [play] : [])),
  'plan.skipped_steps': ({ deal }) => {
    if (!deal.steps && !deal.plan) return undefined
    return (
      (deal.steps ?? []).filter((step) => step.status === 'skipped').length +
      (deal.plan ?? []).filter((step) => step.status === 'skipped').length
    )
  },
  'plan.timing_note': ({ deal }) => given(deal.timingNote),
  'plan.exec_close_scheduled': (ctx) =>
    scheduled(ctx)?.some(
      ({ play }) => play !== undefined && ctx.model.plays.get(play)?.does?.includes('executive_close'),
    ),
  'plan.deviations_without_reason': ({ deal }) => deal.plan?.filter((step) => step.deviates && !step.reason).length,
  'vendor.local_presence': ({ deal }) => deal.us?.localPresence,
  'vendor.age_years': ({ deal, asOf }) =>
    deal.us?.foundedOn ? Math.floor((daysBetween(deal.us.foundedOn, asOf) / 365.25) * 10) / 10 : undefined,
  'our.exec_sponsor.assigned': ({ deal }) => given(deal.us?.execSponsor),
  'reference.available': ({ deal }) => (deal.us?.references ? deal.us.references.length > 0 : undefined),
  'reference.exec_willing': execWilling,
  'optimism.seller': ({ deal }) => {
    const latest = latestBy(deal.sellerEstimate)
    return latest ? Math.round(latest.value * 1000) / 10 : undefined
  },
  'forecast.exec_support_claimed': ({ deal }) => latestBy(deal.sellerEstimate)?.because?.includes('exec-support'),
  'forecast.uplift_reason': ({ deal }) => latestBy(deal.sellerEstimate)?.because,
  'discount.offered_30d': (ctx) => ctx.deal.discounts?.some((discount) => daysBetween(discount.on, ctx.asOf) < 30),
  'effort.need_share': needShare,
  'work.paid': workPaid,
  'work.exchange_agreed': ({ deal }) => given(deal.exchange),
  'work.unpaid_hours': unpaidHours,
  'account_plan.exists': ({ deal }) => given(deal.account?.plan),
  'account_plan.days_since_update': planAge,
  'account.linked': ({ deal }) => given(deal.account?.goal),
  // The project that is won is one of them, whether anybody counted it or not.
  'account.won_projects': ({ deal }) =>
    deal.status === 'won' ? Math.max(1, deal.account?.wonProjects ?? 1) : deal.account?.wonProjects,
  'account.next_opportunities': ({ deal }) => deal.account?.nextOpportunities,
  'goal.stated': ({ deal }) => given(deal.goal),
  'ethics.flag': ({ deal }) => deal.touches?.some((touch) => touch.flag !== undefined),
}

function isExecPlay({ model }: FactContext, play: string | undefined): boolean {
  return play !== undefined && model.plays.get(play)?.countsAsExecSelling === true
}

function execSection(ctx: FactContext): boolean | undefined {
  const { execPlan, plan } = ctx.deal
  if (execPlan === undefined) return undefined
  if (execPlan === false || !execPlan.targets?.length || !execPlan.objective || !execPlan.owner) return false
  return (plan ?? []).some((step) => (step.status === 'open' || step.status === 'done') && isExecPlay(ctx, step.play))
}

/** A step of the plan serves the next phase by its own tag, else by the phases of its play. */
function nextPhaseActions({ deal, model, position }: FactContext): number | undefined {
  if (!position.known) return undefined
  return deal.plan?.filter((step) => {
    if (step.status !== 'open') return false
    if (step.phase) return phaseIndex(step.phase) === position.index + 1
    const play = step.play ? model.plays.get(step.play) : undefined
    return play?.phases.some((phase) => phaseIndex(phase) === position.index + 1) === true
  }).length
}

function execWilling({ deal }: FactContext): boolean | undefined {
  const references = deal.us?.references
  if (!references) return undefined
  if (references.some((reference) => reference.execWilling === true)) return true
  return references.every((reference) => reference.execWilling === false) ? false : undefined
}

function needShare(ctx: FactContext): number | undefined {
  let need = 0
  let all = 0
  for (const { hours = 0, concern } of doneTouches(ctx) ?? []) {
    all += hours
    if (concern === 'need') need += hours
  }
  return all > 0 ? need / all : undefined
}

function workPaid(ctx: FactContext): boolean | undefined {
  const known = doneTouches(ctx)?.filter((touch) => touch.paid !== undefined) ?? []
  return known.length > 0 ? known.every((touch) => touch.paid) : undefined
}

function unpaidHours(ctx: FactContext): number | undefined {
  const known = doneTouches(ctx)?.filter((touch) => touch.paid !== undefined) ?? []
  return known.length > 0 ? known.reduce((sum, touch) => sum + (touch.paid ? 0 : (touch.hours ?? 0)), 0) : undefined
}

function planAge(ctx: FactContext): number | undefined {
  const plan = ctx.deal.account?.plan
  if (plan === undefined) return undefined
  if (plan === false) return NEVER
  return plan.updatedOn ? daysSince(ctx, plan.updatedOn) : undefined
}
