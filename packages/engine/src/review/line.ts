import { daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { assess } from '../assess/assess.ts'
import type { Assessment } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { Ground } from '../assess/ground.ts'
import { decisionDays } from '../brief/listing.ts'
import { claimOf } from '../brief/sections.ts'
import { judgedWin } from '../brief/summary.ts'
import { processPlaces } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import type { Methodology } from '../methodology/schema.ts'
import { latestEstimate } from '../outlook/outlook.ts'
import { planOn } from '../plan/planner.ts'
import type { PlanRequest } from '../plan/planner.ts'
import type { Plan } from '../plan/schema.ts'
import { toldDates } from '../position/milestones.ts'
import type { ReviewLine } from './schema.ts'
import { weekOf } from './week.ts'

/** Whom we met so lately carries the deal with us. */
const THREAD_DAYS = 90

export interface LineRequest extends Pick<PlanRequest, 'calendars'> {
  /** The plan of the same deal and day where it was made already; false: an earlier day, of which nothing can still be done. */
  plan?: Pick<Plan, 'steps'> | false
}

/**
 * What a review keeps of a deal on a day, as it could be known on that day. Of its amount only what it is now is known: a deal file has no
 * days for it.
 */
export function reviewLine(
  deal: Deal,
  methodology: Methodology,
  asOf: PlainDate,
  { plan, calendars }: LineRequest = {},
): ReviewLine {
  const ground = groundOf(deal, methodology, asOf)
  const assessment = assess(ground, deal)
  const { seen, lead, win, findings } = assessment
  const judged = judgedWin({ position: ground, outlook: { when: null, whether: win } })
  const known = ground.known && ground.open
  const made = (): Pick<Plan, 'steps'> =>
    plan || planOn(ground, assessment, { ...(calendars && { calendars }), withoutQuestions: true })
  return {
    on: asOf,
    status: seen.status,
    amount: seen.amount ?? null,
    phase: ground.known ? ground.leading : null,
    progress: ground.known ? ground.progress : null,
    lead: { state: lead.state, days: lead.days },
    win: judged === null || !win ? null : { value: win.value, low: win.low, high: win.high },
    base: { won: methodology.outlook.base.won, deals: methodology.outlook.base.deals },
    seller: latestEstimate(seen.sellerEstimate),
    manager: latestEstimate(seen.managerEstimate),
    claim: claimOf(seen),
    decisionOn: decisionDays(ground)?.p50 ?? null,
    told: toldDates(seen, ground.model, asOf, processPlaces(deal, asOf)).map(({ step, name, on, slips }) => ({
      step,
      name,
      on,
      slips,
    })),
    findings: findings.flatMap(({ rule, severity, name }) => (severity === 'info' ? [] : [{ rule, severity, name }])),
    nextMeeting: nextMeetingOf(ground, assessment),
    ...contactsOf(ground),
    week: plan === false || !known || judged === null ? null : weekOf(ground, assessment, made()),
  }
}

/** The first open step of the deal itself with people of the customer, from today on; what is only proposed is no meeting. */
function nextMeetingOf({ model, asOf, people }: Ground, { seen }: Assessment): ReviewLine['nextMeeting'] {
  const next = (seen.plan ?? [])
    .filter((step) => step.status === 'open' && step.on !== undefined && step.on >= asOf && step.with?.length)
    .sort((a, b) => (a.on! < b.on! ? -1 : 1))[0]
  if (!next) return null
  const said = next.what ?? next.play ?? ''
  return {
    on: next.on!,
    what: (next.play ? model.plays.get(next.play)?.name : undefined) ?? { en: said, zh: said },
    with: next.with!.map((id) => people.find((person) => person.id === id)?.name ?? id),
  }
}

function contactsOf({ seen, relations, asOf }: Ground): Pick<ReviewLine, 'decider' | 'threads'> {
  const people = relations.people
  const deciders = people.filter((person) => person.decides || person.numberOne)
  const met = deciders.some(({ lastTouch }) => lastTouch !== null)
  const said = seen.touches !== undefined
  return {
    decider: met ? 'met' : deciders.length === 0 || !said ? 'unknown' : 'unmet',
    threads:
      seen.people === undefined || !said
        ? null
        : people.filter(({ lastTouch }) => lastTouch && daysBetween(lastTouch as PlainDate, asOf) <= THREAD_DAYS)
            .length,
  }
}
