import { addDays, daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import { silenceOn } from '../deal/tender.ts'
import { personMoved, subjectOf } from '../deal/subject.ts'
import { ledgerOf } from '../deal/ledger.ts'
import type { FactContext, FactFunctions } from './context.ts'
import { doneTouches, evidenceOf, latestBy, presentPeopleOf, within } from './recent.ts'

/** Patience of a customer who has asked: an answer later than this is late. */
const PATIENCE = 10

/** Facts of what went wrong or falls due: silence, single threads, rivals unanswered, questions, promises, tenders. */
export const healthFacts: FactFunctions = {
  'evidence.signals_60d': (ctx) => evidenceOf(ctx)?.filter((piece) => within(ctx, piece.on, 60)).length,
  'people.active_60d': activePeople,
  'people.against_unanswered': (ctx) => againstUnanswered(ctx)?.length,
  // Without a word of the customer nobody knows whether it stands still.
  'process.stalled': ({ deal, position }) => (deal.evidence?.length ? position.stalled : undefined),
  'process.overdue': ({ deal, asOf }) =>
    deal.process?.filter((step) => step.applies !== false && !step.done && step.on !== undefined && step.on < asOf)
      .length,
  'days.to_next_phase': ({ position, model }) => {
    const next = position.index + 1 < OPEN_PHASES ? model.phases[position.index + 1] : undefined
    return (next && position.daysToPhase(next.id)) ?? undefined
  },
  'days.to_decision': ({ position }) => position.daysToDecision ?? undefined,
  'execs.deciders_unmet': (ctx) => decidersUnmet(ctx)?.length,
  'competitor.days_since_decider': (ctx) => {
    const known = rivalsAtDeciders(ctx)
    if (known === undefined) return undefined
    return known.reduce((least, { known: on }) => Math.min(least, daysBetween(on, ctx.asOf)), 999)
  },
  'competitor.decider_answered': (ctx) => {
    const contacts = rivalsAtDeciders(ctx)
    const touches = doneTouches(ctx)
    if (!contacts || !touches) return undefined
    return contacts.every(({ person, on }) =>
      touches.some((touch) => touch.on >= on && (person === undefined || touch.with.includes(person))),
    )
  },
  'risk.asked_open': (ctx) => askedOpen(ctx)?.length,
  'risk.asked_topics': askedOpen,
  'odds.model': ({ winProbability }) => (winProbability === null ? undefined : Math.round(winProbability * 100)),
  'odds.gap': ({ winProbability, deal }) => {
    const seller = latestBy(deal.sellerEstimate)
    return winProbability === null || !seller ? undefined : Math.round((seller.value - winProbability) * 100)
  },
  'discount.uncountered': ({ deal, asOf }) =>
    deal.discounts?.filter(
      ({ on }) => daysBetween(on, asOf) < 90 && !(deal.commitments ?? []).some(({ promisedOn }) => promisedOn >= on),
    ).length,
  'commitments.overdue': (ctx) => overdueOf(ctx, 'them'),
  'commitments.ours_overdue': (ctx) => overdueOf(ctx, 'us'),
  'tender.law': ({ guard }) => guard.regime.law,
  'tender.silent': ({ deal, guard, asOf }) =>
    deal.process || deal.evidence ? silenceOn(guard, asOf) !== null : undefined,
  'tender.planned_in_silence': ({ deal, guard }) =>
    deal.plan?.filter(
      (step) =>
        step.status === 'open' && step.on !== undefined && meetsQuiet({ deal, guard }, step.with ?? [], step.on),
    ).length,
  'tender.contacts_in_silence': (ctx) =>
    doneTouches(ctx)?.filter(({ on, with: met }) => within(ctx, on, 90) && meetsQuiet(ctx, met, on)).length,
}

function meetsQuiet(
  { deal, guard }: Pick<FactContext, 'deal' | 'guard'>,
  met: readonly string[],
  day: PlainDate,
): boolean {
  return (
    silenceOn(guard, day) !== null &&
    met.some((id) => {
      const person = deal.people?.find((other) => other.id === id)
      return !person || guard.quiet(person)
    })
  )
}

function activePeople(ctx: FactContext): number | undefined {
  const evidence = evidenceOf(ctx)
  const touches = doneTouches(ctx)
  if (!evidence || !touches) return undefined
  return new Set([
    ...evidence.filter((piece) => within(ctx, piece.on, 60)).flatMap((piece) => piece.from ?? []),
    ...touches.filter((touch) => within(ctx, touch.on, 60)).flatMap((touch) => touch.with),
  ]).size
}

/** People of weight who stand against us and with whom nobody of ours has been since that is known. */
export function againstUnanswered(ctx: FactContext): string[] | undefined {
  const people = presentPeopleOf(ctx)
  if (!people || !ctx.relations.people.some(({ stance }) => stance !== null)) return undefined
  const touches = doneTouches(ctx) ?? []
  return ctx.relations.people
    .filter(({ stance, influence, decides }) => stance !== null && stance < 0 && (influence >= 3 || decides))
    .filter(({ id }) => {
      const recorded = people.find((person) => person.id === id)?.stance?.flatMap(({ on }) => on ?? []) ?? []
      const heard = (evidenceOf(ctx) ?? []).flatMap((piece) => {
        const signal = ctx.model.signals.get(piece.signal)
        return signal?.stance && personMoved(piece, signal) === id ? [piece.on] : []
      })
      const since = [...recorded, ...heard].reduce<PlainDate | undefined>(
        (last, on) => (!last || on > last ? on : last),
        undefined,
      )
      return !touches.some((touch) => touch.with.includes(id) && (since === undefined || touch.on > since))
    })
    .map(({ id }) => id)
}

/** Those who decide alone: the number one and the economic buyer of the map, never met by us. */
export function decidersUnmet(ctx: FactContext): string[] | undefined {
  const touches = doneTouches(ctx)
  if (!ctx.deal.people || !touches) return undefined
  const deciders = ctx.relations.people.filter(
    ({ numberOne, decides, roles }) =>
      numberOne || (decides && ctx.model.methodology.people.lastWord.some((role) => roles.includes(role))),
  )
  if (deciders.length === 0) return undefined
  return deciders
    .filter(
      ({ id }) =>
        !touches.some((touch) => touch.with.includes(id)) &&
        !(evidenceOf(ctx) ?? []).some((piece) => piece.from === id),
    )
    .map(({ id }) => id)
}

interface Contact {
  person: string | undefined
  on: PlainDate
  /** The day on which we knew. */
  known: PlainDate
}

/** Contacts of rivals with people who decide, as recorded or heard, of the last 90 days. */
export function rivalsAtDeciders(ctx: FactContext): Contact[] | undefined {
  const { rivals } = ctx.deal
  const evidence = evidenceOf(ctx)
  if (!rivals && !evidence) return undefined
  const deciders = new Set(
    ctx.relations.people.filter(({ executive, decides }) => executive && decides).map(({ id }) => id),
  )
  const recorded = (rivals ?? []).flatMap((rival) =>
    (rival.contacts ?? []).flatMap(({ person, on, recordedOn }): Contact[] =>
      deciders.has(person) ? [{ person, on, known: recordedOn ?? on }] : [],
    ),
  )
  const heard = (evidence ?? []).flatMap((piece): Contact[] => {
    const signal = ctx.model.signals.get(piece.signal)
    if (signal?.rival !== 'met_decider') return []
    const about = subjectOf(piece, signal, ctx.deal)
    return [
      { person: about?.kind === 'person' ? about.id : undefined, on: piece.on, known: piece.recordedOn ?? piece.on },
    ]
  })
  return [...recorded, ...heard].filter(({ known }) => known > addDays(ctx.asOf, -90))
}

/** Topics of risk asked about in 90 days, more than the customer's patience ago, and no answer recorded that is ready or better. */
function askedOpen(ctx: FactContext): string[] | undefined {
  const evidence = evidenceOf(ctx)
  if (!evidence) return undefined
  const answered = new Set([
    ...ctx.riskTopics.filter(({ points }) => points > 0).map(({ topic }) => topic),
    ...(ctx.deal.notNeeded ?? []).map(({ topic }) => topic),
  ])
  const asked = new Map<string, PlainDate>()
  for (const piece of evidence) {
    const age = daysBetween(piece.on, ctx.asOf)
    if (age <= PATIENCE || age > 90) continue
    for (const topic of ctx.model.signals.get(piece.signal)?.asks ?? [])
      if (ctx.model.topics.get(topic)?.concern === 'risk') asked.set(topic, piece.on)
  }
  return [...asked.keys()].filter((topic) => !answered.has(topic))
}

/** Promises of one side whose day has passed. */
const overdueOf = ({ deal, asOf }: FactContext, side: 'us' | 'them'): number | undefined =>
  deal.commitments && ledgerOf(deal, asOf).filter(({ by, overdue }) => by === side && overdue).length
