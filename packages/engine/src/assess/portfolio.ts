import { dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal } from '../deal/deal.ts'
import { expectedDemand, presentPeople, traitsOf } from '../demand/demand.ts'
import { reachedDays, endRank } from '../lead/due.ts'
import { executivesRoom } from '../lead/executives.ts'
import { concernRooms, decidingConcern, leadFrom } from '../lead/lead.ts'
import { topicRooms } from '../lead/topics.ts'
import { meetings } from '../people/relations.ts'
import { CONCERNS, PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { chainOf } from '../position/chain.ts'
import { newScratch } from '../position/forecast.ts'
import type { Scratch } from '../position/forecast.ts'
import { pastOf } from '../position/past.ts'
import { isKnown, leadingPhase, phaseShares, progressOf, shareFrom, stalledShare } from '../position/position.ts'
import { current, nowOf, track as trackOf } from '../position/track.ts'
import { readinessBasis, readinessOn } from '../readiness/readiness.ts'
import { entryOf } from './entry.ts'

/**
 * Position, demand, readiness and lead of many deals, a column each; row i belongs to deal i. The same definitions as
 * `brief`, without what only a single deal's page needs (reasons, bands, history, diagnosis).
 */
export interface Portfolio {
  n: number
  /** 1 where something was heard of the customer; else phases, progress and demand are the calendar's alone and place nobody. */
  known: Uint8Array
  /** Row of eight probabilities per deal, in the order of `PHASES`. */
  phases: Float64Array
  /** Index into `PHASES`. */
  leading: Uint8Array
  stalled: Float64Array
  progress: Float64Array
  /** Rows of four, in the order of `CONCERNS`. */
  demand: Float64Array
  readiness: Float64Array
  /** Rows of four: days, negative when behind, NaN when unknown, covered or closed. */
  leads: Float64Array
  /** The lead: days, NaN when unknown, covered or closed. */
  lead: Float64Array
  /** Index into `CONCERNS` of the concern with the least room; 255 when covered, 254 when closed, 253 when unknown. */
  concern: Uint8Array
}

export const COVERED = 255
export const CLOSED = 254
export const UNKNOWN = 253

export function briefs(deals: readonly Deal[], methodology: Methodology, asOf: PlainDate): Portfolio {
  const model = modelOf(methodology)
  const n = deals.length
  const columns: Portfolio = {
    n,
    known: new Uint8Array(n),
    phases: new Float64Array(n * PHASES.length),
    leading: new Uint8Array(n),
    stalled: new Float64Array(n),
    progress: new Float64Array(n),
    demand: new Float64Array(n * CONCERNS.length),
    readiness: new Float64Array(n * CONCERNS.length),
    leads: new Float64Array(n * CONCERNS.length).fill(NaN),
    lead: new Float64Array(n).fill(NaN),
    concern: new Uint8Array(n).fill(CLOSED),
  }
  const scratch = newScratch(chainOf(model).open)
  for (let i = 0; i < n; i++) row(columns, i, deals[i]!, model, asOf, scratch)
  return columns
}

function row(columns: Portfolio, i: number, deal: Deal, model: Model, asOf: PlainDate, scratch: Scratch): void {
  const seen = dealAsOf(deal, asOf)
  const traits = traitsOf(seen, model, asOf)
  const people = presentPeople(seen, asOf)
  const today = dayNumber(asOf)
  const track = trackOf(seen, model, asOf, scratch)
  const segment = current(track)
  const { regime } = segment
  const now = nowOf(track)
  const shares = phaseShares(regime, now)
  columns.known[i] = Number(isKnown(track))
  columns.phases.set(shares, i * PHASES.length)
  columns.leading[i] = PHASES.indexOf(leadingPhase(shares))
  columns.stalled[i] = stalledShare(regime, now)
  columns.progress[i] = progressOf(regime, now)
  const demand = expectedDemand(model, regime, traits, people, now)
  const basis = readinessBasis(seen, model, traits, people)
  CONCERNS.forEach((concern, c) => {
    columns.demand[i * CONCERNS.length + c] = demand[c]!
    columns.readiness[i * CONCERNS.length + c] = readinessOn(basis, concern, today)
  })
  if (track.state !== 'open') return
  const entry = entryOf(seen)
  const reached = reachedDays(track, () => pastOf(track.open, track.told?.worth, scratch), true)
  const rooms = topicRooms(
    {
      deal: seen,
      model,
      basis,
      today,
      reached,
      over: (phase) => shareFrom(regime, now, endRank(model, phase)),
      firstContact: entry ? dayNumber(entry) : segment.from,
    },
    true,
  )
  const concerns = concernRooms(rooms)
  CONCERNS.forEach((concern, c) => {
    const value = concerns[concern].days
    if (value !== null) columns.leads[i * CONCERNS.length + c] = value
  })
  const lead = leadFrom(
    rooms,
    executivesRoom({ deal: seen, model, asOf, relations: meetings(seen, model, asOf), reached }),
  )
  if (lead.days !== null) columns.lead[i] = lead.days
  const deciding = decidingConcern(concerns)
  columns.concern[i] =
    lead.state === 'unknown'
      ? UNKNOWN
      : lead.state === 'covered' || deciding === null
        ? COVERED
        : CONCERNS.indexOf(deciding)
}
