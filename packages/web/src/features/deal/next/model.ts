import type { DealWhole, PlanAnswer } from '@sente/api'
import { addDays, dayNumber, plainDate, stands } from '@sente/engine'
import type { Finding, Question, Step } from '@sente/engine'
import type { Fact } from '../model/fact.ts'
import { keyOfPart } from '../model/people.ts'

type OwnStep = Fact<'planStep'>

/** A step to be shown: as the plan has it, with the record where it stands in the deal already. */
export interface PlannedAct {
  step: Step
  own?: OwnStep
  /** Held on its day, and not taken up: the record that holds it. */
  held?: OwnStep
}
export interface Acts {
  /** Our own steps whose day has passed and of which nobody has said how they went, the newest first. */
  past: readonly OwnStep[]
  /** In the order in which to act. */
  acts: readonly PlannedAct[]
  question: Question | undefined
}

const isOpen = ({ status }: OwnStep): boolean => (status ?? 'open') === 'open'

/**
 * The plan with what the reader has just done to it, before the server has made it again: a step that was taken stands at the day it was
 * taken for, what was set aside is gone.
 */
export function actsOf({ plan }: Pick<PlanAnswer, 'plan'>, whole: DealWhole, asOf: string): Acts {
  const keys = new Map((whole.stakeholder ?? []).map((part) => [part.personId, keyOfPart(part)]))
  const first = (step: OwnStep): string | undefined => keys.get(step.with?.[0] ?? '')
  const open = (whole.planStep ?? []).filter(isOpen)
  const ahead = open.filter(({ on }) => on !== undefined && on >= asOf)
  const kept = (whole.planStep ?? []).filter(({ status, on }) => status === 'held' && on !== undefined && on >= asOf)
  const aside = (whole.setAside ?? []).filter(({ until }) => until === undefined || until > asOf)
  const used = new Set<string>()
  const acts = plan.steps.flatMap((step): PlannedAct[] => {
    const same = ahead.filter((one) => one.play === step.play && first(one) === step.with[0] && !used.has(one.id))
    const own = same.find(({ on }) => on === step.on) ?? same[0]
    if (own) {
      used.add(own.id)
      return [{ step: { ...step, on: own.on!, locked: true }, own }]
    }
    const held = kept.find((one) => one.play === step.play && first(one) === step.with[0] && !used.has(one.id))
    if (held) {
      used.add(held.id)
      return [{ step: { ...step, on: held.on!, locked: true, held: true }, held }]
    }
    // It stood in the deal and no longer does: the plan will say what comes of it.
    if (step.locked && !step.held) return []
    const away = aside.some(
      ({ play, personId }) =>
        (play === undefined || play === step.play) &&
        (personId === undefined || step.with.includes(keys.get(personId) ?? '')),
    )
    if (away) return []
    // No longer held: proposed as any other.
    const { held: _, ...free } = step
    return [{ step: step.held ? { ...free, locked: false } : step }]
  })
  return {
    past: open.filter(({ on }) => on !== undefined && on < asOf).sort((a, b) => b.on!.localeCompare(a.on!)),
    acts,
    question: plan.questions[0],
  }
}

/** A week later, and not on a weekend. */
export function weekLater(on: string, asOf: string): string {
  const day = addDays(plainDate(on < asOf ? asOf : on), 7)
  const weekday = (((dayNumber(day) + 3) % 7) + 7) % 7
  return weekday >= 5 ? addDays(day, 7 - weekday) : day
}

/** So long "not now" lasts. */
const LATER_DAYS = 14
export const notBefore = (asOf: string): string => addDays(plainDate(asOf), LATER_DAYS)

/**
 * A play taken from a finding, filled in: with whom and on which day the plan has it; where the plan has it not, the finding's people and its
 * day, or within the days it gives.
 */
export function filledIn(
  play: string,
  finding: Pick<Finding, 'with' | 'by' | 'within'>,
  answer: PlanAnswer | undefined,
  asOf: string,
): { on: string; with: readonly string[]; ours?: string; through?: string } {
  const planned = answer?.plan.steps.filter((step) => step.play === play && !stands(step)) ?? []
  const step = planned.find(({ with: people }) => people.some((key) => finding.with.includes(key))) ?? planned[0]
  if (step) {
    return {
      on: step.on,
      with: step.with,
      ...(step.ours !== null && { ours: step.ours }),
      ...(step.through !== null && { through: step.through }),
    }
  }
  const by = finding.by ?? addDays(plainDate(asOf), finding.within)
  return { on: by < asOf ? asOf : by, with: finding.with }
}
