import { daysBetween } from '../core/dates.ts'
import { phaseIndex } from '../core/model.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import type { PhaseId } from '../methodology/schema.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { doneTouches, evidenceOf, within } from './recent.ts'

/** Facts of the customer's process, our steps and time. */
export const processFacts: FactFunctions = {
  'phase.id': ({ position }) => (position.known ? position.leading : undefined),
  'phase.index': ({ position }) => (position.known ? position.index : undefined),
  'deal.before_signature': ({ deal }) => deal.status !== 'won',
  'phase.evidence_count': phaseEvidenceCount,
  'phase.set_manually': ({ deal }) => (deal.pins?.length ?? 0) > 0,
  'process.known_ratio': knownRatio,
  'entry.progress': ({ position }) => (position.known ? (position.entryProgress ?? undefined) : undefined),
  'entry.mode': entryMode,
  'seller.stage_index': stageIndex,
  'seller.lead': (ctx) => {
    const ours = stageIndex(ctx)
    return ours === undefined || !ctx.position.known ? undefined : ours - ctx.position.index
  },
  'seller.steps_without_evidence': stepsWithoutEvidence,
  'days.to_phase_commit': ({ position }) => position.daysToPhase('commit') ?? undefined,
  'days.since_entry': ({ position, asOf }) => (position.entryOn ? daysBetween(position.entryOn, asOf) : undefined),
  'days.since_customer_action': daysSinceCustomerAction,
  'message.unchanged_phases': unchangedPhases,
}

/** Different signals of 45 days that speak at least somewhat for the leading phase. */
function phaseEvidenceCount(ctx: FactContext): number | undefined {
  const evidence = evidenceOf(ctx)
  if (!evidence || !ctx.position.known) return undefined
  const signals = new Set<string>()
  for (const piece of evidence) {
    const weight = ctx.model.signals.get(piece.signal)?.phases[ctx.position.leading]
    if ((weight === 'high' || weight === 'med') && within(ctx, piece.on, 45)) signals.add(piece.signal)
  }
  return signals.size
}

/** Of the steps from the present phase to the signature; a phase of which nothing is recorded counts as one unknown step. */
function knownRatio({ deal, model, position }: FactContext): number | undefined {
  if (!deal.process || !position.known) return undefined
  let known = 0
  let all = 0
  for (let index = Math.min(position.index, OPEN_PHASES - 1); index < OPEN_PHASES; index++) {
    const phase = model.phases[index]!.id
    const here = deal.process.filter(
      (step) => step.applies !== false && (step.phase ?? model.milestones.get(step.step)?.phase) === phase,
    )
    if (here.length === 0) all++
    for (const step of here) {
      if (step.done) continue
      all++
      if (step.on && step.owner) known++
    }
  }
  // Everything recorded is done: there is nothing left that could be unknown.
  return all === 0 ? 1 : known / all
}

function entryMode({ position, model }: FactContext): string | undefined {
  const progress = position.entryProgress
  if (progress === null || !position.known) return undefined
  return model.methodology.phases.entryModes.find((mode) => mode.below === null || progress < mode.below)?.id
}

/** Phases whose step of ours is shown by a play that was done. */
function shownByPlays(ctx: FactContext): Set<PhaseId> {
  const done = new Set(
    doneTouches(ctx)
      ?.filter(({ carriedFrom }) => carriedFrom === undefined)
      .map((touch) => touch.play),
  )
  return new Set(
    ctx.model.phases.filter((phase) => phase.ourStep.doneBy.some((play) => done.has(play))).map((phase) => phase.id),
  )
}

export function stageIndex(ctx: FactContext): number | undefined {
  if (!ctx.deal.steps && !ctx.deal.touches) return undefined
  const shown = [...shownByPlays(ctx)]
  const recorded = (ctx.deal.steps ?? [])
    .filter((step) => step.status === 'done' && step.evidence)
    .map((step) => step.phase)
  return Math.max(-1, ...[...shown, ...recorded].map(phaseIndex))
}

function stepsWithoutEvidence(ctx: FactContext): number | undefined {
  if (!ctx.deal.steps) return undefined
  const shown = shownByPlays(ctx)
  const claimed = ctx.deal.steps.filter((step) => step.status === 'done')
  const highest = Math.max(-1, ...claimed.map((step) => phaseIndex(step.phase)), stageIndex(ctx) ?? -1)
  return claimed.filter((step) => !step.evidence && !shown.has(step.phase) && phaseIndex(step.phase) <= highest).length
}

function daysSinceCustomerAction(ctx: FactContext): number | undefined {
  const evidence = evidenceOf(ctx)
  if (!evidence && !ctx.deal.commitments) return undefined
  // Silence of the customer is not an action of the customer.
  const heard = (evidence ?? [])
    .filter((piece) => !ctx.model.signals.get(piece.signal)?.silence)
    .map((piece) => piece.on)
  const kept = (ctx.deal.commitments ?? []).flatMap((promise) => (promise.doneOn ? [promise.doneOn] : []))
  return [...heard, ...kept].reduce((least, on) => Math.min(least, daysBetween(on, ctx.asOf)), 999)
}

/** Phases gone by since the main message last changed, by what was believed on that day. */
function unchangedPhases(ctx: FactContext): number | undefined {
  const versions = [...(ctx.deal.ucv ?? [])].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  if (versions.length === 0 || !ctx.position.known) return undefined
  let changed = versions[0]!
  for (const version of versions) if (version.onlyUs !== changed.onlyUs) changed = version
  return Math.max(0, ctx.position.index - ctx.position.leadingIndexOn(changed.on))
}
