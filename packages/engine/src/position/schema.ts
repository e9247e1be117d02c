import { z } from 'zod'
import { Day, P, perPhase, Quantiles } from '../core/shapes.ts'
import { PhaseId, Text } from '../methodology/schema.ts'

export const Reason = z.strictObject({
  /** `milestone`: a date of the customer's process, reached or told for a day to come. */
  kind: z.enum(['evidence', 'milestone', 'claim', 'pin']),
  /** Place in the deal's own list. */
  index: z.number().int(),
  on: Day,
  /** Signal id, step of the process, or phase id of a claim or a pin. */
  what: z.string(),
  from: z.string().nullable(),
  quote: z.string().nullable(),
  /** What it counts, 0..1: confidence, less while unconfirmed, halved for each repeat; of a milestone its reliability. */
  weight: P,
  /** Log-odds of the leading phase with it minus without it; exact. Positive speaks for the phase. */
  effect: z.number(),
})
export type Reason = z.infer<typeof Reason>

export const Position = z.strictObject({
  /** `frozen`: closed as lost or without decision, the position of the day it closed. */
  state: z.enum(['open', 'won', 'frozen']),
  since: Day,
  /** False: nothing was heard of the customer; phases and forecast are then the calendar's alone and place nobody. */
  known: z.boolean(),
  /** What the CRM says; null: nothing. */
  claim: z.strictObject({ phase: PhaseId, label: z.string().nullable(), on: Day }).nullable(),
  /** How fast this customer goes: factors on the usual length of every phase. */
  pace: z.strictObject({
    each: z.array(z.strictObject({ factor: z.number(), probability: P })),
    likely: z.number(),
    words: Text,
  }),
  /** Dates of the customer's process that are told and not reached, soonest first. */
  told: z.array(
    z.strictObject({
      /** Place in the deal's `process`. */
      index: z.number().int(),
      step: z.string(),
      name: Text,
      on: Day,
      source: z.strictObject({ id: z.string(), name: Text }).nullable(),
      /** Probability with which it is taken. */
      reliability: P,
      slips: z.number().int(),
      /** The day is past and nobody wrote that it happened: it says nothing. */
      passed: z.boolean(),
    }),
  ),
  phases: perPhase(P),
  stalled: P,
  leading: PhaseId,
  /** Expected share `u` of the purchasing process done; 1 is the signature. */
  progress: z.number(),
  reasons: z.array(Reason),
  /** Smoothed past: for each of `days`, one probability per phase, in the order of `PHASES`. */
  history: z.strictObject({
    days: z.array(Day),
    phases: z.array(z.array(P)),
    stalled: z.array(P),
    progress: z.array(z.number()),
  }),
  /** When each phase up to the leading one began, from the smoothed past. */
  began: z.array(z.strictObject({ phase: PhaseId, on: Quantiles })),
  /** Without further evidence, given that no decision has fallen: probabilities per phase for each of `days`. Null once closed. */
  forecast: z
    .strictObject({
      days: z.array(Day),
      phases: z.array(z.array(P)),
      /** Not yet decided and not ended without decision. */
      undecided: z.array(P),
      progress: z.array(z.number()),
      /** First day beyond the phase, of those futures that pass it; null: not within the horizon. */
      ends: z.array(z.strictObject({ phase: PhaseId, on: Quantiles })),
      decision: Quantiles,
    })
    .nullable(),
})
export type Position = z.infer<typeof Position>
