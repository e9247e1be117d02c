import { z } from 'zod'
import { dayNumber, isPlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { OPEN_PHASES, PhaseId, PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { paceShares } from './chain.ts'
import { ahead } from './forecast.ts'
import type { Milestone } from './milestones.ts'
import { phaseShares, stalledShare } from './position.ts'
import { current, nowOf, rowOf, track } from './track.ts'

const Day = z.string().refine(isPlainDate, { error: 'a calendar day, YYYY-MM-DD' })
const Share = z.number().min(0).max(1)
const Positive = z.number().positive()
const Level = z.enum(['high', 'med', 'low', 'none'])
const perOpenPhase = <T extends z.ZodType>(value: T) => z.array(value).length(OPEN_PHASES)

/**
 * A file of cases by which the mathematics of the position is checked from outside: the parameters of the chain and of the
 * evidence, and for each case the facts with the weights of its own signals. Public and stable.
 */
const CasesFile = z.object({
  parameters: z.object({
    /** Mean days of each phase before the decision, at pace 1. */
    means: perOpenPhase(Positive),
    steps: z.number().int().min(1).max(16),
    /** Daily probabilities. */
    stall: Share,
    resume: Share,
    back: Share,
    endMoving: Share,
    endStalled: Share,
    prior: perOpenPhase(Share),
    paces: z.array(Positive).min(1).max(16),
    pacePrior: z.array(Share).min(1).max(16),
    levels: z.object({ high: Share, med: Share, low: Share, none: Share }),
    temper: Share,
    unconfirmed: Share,
    /** A signal weighs against a phase at most 1 to this. */
    cap: Positive,
    repeatDays: Positive,
    /** A stalled state takes this share of its phase's weight. */
    motion: Share,
    pin: Share,
  }),
  cases: z.array(
    z.looseObject({
      name: z.string(),
      asOf: Day,
      deal: z.object({
        start: Day,
        evidence: z
          .array(
            z.object({
              on: Day,
              signal: z.string(),
              confidence: Share.default(1),
              confirmed: z.boolean().default(true),
              rejected: z.boolean().default(false),
            }),
          )
          .default([]),
        pins: z.array(z.object({ on: Day, phase: PhaseId })).default([]),
        milestones: z
          .array(
            z.object({ rank: z.number().int().min(0), on: Day, reliability: Share, done: z.boolean().default(false) }),
          )
          .default([]),
      }),
      signals: z.record(z.string(), z.partialRecord(z.enum([...PHASES, 'stalled']), Level)).default({}),
    }),
  ),
})
type CasesFile = z.infer<typeof CasesFile>
type Case = CasesFile['cases'][number]

/** What the engine makes of a case. Phases are probabilities of the six open phases. */
export interface CaseResult {
  phases: Record<string, number>
  stalled: number
  /** In the order of the file's `paces`. */
  pace: number[]
  /** On days ahead: probabilities of the open phases, of having decided and of having ended without decision; together 1. */
  ahead: { days: number; phases: Record<string, number>; decided: number; ended: number }[]
}

/** Days ahead that are shown. */
const AHEAD = [30, 60, 120, 240]

/**
 * Computes every case of a file by the engine's own filter and forecast. Gives the file back with a `result` in each case, or
 * what is wrong with it.
 */
export function positionCases(
  raw: unknown,
  methodology: Methodology,
): { file: { cases: { name: string; result: CaseResult }[] } } | { faults: { path: string; what: string }[] } {
  const read = CasesFile.safeParse(raw)
  if (!read.success)
    return { faults: read.error.issues.map(({ path, message }) => ({ path: path.join('.'), what: message })) }
  const { parameters, cases } = read.data
  if (parameters.paces.length !== parameters.pacePrior.length)
    return { faults: [{ path: 'parameters.pacePrior', what: 'one entry for each of paces' }] }
  const fastest = Math.min(...parameters.paces)
  for (const [i, mean] of parameters.means.entries())
    if (parameters.steps / (mean * fastest) + parameters.stall + parameters.back > 1)
      return { faults: [{ path: `parameters.means.${i}`, what: 'more than certainty leaves each day' }] }
  for (const [c, { name, deal, signals }] of cases.entries()) {
    const unknown = deal.evidence.findIndex(({ signal }) => !Object.hasOwn(signals, signal))
    if (unknown >= 0)
      return {
        faults: [{ path: `cases.${c}.deal.evidence.${unknown}.signal`, what: `${name}: not among the case's signals` }],
      }
  }
  return {
    file: {
      ...(raw as CasesFile),
      cases: cases.map((entry, i) => ({
        ...(raw as CasesFile).cases[i]!,
        result: resultOf(entry, methodOf(parameters, entry.signals, methodology)),
      })),
    },
  }
}

/** The methodology with the parameters of the file and the signals of a case in place of its own. */
function methodOf(of: CasesFile['parameters'], signals: Case['signals'], base: Methodology): Methodology {
  const every = (probability: number): number => 1 / probability
  const { phases } = base
  return {
    ...base,
    phases: {
      ...phases,
      phases: phases.phases.map((phase, i) => ({ ...phase, steps: of.steps, meanDays: of.means[i] ?? phase.meanDays })),
      chain: {
        paces: of.paces.map((factor, i) => ({ factor, prior: of.pacePrior[i]!, name: { en: '-', zh: '-' } })),
        stallEvery: every(of.stall),
        resumeEvery: every(of.resume),
        backEvery: every(of.back),
        noDecision: { movingEvery: every(of.endMoving), stalledEvery: every(of.endStalled) },
      },
      entryPrior: Object.fromEntries(of.prior.map((mass, i) => [PHASES[i]!, mass])),
      evidence: {
        ...phases.evidence,
        weights: of.levels,
        temper: of.temper,
        floor: 1 / of.cap,
        stalledShare: of.motion,
        repeatDays: of.repeatDays,
        unconfirmed: of.unconfirmed,
        pin: of.pin,
      },
    },
    signals: {
      ...base.signals,
      signals: Object.entries(signals).map(([id, weights]) => ({ ...base.signals.signals[0]!, id, phases: weights })),
    },
  }
}

function resultOf({ asOf, deal: { start, evidence, pins, milestones } }: Case, methodology: Methodology): CaseResult {
  const model = modelOf(methodology)
  const by = ({ on }: { on: string }): boolean => on <= asOf
  const deal: Deal = {
    sente: 1,
    name: 'case',
    status: 'open',
    firstContactOn: start,
    evidence: evidence.filter(by).map(({ confirmed, rejected, ...piece }) => ({
      ...piece,
      status: rejected ? 'rejected' : confirmed ? 'confirmed' : 'suggested',
    })),
    pins: pins.filter(by),
  }
  const today = dayNumber(asOf)
  const told = milestones.map(({ rank, on, reliability, done }, index): Milestone => ({
    index,
    step: String(rank),
    rank,
    day: dayNumber(on),
    reliability,
    done,
  }))
  const way = track(
    deal,
    model,
    asOf,
    undefined,
    told.filter(({ done, day }) => !done || day <= today),
  )
  const segment = current(way)
  const { regime } = segment
  const now = nowOf(way)
  const named = (shares: readonly number[]): Record<string, number> =>
    Object.fromEntries(shares.slice(0, OPEN_PHASES).map((share, i) => [PHASES[i]!, share]))
  const run = ahead(regime, rowOf(segment, segment.to), way.told)
  const vector = new Float64Array(2 * regime.n)
  return {
    phases: named(phaseShares(regime, now)),
    stalled: stalledShare(regime, now),
    pace: paceShares(regime, now),
    ahead: AHEAD.map((days) => {
      while (run.day() < days) run.step()
      run.read(vector, 0)
      return { days, phases: named(phaseShares(regime, vector)), decided: run.decided(), ended: run.quit() }
    }),
  }
}
