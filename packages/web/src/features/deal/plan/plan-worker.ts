import { dealOf, withOurs } from '@sente/api'
import type { DealWhole, PlanAnswer } from '@sente/api'
import { plainDate, planning } from '@sente/engine'
import type { Calendars, Methodology, Plan, PlanRequest } from '@sente/engine'

/** What a plan is made from: all that the server makes it from. */
export interface Base {
  whole: DealWhole
  answer: Pick<PlanAnswer, 'plan' | 'calendars' | 'us'>
  methodology: Methodology
  asOf: string
}
/** A step on another day: one that stands in the deal by its id, a proposed one as a lock. */
export interface Move {
  own?: string
  play: string
  with: readonly string[]
  on: string
}
export type Ask = { kind: 'base'; base: Base } | { kind: 'try'; id: number; move: Move }
export type Told = { kind: 'plan'; id: number; plan: Plan; took: number }

let base: Base | undefined
let make: ReturnType<typeof planning> | undefined

const makerOf = (whole: DealWhole, { answer, methodology, asOf }: Base): ReturnType<typeof planning> =>
  planning(withOurs(dealOf(whole), answer.us), methodology, plainDate(asOf))

/** The plan as it would be, made from the one before, so that as little as possible moves. */
export function planWith(move: Move | undefined, of: Base, maker?: ReturnType<typeof planning>): Plan {
  const { answer, whole } = of
  const request: PlanRequest = {
    style: answer.plan.style,
    calendars: answer.calendars as Calendars,
    previous: { ...answer.plan, changed: [] },
    withoutQuestions: true,
  }
  if (!move) return (maker ?? makerOf(whole, of))(request)
  const { own, on } = move
  if (own === undefined)
    return (maker ?? makerOf(whole, of))({ ...request, locks: [{ play: move.play, with: move.with, on }] })
  const moved = (whole.planStep ?? []).map((step) => (step.id === own ? { ...step, on } : step))
  return makerOf({ ...whole, planStep: moved }, of)(request)
}

if (typeof addEventListener === 'function')
  addEventListener('message', ({ data }: MessageEvent<Ask>) => {
    if (data.kind === 'base') {
      base = data.base
      make = undefined
      return
    }
    if (!base) return
    const began = performance.now()
    if (data.move.own === undefined) make ??= makerOf(base.whole, base)
    const plan = planWith(data.move, base, make)
    postMessage({ kind: 'plan', id: data.id, plan, took: performance.now() - began } satisfies Told)
  })
