import { addDays } from '../core/dates.ts'
import { forbidden, silenceOn, tenderGuard } from '../deal/tender.ts'
import type { PlainDate } from '../core/dates.ts'
import { phaseIndex } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import type { Finding } from '../diagnosis/schema.ts'
import type { Lead } from '../lead/schema.ts'
import type { PlannedPlay } from './schema.ts'
import type { Facts } from '../diagnosis/facts.ts'
import { evaluate } from '../diagnosis/evaluate.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import type { PhaseId, Play } from '../methodology/schema.ts'
import type { Relations } from '../people/relations.ts'

export interface PlanInput {
  deal: Deal
  model: Model
  asOf: PlainDate
  findings: readonly Finding[]
  facts: Facts
  lead: Lead
  relations: Relations
  daysToPhase: (phase: PhaseId) => number | null
  daysToDecision: number | null
}

/**
 * Until the planner chooses among all plays, the plan is what the findings recommend: each play once, with the day on which
 * it must be started to be done in time, what must hold first, and whether a tender forbids it for now.
 */
export function recommendedPlays(input: PlanInput): PlannedPlay[] {
  const { model, findings, asOf } = input
  const because = new Map<string, string[]>()
  for (const finding of findings) {
    for (const play of finding.plays) {
      const rules = because.get(play)
      if (rules) rules.push(finding.rule)
      else because.set(play, [finding.rule])
    }
  }
  const guard = tenderGuard(input.deal, model, asOf)
  const silence = silenceOn(guard, asOf)
  const list = [...because].flatMap(([id, rules]): PlannedPlay[] => {
    const play = model.plays.get(id)!
    if (isOver(play, input)) return []
    const people = audience(play, input.relations)
    // Nobody may be met: only what is done among ourselves or in writing is left, or with those who may.
    const may = people.filter((who) => forbidden(guard, [who], asOf, model) === null)
    if (silence && needsMeeting(play) && may.length === 0) return []
    const first = unmet(play, input)
    if (first.some(({ fact, holds }) => holds === false && model.facts.get(fact)?.circumstance)) return []
    const before = dueOf(play, input, findings)
    const startBy = before ? addDays(before.on, -play.leadDays[1]) : null
    return [
      {
        play: id,
        name: play.name,
        objective: play.objective,
        because: rules,
        with: may.map(({ id: person }) => person),
        concern: play.concern,
        startBy,
        before,
        leadDays: play.leadDays[1],
        late: startBy !== null && startBy < asOf,
        first,
      },
    ]
  })
  // Findings are ranked, and so is the order in which plays were met; the date to start decides, rank breaks ties.
  const rank = new Map([...because.keys()].map((id, i) => [id, i]))
  return list.sort((a, b) => compareDates(a.startBy, b.startBy) || rank.get(a.play)! - rank.get(b.play)!)
}

/** It means meeting somebody at the customer, not only work among ourselves or a paper handed in. */
function needsMeeting({ levels, inWriting }: Play): boolean {
  return levels.length > 0 && !inWriting
}

/** The customer is past every phase the play fits. */
function isOver(play: Play, { lead }: PlanInput): boolean {
  return play.phases.every((phase) => phaseIndex(phase) < lead.step.theirs)
}

/** Preconditions that do not hold or are not known. */
function unmet(play: Play, { facts, model }: PlanInput): PlannedPlay['first'] {
  return play.preconditions.flatMap((condition) => {
    const { value } = evaluate(condition, facts)
    const name = model.facts.get(condition.fact)?.name
    return value === true || !name ? [] : [{ fact: condition.fact, name, holds: value }]
  })
}

function compareDates(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

/** People at the customer the play is for, the number one first. */
function audience(play: Play, { people }: Relations): Relations['people'] {
  const ordered = [...people].sort(
    (a, b) => Number(b.numberOne) - Number(a.numberOne) || b.influence - a.influence || (a.id < b.id ? -1 : 1),
  )
  const ids = (keep: (person: (typeof people)[number]) => boolean): Relations['people'] => ordered.filter(keep)
  switch (play.with) {
    case 'top':
      return ids((person) => person.numberOne)
    case 'executive':
      return ids((person) => person.executive && person.decides)
    case 'working':
      return ids((person) => !person.executive)
    case 'anyone':
    case 'nobody':
      return []
  }
}

interface Due {
  what: NonNullable<PlannedPlay['before']>['what']
  on: PlainDate
}

/**
 * What the play must be done before: it starts at once when a gate is broken, a rival has reached the number one or its
 * concern is already behind; else the crossing of its concern; else the end of the last phase it fits.
 */
function dueOf(play: Play, input: PlanInput, findings: readonly Finding[]): Due | null {
  const { asOf, lead, daysToPhase, daysToDecision } = input
  if (
    play.kind === 'gate' ||
    findings.some(({ rule, plays }) => input.model.rules.get(rule)?.atOnce && plays.includes(play.id))
  ) {
    return { what: 'now', on: addDays(asOf, play.leadDays[1]) }
  }
  const crossing = play.concern ? lead.concerns?.[play.concern] : undefined
  if (crossing?.state === 'behind') return { what: 'now', on: addDays(asOf, play.leadDays[1]) }
  if (crossing?.state === 'ahead' && crossing.crossing) return { what: 'crossing', on: crossing.crossing as PlainDate }
  const last = Math.max(...play.phases.map(phaseIndex))
  if (last >= OPEN_PHASES) return null
  if (last === OPEN_PHASES - 1)
    return daysToDecision === null ? null : { what: 'decision', on: addDays(asOf, daysToDecision) }
  const next = input.model.phases[last + 1]!.id
  const days = daysToPhase(next)
  return days === null ? null : { what: 'phase', on: addDays(asOf, Math.max(days, 0)) }
}
