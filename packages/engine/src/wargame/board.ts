import type { Assessment } from '../assess/assess.ts'
import type { Ground } from '../assess/ground.ts'
import { dayNumber } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal, Rival } from '../deal/deal.ts'
import { ledgerOf, trustLeft } from '../deal/ledger.ts'
import { tenderGuard } from '../deal/tender.ts'
import { TOP_ROLE } from '../methodology/check-references.ts'
import { CONCERNS, OPEN_PHASES } from '../methodology/schema.ts'
import type { ConcernId, FeatureId, OutlookFile } from '../methodology/schema.ts'
import { featuresOf } from '../outlook/features.ts'
import type { Features } from '../outlook/features.ts'
import { tiesOf } from '../outlook/support.ts'
import { signsOf, strengthOf } from '../outlook/signs.ts'
import { climb, eventsOf } from '../people/ladder.ts'
import { decides, isExecutive, relations } from '../people/relations.ts'
import type { Relations } from '../people/relations.ts'
import { answersOf } from '../readiness/answers.ts'
import { NO_HOLIDAYS } from '../plan/calendar.ts'
import { viewOf } from '../plan/view.ts'
import type { PlanView } from '../plan/view.ts'

/** A person as the game begins. Days are counted from today; what was is negative. */
export interface Pawn {
  id: string
  name: string
  top: boolean
  executive: boolean
  decides: boolean
  /** In which features the support counts: seats, else one of the groups. */
  seats: { numberOne: boolean; buyer: boolean }
  influence: number
  rung: number
  /** Somebody of ours has met them. */
  met: boolean
  /** Of the last contact of substance, or of the last climb; null: neither. */
  since: number | null
  substantive: boolean
  /** What refusals since then, and promises, leave of the trust. */
  setback: number
  promises: number
  stance: number | null
  /** 1 given, −1 broken, 0 else. */
  hold: -1 | 0 | 1
  /** What the other rivals' ties leave free, and on how many days the rival of the game was there, 0, 1 or 2 for more. */
  free: number
  tied: number
}

/** The deal of today in the form the game is played in; everything in it is the engine's own. */
export interface Board {
  model: Model
  asOf: PlainDate
  /** The deal with what the game leaves as it is: no promise falls due, no proof expires, nobody leaves. */
  deal: Deal
  relations: Relations
  view: PlanView
  pawns: Pawn[]
  /** Who plays against us: the one ahead, else the incumbent, else the first; `invented` where the file names nobody. */
  rival: Rival
  invented: boolean
  features: Features
  /** Topics: weight in `answered`, best answer so far, the worry each was asked with; and their weight in each concern. */
  topics: { ids: string[]; weight: Float64Array; answer: Float64Array; worry: Float64Array }
  concerns: Record<ConcernId, { topics: Int32Array; weights: Float64Array; demand: Float64Array }>
  /** Days since the first contact, as the win number counts them; null: not known, or nobody is on the map. */
  firstContact: number | null
  /** The last sign of life, a day; null: none. */
  alive: number | null
  /** Days on which people may not be met by law, and who is quiet then. */
  silences: { from: number; to: number }[]
  quiet: boolean[]
}

const INVENTED: Rival = { id: 'rival-of-the-game', name: '—', kind: 'in-house' } as Rival

/** Facts that would turn by themselves while the game is played are left as they stand today. */
export function stillDeal(seen: Deal, asOf: PlainDate): Deal {
  return {
    ...seen,
    ...(seen.people && {
      people: seen.people.map(({ leftOn, ...person }) => (leftOn && leftOn <= asOf ? { ...person, leftOn } : person)),
    }),
    ...(seen.commitments && {
      commitments: seen.commitments.map((promise) => {
        if (promise.doneOn !== undefined || promise.dueOn === undefined || promise.dueOn < asOf) return promise
        const { dueOn: _, ...rest } = promise
        return rest
      }),
    }),
    ...(seen.proofs && {
      proofs: seen.proofs.map((proof) => {
        if (proof.expiresOn === undefined || proof.expiresOn <= asOf) return proof
        const { expiresOn: _, ...rest } = proof
        return rest
      }),
    }),
  }
}

export function boardOf(ground: Ground, assessment: Assessment): Board {
  const { model, asOf, today } = ground
  const still = stillDeal(assessment.seen, asOf)
  const vendors = (still.rivals ?? []).filter((one) => (one.kind ?? 'vendor') === 'vendor')
  const rival = vendors.find((one) => one.leading) ?? vendors.find((one) => one.incumbent) ?? vendors[0]
  // An unnamed rival is no vendor, so that its being there moves no number before it moves itself.
  const deal: Deal = rival ? still : { ...still, rivals: [...(still.rivals ?? []), INVENTED] }
  const related = relations(deal, model, asOf)
  const features = featuresOf(deal, related, model, asOf)
  const guard = tenderGuard(deal, model, asOf)
  const pawns = pawnsOf(deal, related, model, rival ?? INVENTED, asOf)
  const since = deal.firstContactOn ?? deal.openedOn
  return {
    model,
    asOf,
    deal,
    relations: related,
    view: viewOf(ground, assessment, NO_HOLIDAYS, assessment.seen.style ?? 'steady'),
    pawns,
    rival: rival ?? INVENTED,
    invented: rival === undefined,
    features,
    topics: topicsOf(deal, model, asOf),
    concerns: concernsOf(ground, assessment),
    firstContact: deal.people && since !== undefined ? dayNumber(since) - today : null,
    alive: features.silence.known > 0 ? -features.silence.value : null,
    silences: guard.overruled
      ? []
      : guard.windows.map(({ from, to }) => ({
          from: dayNumber(from) - today,
          to: to === null ? Infinity : dayNumber(to) - today,
        })),
    quiet: pawns.map(({ id }) => guard.quiet(deal.people!.find((person) => person.id === id)!)),
  }
}

function pawnsOf(deal: Deal, related: Relations, model: Model, rival: Rival, asOf: PlainDate): Pawn[] {
  const today = dayNumber(asOf)
  const ledger = ledgerOf(deal, asOf)
  const others = tiesOf({ ...deal, rivals: (deal.rivals ?? []).filter(({ id }) => id !== rival.id) }, model)
  const rolesOf = (id: FeatureId): readonly string[] =>
    model.methodology.outlook.features.find((feature) => feature.id === id)?.roles ?? []
  const [first, buyer] = [rolesOf('number_one'), rolesOf('economic_buyer')]
  const topRole = related.people.some(({ roles }) => roles.includes(TOP_ROLE)) ? [TOP_ROLE] : buyer
  return related.people.map((one) => {
    const events = eventsOf(one.id, deal, model)
    const { climbs } = climb(events, model)
    const substantive = events.findLast((event) => event.substantive)
    const since = substantive?.on ?? climbs.at(-1)?.on ?? null
    const days = new Set((rival.contacts ?? []).filter(({ person }) => person === one.id).map(({ on }) => on))
    return {
      id: one.id,
      name: one.name,
      top: one.roles.some((role) => topRole.includes(role)),
      executive: isExecutive(one, model),
      decides: decides(one, model),
      seats: {
        numberOne: one.roles.some((role) => first.includes(role)),
        buyer: one.roles.some((role) => buyer.includes(role)),
      },
      influence: one.influence,
      rung: model.rungIndex.get(one.rung)!,
      met: one.lastTouch !== null,
      since: since === null ? null : dayNumber(since) - today,
      substantive: substantive !== undefined,
      setback: events.reduce((left, { on, trust }) => (since === null || on > since ? left * trust : left), 1),
      promises: trustLeft(ledger, one.id),
      stance: one.stance,
      hold: one.hold?.state === 'given' ? 1 : one.hold?.state === 'broken' ? -1 : 0,
      free: 1 - (others.get(one.id) ?? 0),
      tied: Math.min(2, days.size),
    }
  })
}

/** Best answers and worries, as the win number reads them: of what the evidence says only what does not speak against us. */
function topicsOf(deal: Deal, model: Model, asOf: PlainDate): Board['topics'] {
  const day = dayNumber(asOf)
  const without = new Set(deal.notNeeded?.map(({ topic }) => topic))
  const topics = [...model.topics.values()]
  const at = new Map(topics.map(({ id }, i) => [id, i]))
  const answer = new Float64Array(topics.length)
  const worry = new Float64Array(topics.length)
  for (const { topic, from, until, value } of answersOf(
    { ...deal, evidence: signsOf(deal, model).notAgainst },
    model,
  )) {
    const i = at.get(topic)
    if (i !== undefined && from <= day && day < until) answer[i] = Math.max(answer[i]!, value)
  }
  for (const piece of deal.evidence ?? []) {
    const signal = model.signals.get(piece.signal)
    if (piece.status === 'rejected' || !signal?.asks || signal.polarity === 'positive' || signal.answers) continue
    for (const topic of signal.asks) {
      const i = at.get(topic)!
      worry[i] = Math.max(worry[i]!, strengthOf(piece, model) * model.methodology.outlook.question)
    }
  }
  return {
    ids: topics.map(({ id }) => id),
    weight: Float64Array.from(topics, ({ id, weight }) => (without.has(id) ? 0 : weight)),
    answer,
    worry,
  }
}

/** How much of each concern is asked in each open phase, 0..1, and the topics it is made of. */
function concernsOf(ground: Ground, { basis }: Assessment): Board['concerns'] {
  const { regime, demand, model } = ground
  const at = new Map([...model.topics.keys()].map((id, i) => [id, i]))
  const of = (concern: ConcernId): Board['concerns'][ConcernId] => {
    const mean = new Float64Array(OPEN_PHASES)
    const count = new Float64Array(OPEN_PHASES)
    for (let i = 0; i < regime.n; i++) {
      const phase = regime.phaseOf[i]!
      if (phase >= OPEN_PHASES) continue
      mean[phase]! += demand[concern][i]!
      count[phase]!++
    }
    return {
      topics: Int32Array.from(basis.needs[concern], ({ topic }) => at.get(topic.id)!),
      weights: Float64Array.from(basis.needs[concern], ({ weight }) => weight),
      demand: mean.map((sum, i) => (count[i]! > 0 ? sum / count[i]! : 0)),
    }
  }
  return Object.fromEntries(CONCERNS.map((concern) => [concern, of(concern)])) as Board['concerns']
}

/** Coefficients of the win number in one row: base of P(decided), base of P(ours), then the features in their order. */
export function coefficientsOf({ base, features }: OutlookFile): Float64Array {
  const logit = (p: number): number => Math.log(p / (1 - p))
  return Float64Array.from([
    logit(1 - base.noDecision),
    logit(base.won / (1 - base.noDecision)),
    ...features.map(({ coefficient }) => coefficient),
  ])
}
