import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import type { ConcernId, PhaseId } from '../methodology/schema.ts'
import type { TenderGuard } from '../deal/tender.ts'
import type { Relations } from '../people/relations.ts'
import type { FactValue } from './schema.ts'

/** What the facts are computed from. Everything in it is already cut to `asOf`; nothing later can be seen. */
export interface FactContext {
  model: Model
  asOf: PlainDate
  /** As `dealAsOf` leaves it. */
  deal: Deal
  relations: Relations
  position: {
    /** False: nothing was heard of the customer; what follows is then the calendar's alone, and no fact. */
    known: boolean
    leading: PhaseId
    index: number
    /** Expected `u` today. */
    progress: number
    /** Smoothed expected `u` on the day of the first two-way contact; null when that day is not known. */
    entryProgress: number | null
    /** The first two-way contact: `firstContactOn`, else the first done touch with a person or evidence from one. */
    entryOn: PlainDate | null
    /** Index of the leading phase as filtered on an earlier day (what was believed then). */
    leadingIndexOn: (day: PlainDate) => number
    /** Probability that the process stands still. */
    stalled: number
    daysToDecision: number | null
    /** Median days until the phase begins, 0 when it has; null beyond the horizon or closed. */
    daysToPhase: (phase: PhaseId) => number | null
  }
  guard: TenderGuard
  /** Risk curve at today's `u` after modifiers, 0..100. */
  expectedRisk: number
  /** Risk topics that matter in this deal (weight above 0, not declared unneeded), with what is ready. */
  riskTopics: { topic: string; addressed: boolean; points: number; critical: boolean; slackDays: number | null }[]
  /** True when the deal file says anything about proofs. */
  proofsKnown: boolean
  /** P(won) of the model; null when closed. */
  winProbability: number | null
  /** 0..1 for each thing that a rule can be about. */
  stakes: Record<ConcernId | 'people' | 'process' | 'plan' | 'conduct', number>
}

/** One function a fact; undefined: the file says nothing from which it follows. */
export type FactFunctions = Record<string, (ctx: FactContext) => FactValue | undefined>
