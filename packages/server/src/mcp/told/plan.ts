import type { Lang, Methodology } from '@sente/engine'
import { stepIdOf } from '@sente/engine'
import { z } from 'zod'
import { line } from '../marks.ts'
import type { DealRef, PersonRef, PlanSeen } from '../desk.ts'
import { Day, DealNamed, dealNamed, said, says, share, Share } from './shapes.ts'

const Step = z.object({
  step: z.string().meta({ description: 'What what_if and accept_step call it' }),
  inDeal: z.string().optional().meta({ description: 'It stands in the deal already; what record_outcome calls it' }),
  what: z.string(),
  with: z.array(z.string()),
  through: z.string().optional(),
  ours: z.string().optional(),
  on: Day,
  earliest: Day,
  latest: Day,
  start: Day.meta({ description: 'The day on which we must begin' }),
  bring: z.string(),
  papers: z.array(z.object({ paper: z.string(), for: z.string(), startBy: Day })),
  ask: z.string(),
  why: z.array(z.string()),
  first: z.array(z.string()),
  ifDeclined: z.string().optional(),
  locked: z.boolean(),
})
const Moved = z.object({
  kind: z.enum(['added', 'dropped', 'moved']),
  what: z.string(),
  with: z.array(z.string()),
  from: Day.optional(),
  to: Day.optional(),
  why: z.string(),
})

export const PlanTold = z.object({
  deal: DealNamed,
  asOf: Day,
  style: z.enum(['steady', 'swift']),
  steps: z.array(Step),
  more: z.int().optional(),
  cannot: z.array(
    z.object({ with: z.array(z.string()), what: z.string(), why: z.string(), instead: z.string().optional() }),
  ),
  notSeen: z
    .array(z.object({ who: z.string(), why: z.string(), on: Day.optional() }))
    .meta({ description: 'People of weight whom the plan does not see within four weeks' }),
  win: z
    .object({ from: Share, to: Share })
    .optional()
    .meta({ description: 'Chance to win today, and at most, if every step came about as hoped' }),
  changed: z.array(Moved).meta({ description: 'What is new, gone or moved, and why' }),
  notes: z.array(z.string()),
})

/** The plan in the order in which a seller should act, in one language. */
export function planTold(
  deal: DealRef,
  { plan, changed, own, ours }: PlanSeen,
  { people, method, lang }: { people: readonly PersonRef[]; method: Methodology; lang: Lang },
): z.input<typeof PlanTold> {
  const names = new Map(people.map(({ key, name }) => [key, line(name)]))
  const named = (key: string): string => names.get(key) ?? line(key)
  const play = (id: string): string => method.plays.plays.find((one) => one.id === id)?.name[lang] ?? id
  const most = 15
  return {
    deal: dealNamed(deal),
    asOf: plan.asOf,
    style: plan.style,
    steps: plan.steps.slice(0, most).map((step) => ({
      step: stepIdOf(step),
      ...said({ inDeal: own.find((one) => one.step === stepIdOf(step))?.id }),
      what: says(step.name, lang),
      with: step.with.slice(0, 20).map(named),
      ...said({
        through: step.through && named(step.through),
        ours: step.ours && line(ours.get(step.ours) ?? step.ours),
      }),
      on: step.on,
      earliest: step.earliest,
      latest: step.latest,
      start: step.start,
      bring: says(step.bring.what, lang),
      papers: step.bring.proofs
        .slice(0, 8)
        .map((one) => ({ paper: says(one.name, lang), for: named(one.for), startBy: one.startBy })),
      ask: says(step.ask, lang),
      why: step.why.slice(0, 6).map((one) => says(one, lang)),
      first: step.first.slice(0, 6).map(({ what }) => says(what, lang)),
      ...said({ ifDeclined: step.ifDeclined && says(step.ifDeclined.says, lang) }),
      locked: step.locked,
    })),
    ...(plan.steps.length > most ? { more: plan.steps.length - most } : {}),
    cannot: plan.cannot.slice(0, 8).map((one) => ({
      with: one.with.slice(0, 20).map(named),
      what: says(one.what, lang),
      why: says(one.why, lang),
      ...said({ instead: one.instead && says(one.instead, lang) }),
    })),
    notSeen: (plan.unseen ?? []).map((one) => ({
      who: named(one.person),
      why: says(one.why, lang),
      ...said({ on: one.on }),
    })),
    ...(plan.win?.before && plan.win.after
      ? { win: { from: share(plan.win.before.value), to: share(plan.win.after.value) } }
      : {}),
    changed: changed.slice(0, 15).map((one) => ({
      kind: one.kind,
      what: play(one.play),
      with: one.with.slice(0, 20).map(named),
      ...said({ from: one.from, to: one.to }),
      why: says(one.why, lang),
    })),
    notes: plan.notes.slice(0, 8).map((one) => says(one, lang)),
  }
}
