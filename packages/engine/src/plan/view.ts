import type { Assessment } from '../assess/assess.ts'
import type { Ground } from '../assess/ground.ts'
import { addDays, dayNumber } from '../core/dates.ts'
import type { DayNumber, PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, SetAside, TeamMember } from '../deal/deal.ts'
import { levelOfRole } from '../methodology/check-references.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { PersonLevel, PhaseId, PlanFile } from '../methodology/schema.ts'
import type { Facts } from '../diagnosis/facts.ts'
import { workingDays } from './calendar.ts'
import type { Calendars } from './calendar.ts'
import { aboutRival } from '../deal/subject.ts'
import { outcomeOf } from '../deal/outcomes.ts'
import { silenceOn, tenderGuard } from '../deal/tender.ts'
import type { TenderGuard } from '../deal/tender.ts'
import { topicsOf } from './view-topics.ts'
import type { TopicNeed } from './view-topics.ts'
import { waysIn } from './ways-in.ts'
import type { WayIn } from './ways-in.ts'

/** Whoever has this much influence and decides by role decides. */
const WEIGHTY = 4
/** How long words of theirs count as said lately. */
const RECENT_DAYS = 60

/** A person at the customer as the planner sees them. Days are counted from today; what was is negative. */
export interface PlanPerson {
  id: string
  name: string
  roles: readonly string[]
  /** For which plays they count. */
  levels: ReadonlySet<PersonLevel>
  /** How high they stand: spacing and ways in hang on it. */
  standing: PersonLevel
  top: boolean
  decides: boolean
  influence: number
  /** 0.1 … 1.3: what happens with this person counts so much. */
  weight: number
  rung: number
  trust: number
  stance: number | null
  hold: 'none' | 'asked' | 'given' | 'broken' | null
  holdFragile: boolean
  lastTouch: number | null
  lastSubstantive: number | null
  /** The last contact of a rival, uncancelled. */
  rival: { name: string; day: number } | null
  /** Bad signs and open questions heard from them lately. */
  objections: number
  /** Carries us inside: coach, champion, or a supporter whom we know. */
  inside: boolean
  local: boolean | null
  agendaKnown: boolean
  /** Ways in, the best first; empty once we know each other. */
  ways: readonly WayIn[]
  /** Topics that this person asks, with what answers them. */
  topics: readonly TopicNeed[]
}

/** One of ours who can go. */
export interface PlanOurs {
  id: string
  name: string
  executive: boolean
  rank: NonNullable<TeamMember['rank']>
  hours: number | null
  absent: readonly { from: number; to: number }[]
}

/** A play, a person or both that the plan leaves out, until a day or for good. */
export type Aside = Pick<SetAside, 'play' | 'person' | 'until'>

/** All that the planner reads: made from the ground and the judgement of a deal, and from nothing else. */
export interface PlanView {
  model: Model
  method: PlanFile
  style: PlanFile['styles'][number]
  asOf: PlainDate
  today: DayNumber
  deal: Deal
  people: readonly PlanPerson[]
  ours: readonly PlanOurs[]
  facts: Facts
  open: boolean
  /** Index of the leading phase. */
  leading: number
  entryMode: 'early' | 'mid' | 'late' | null
  win: number | null
  /** P(one of these phases) on a day, of the futures that are still undecided. */
  phaseShare: (phases: readonly PhaseId[], day: number) => number
  /** Median day on which each phase begins; 0 when it has; null beyond the horizon. */
  begins: readonly (number | null)[]
  /** The day of the decision, as told or as expected; null: not within the horizon. */
  decision: number | null
  /** The day on which the choice among rivals falls: the award of a tender, else the decision. */
  choice: number | null
  /** Nothing is planned beyond. */
  end: number
  /** What the law says of meeting people, and the silence that stands or comes next. */
  guard: TenderGuard
  silence: { from: number; to: number | null } | null
  /** They have named us first, and no rival since. */
  preferred: boolean
  /** What the plan is not to propose. */
  aside: readonly Aside[]
  working: (day: number) => boolean
  hoursPerWeek: number
  /** Plays that others must come after. */
  afterPlays: ReadonlySet<string>
  /** A hold at the top would stand on nothing: a reason to wait must be made below first. */
  needsBase: boolean
  date: (day: number) => PlainDate
  daysOf: (on: PlainDate) => number
}

export function viewOf(
  ground: Ground,
  assessment: Assessment,
  calendars: Calendars,
  style: 'steady' | 'swift',
): PlanView {
  const { model, asOf, today } = ground
  const { seen } = assessment
  const method = model.methodology.plan
  const days = (on: string | null | undefined): number | null => (on ? dayNumber(on as PlainDate) - today : null)
  const begins = PHASES.map((phase) => ground.daysToPhase(phase))
  const told = decisionTold(seen, asOf)
  const decision = ground.open ? (told ? days(told) : ground.daysToDecision) : null
  const chosen = method.styles.find(({ id }) => id === style)!
  const worked = workingDays(calendars)
  const guard = tenderGuard(seen, model, asOf)
  const silence = guard.overruled
    ? null
    : (silenceOn(guard, asOf) ?? guard.windows.find(({ from }) => from > asOf) ?? null)
  const mode = assessment.facts.get('entry.mode')
  const entryMode: PlanView['entryMode'] = mode === 'early' || mode === 'mid' || mode === 'late' ? mode : null
  const base = {
    model,
    method,
    style: chosen,
    asOf,
    today,
    deal: seen,
    facts: assessment.facts,
    open: ground.open,
    leading: PHASES.indexOf(ground.leading),
    entryMode,
    win: assessment.win?.value ?? null,
    phaseShare: phaseShares(ground),
    begins,
    decision,
    choice: ground.open ? (choiceTold(seen, asOf, days) ?? decision) : null,
    end: Math.min(method.horizonDays, decision ?? method.horizonDays),
    guard,
    silence: silence && { from: days(silence.from)!, to: days(silence.to) },
    preferred: namedFirst(seen, model, today),
    aside: seen.setAside ?? [],
    working: (day: number) => worked(today + day),
    hoursPerWeek: seen.us?.hoursPerWeek ?? method.usualHoursPerWeek,
    afterPlays: new Set(model.methodology.plays.plays.flatMap(({ after }) => (after ? [after.play] : []))),
    needsBase: needsBase(ground, seen),
    date: (day: number) => addDays(asOf, day),
    daysOf: (on: PlainDate) => dayNumber(on) - today,
  }
  const ours = oursOf(seen, days)
  return { ...base, ours, people: peopleOf(ground, assessment, { ...base, ours }, days) }
}

type Base = Omit<PlanView, 'people'>

/** Nobody at working level has met us in a way that gives a reason of their own to wait, and somebody there could. */
function needsBase({ relations, model }: Ground, deal: Deal): boolean {
  const working = relations.cover.working?.value ?? 0
  const done = (deal.touches ?? []).some(
    ({ play, outcome }) => outcome === 'done' && model.plays.get(play ?? '')?.does?.includes('base_arranged'),
  )
  return !done && working > 0 && working < BASE_COVER
}

/** Working cover above which the level below can carry a hold. */
const BASE_COVER = 0.4

/** A date of the signature or the award that the customer told and that lies ahead. */
function decisionTold(deal: Deal, asOf: PlainDate): PlainDate | null {
  const ahead = (step: string): PlainDate | undefined =>
    deal.process?.find(
      (entry) => entry.step === step && entry.applies !== false && !entry.done && entry.on && entry.on > asOf,
    )?.on
  return ahead('signature') ?? ahead('award') ?? ahead('board-approval') ?? null
}

/** So long a word of theirs that we are first stands. */
const FIRST_DAYS = 180
const FIRST: ReadonlySet<string> = new Set(['preferred', 'ranked_first', 'awarded'])

function namedFirst(deal: Deal, model: Model, today: DayNumber): boolean {
  let last: { on: PlainDate; us: boolean } | null = null
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (piece.status === 'rejected' || !signal?.rival || !FIRST.has(signal.rival)) continue
    if (!last || piece.on >= last.on) last = { on: piece.on, us: !aboutRival(piece, signal, deal) }
  }
  return last !== null && last.us && today - dayNumber(last.on) <= FIRST_DAYS
}

function choiceTold(deal: Deal, asOf: PlainDate, days: (on: string) => number | null): number | null {
  const steps = deal.process?.filter(
    ({ step, on }) => on && on > asOf && (step === 'award' || step === 'award-publicity'),
  )
  return steps?.length ? Math.min(...steps.map(({ on }) => days(on!)!)) : null
}

function phaseShares(ground: Ground): PlanView['phaseShare'] {
  const { forecast, regime, shares } = ground
  if (!forecast) return (phases) => phases.reduce((sum, phase) => sum + shares[PHASES.indexOf(phase)]!, 0)
  const { n, first } = regime
  const rows = new Map<number, Float64Array>()
  const row = (day: number): Float64Array => {
    let found = rows.get(day)
    if (found) return found
    found = new Float64Array(PHASES.length)
    const at = Math.min(day, forecast.days) * 2 * n
    let total = 0
    for (let p = 0; p < OPEN_PHASES; p++) {
      for (let j = first[p]!; j < first[p + 1]!; j++) found[p]! += forecast.open[at + j]! + forecast.open[at + n + j]!
      total += found[p]!
    }
    if (total > 0) for (let p = 0; p < OPEN_PHASES; p++) found[p]! /= total
    rows.set(day, found)
    return found
  }
  return (phases, day) => phases.reduce((sum, phase) => sum + row(day)[PHASES.indexOf(phase)]!, 0)
}

function oursOf(deal: Deal, days: (on: string) => number | null): PlanOurs[] {
  const team = (deal.us?.team ?? []).map(({ id, name, rank = 'seller', hoursPerWeek, absences = [] }): PlanOurs => ({
    id,
    name,
    executive: rank === 'executive',
    rank,
    hours: hoursPerWeek ?? null,
    absent: absences.map(({ from, to }) => ({ from: days(from)!, to: days(to)! })),
  }))
  const sponsor = deal.us?.execSponsor
  if (sponsor && !team.some(({ executive, name }) => executive || sponsor.includes(name)))
    team.push({ id: sponsor, name: sponsor, executive: true, rank: 'executive', hours: null, absent: [] })
  return team
}

function peopleOf(
  ground: Ground,
  { seen, readiness }: Assessment,
  base: Base,
  days: (on: string | null) => number | null,
): PlanPerson[] {
  const { model, relations } = ground
  const rungs = model.rungIndex
  const registered = rungs.get('registered')!
  const insideOf = (person: (typeof relations.people)[number]): boolean =>
    person.roles.includes('coach') ||
    person.roles.includes('champion') ||
    ((person.stance ?? 0) >= 1 && rungs.get(person.rung)! >= registered)
  const guides = relations.people.filter(insideOf)
  return relations.people.map((person): PlanPerson => {
    const levels = new Set<PersonLevel>(
      person.roles.flatMap((role) => {
        const known = model.roles.get(role)
        return known ? [levelOfRole(known)] : []
      }),
    )
    if (levels.size === 0) levels.add('working')
    if (person.numberOne) levels.clear()
    if (person.numberOne || levels.has('top')) levels.add('top')
    const standing: PersonLevel = levels.has('top') ? 'top' : levels.has('executive') ? 'executive' : 'working'
    const buyer = person.numberOne || person.roles.includes('economic_buyer')
    const known = seen.people!.find(({ id }) => id === person.id)!
    const rung = rungs.get(person.rung)!
    const inside = insideOf(person)
    const who = { id: person.id, standing, path: known.path ?? null }
    return {
      id: person.id,
      name: person.name,
      roles: person.roles,
      levels,
      standing,
      top: person.numberOne,
      decides: buyer || (person.decides && person.influence >= WEIGHTY),
      influence: person.influence,
      weight: (person.influence / 5) ** 1.2 * (buyer ? 1.3 : 1),
      rung,
      trust: person.trust,
      stance: person.stance,
      hold: person.hold?.state ?? null,
      holdFragile: person.hold?.fragile ?? false,
      lastTouch: days(person.lastTouch),
      lastSubstantive: days(person.lastSubstantive),
      rival: rivalAt(person.id, seen, model, days),
      objections: objectionsOf(person.id, seen, model, days),
      inside,
      local: known.local ?? null,
      agendaKnown: Boolean(known.agenda),
      ways: waysIn(who, { model, guides, ours: base.ours, met: rung >= registered }),
      topics: topicsOf(person, base, readiness),
    }
  })
}

/** The last uncancelled contact of a vendor with somebody. */
function rivalAt(person: string, deal: Deal, model: Model, days: (on: string) => number | null): PlanPerson['rival'] {
  const cancelled = Math.max(
    ...(deal.touches ?? []).map((touch) => {
      const outcome = outcomeOf(touch)
      const play = touch.play ? model.plays.get(touch.play) : undefined
      const cancels = outcome === 'done' && play?.outcomes?.done?.rival === 'cancelled' && touch.with.includes(person)
      return cancels ? days(touch.on)! : -Infinity
    }),
    -Infinity,
  )
  let last: PlanPerson['rival'] = null
  for (const rival of deal.rivals ?? []) {
    if ((rival.kind ?? 'vendor') !== 'vendor') continue
    for (const contact of rival.contacts ?? []) {
      const day = days(contact.on)!
      if (contact.person === person && day > cancelled && (!last || day > last.day)) last = { name: rival.name, day }
    }
  }
  return last
}

function objectionsOf(person: string, deal: Deal, model: Model, days: (on: string) => number | null): number {
  return (deal.evidence ?? []).filter((piece) => {
    if (piece.from !== person || piece.status === 'rejected' || days(piece.on)! < -RECENT_DAYS) return false
    const signal = model.signals.get(piece.signal)
    return signal?.polarity === 'negative' || signal?.asks !== undefined
  }).length
}
