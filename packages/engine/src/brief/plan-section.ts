import type { Finding } from '../diagnosis/schema.ts'
import type { Assessment } from '../assess/assess.ts'
import type { Ground } from '../assess/ground.ts'
import { byOurselves } from '../plan/base-options.ts'
import { planOn } from '../plan/planner.ts'
import type { PlanRequest } from '../plan/planner.ts'
import { stands } from '../plan/schema.ts'
import type { Plan, PlannedPlay } from '../plan/schema.ts'

/** What the plan of a brief is made with besides the deal. */
export interface BriefInputs extends Pick<PlanRequest, 'calendars'> {
  /** The plan of the same deal and day as it was made already; absent: it is made, and without `calendars` only weekends are kept free. */
  plan?: Pick<Plan, 'steps'>
}

export interface PlanSections {
  /** What is proposed, in the planner's order. */
  plan: PlannedPlay[]
  /** What stands in the deal already, as the planner filled it in. */
  standing: PlannedPlay[]
}

/** The executive plan as the brief lists it: the planner's steps in their order, with the findings that ask for the same. */
export function planSections(
  ground: Ground,
  assessment: Assessment,
  { plan, ...request }: BriefInputs = {},
): PlanSections {
  const { model } = ground
  const { steps } = plan ?? planOn(ground, assessment, { ...request, withoutQuestions: true })
  const listed = (ours: boolean): PlannedPlay[] =>
    steps.flatMap((step, i): PlannedPlay[] => {
      if (stands(step) !== ours) return []
      const known = model.plays.get(step.play)!
      const play = step.with.length === 0 ? byOurselves(known) : known
      return [
        {
          order: i + 1,
          play: step.play,
          name: step.name,
          objective: play.objective,
          because: rulesFor(step.play, [...assessment.findings, ...assessment.rested]),
          with: step.with,
          concern: play.concern,
          startBy: step.start,
          before: step.latest === step.on ? null : { what: 'window', on: step.latest },
          leadDays: play.leadDays[1],
          late: false,
          first: step.first.map(({ fact, what }) => ({ fact, name: what, holds: false })),
          on: step.on,
          ours: step.ours,
          through: step.through,
          ask: step.ask,
          why: step.why,
        },
      ]
    })
  return { plan: listed(false), standing: listed(true) }
}

const rulesFor = (play: string, findings: readonly Finding[]): string[] =>
  findings.filter(({ plays }) => plays.includes(play)).map(({ rule }) => rule)
