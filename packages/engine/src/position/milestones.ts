import { dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import { firstRank } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Deal, ProcessStep } from '../deal/deal.ts'
import type { Text } from '../methodology/schema.ts'

/** A milestone of the customer's process that says something of the position: reached, or told for a day to come. */
export interface Milestone {
  /** Place in the deal's `process`. */
  index: number
  step: string
  /** Reaching it means being at or beyond this rank; 24 is the decision. */
  rank: number
  /** The day it was reached, or is told for. */
  day: DayNumber
  /** Probability with which the word is taken, 0..1. */
  reliability: number
  done: boolean
}

/** Rank of a process entry; undefined where neither its name nor a phase says where it belongs. */
export function rankOfStep({ step, phase }: ProcessStep, model: Model): number | undefined {
  const known = model.milestones.get(step)
  if (known && (phase === undefined || phase === known.phase)) return known.rank
  return phase === undefined ? undefined : firstRank(model, phase)
}

/** An entry of the process that holds, and how often its date was moved to a later day before. */
interface Standing {
  entry: ProcessStep
  index: number
  slips: number
}

/**
 * The entries that hold. A date that moves is another entry for the same step: of those told for one step the one that was
 * written down last holds (of equal ones the later in the list), unless the step is done; what is done always stands.
 */
function standing(process: readonly ProcessStep[]): Standing[] {
  const written = (entry: ProcessStep): string => entry.recordedOn ?? ''
  const told = new Map<string, { entry: ProcessStep; index: number }[]>()
  process.forEach((entry, index) => {
    const list = told.get(entry.step)
    if (list) list.push({ entry, index })
    else told.set(entry.step, [{ entry, index }])
  })
  return [...told.values()].flatMap((versions): Standing[] => {
    if (versions.length === 1) return [{ ...versions[0]!, slips: 0 }]
    const sorted = [...versions].sort((a, b) =>
      written(a.entry) < written(b.entry) ? -1 : written(a.entry) > written(b.entry) ? 1 : a.index - b.index,
    )
    const days = sorted.flatMap(({ entry }) => entry.on ?? [])
    const slips = days.filter((day, i) => i > 0 && day > days[i - 1]!).length
    const done = sorted.filter(({ entry }) => entry.done)
    return (done.length > 0 ? done : sorted.slice(-1)).map((version) => ({ ...version, slips }))
  })
}

/** Probability with which a told date is taken: of who said it, less for each time the date has slipped. */
function reliabilityOf({ source }: ProcessStep, slips: number, model: Model): number {
  const { sources, unsaid, slip } = model.methodology.phases.told
  return (sources.find(({ id }) => id === source)?.reliability ?? unsaid) * slip ** slips
}

/**
 * The milestones of a deal that count on a day: what is done, and what is told for a later day. A told day that has passed
 * says nothing (it is homework). A step done without a date counts from the day it was written down, else from today.
 * `deal` must be cut to `today`.
 */
export function milestonesOf(deal: Deal, model: Model, today: DayNumber): Milestone[] {
  if (!deal.process || deal.process.length === 0) return []
  const { done: certainty, furthestDays } = model.methodology.phases.told
  return standing(deal.process).flatMap(({ entry, index, slips }): Milestone[] => {
    if (entry.applies === false) return []
    const rank = rankOfStep(entry, model)
    if (rank === undefined) return []
    if (entry.done) {
      const on = entry.on ?? entry.recordedOn
      const day = on === undefined ? today : dayNumber(on)
      return [{ index, step: entry.step, rank, day, reliability: certainty, done: true }]
    }
    if (entry.on === undefined) return []
    const day = dayNumber(entry.on)
    if (day <= today || day - today > furthestDays) return []
    return [{ index, step: entry.step, rank, day, reliability: reliabilityOf(entry, slips, model), done: false }]
  })
}

/** A date of the customer's own process that is told and not yet reached. */
export interface ToldDate {
  /** Place in the deal file's `process`. */
  index: number
  step: string
  name: Text
  on: PlainDate
  /** Who said it; null: the file does not say. */
  source: { id: string; name: Text } | null
  /** Probability with which it is taken. */
  reliability: number
  slips: number
  /** The day is past and nobody wrote that it happened: it says nothing until somebody does. */
  passed: boolean
}

/** The dates that are told, soonest first. `places`: where each entry of `seen.process` stands in the file. */
export function toldDates(seen: Deal, model: Model, asOf: PlainDate, places: readonly number[]): ToldDate[] {
  return standing(seen.process ?? [])
    .flatMap(({ entry, index, slips }): ToldDate[] => {
      if (entry.done || entry.on === undefined || entry.applies === false) return []
      const source = model.methodology.phases.told.sources.find(({ id }) => id === entry.source)
      return [
        {
          index: places[index]!,
          step: entry.step,
          name: model.milestones.get(entry.step)?.name ?? { en: entry.step, zh: entry.step },
          on: entry.on,
          source: source ? { id: source.id, name: source.name } : null,
          reliability: reliabilityOf(entry, slips, model),
          slips,
          passed: entry.on < asOf,
        },
      ]
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.index - b.index))
}
