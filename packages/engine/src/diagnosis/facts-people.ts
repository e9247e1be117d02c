import type { Person } from '../deal/deal.ts'
import type { FactContext, FactFunctions } from './context.ts'
import {
  daysSince,
  didPlay,
  doneTouches,
  evidenceOf,
  given,
  presentPeopleOf,
  signalsCounted,
  topOf,
  within,
} from './recent.ts'

/** Facts of executives, cover, coaches and rivals. */
export const peopleFacts: FactFunctions = {
  'execs.top.identified': (ctx) => (ctx.deal.people ? topOf(ctx) !== undefined : undefined),
  'execs.top.met': topMet,
  'execs.top.substantive_touches': (ctx) =>
    topTouches(ctx)?.filter((touch) => ctx.model.plays.get(touch.play ?? '')?.substantive === true).length,
  'execs.top.days_since_touch': (ctx) => {
    const touches = topTouches(ctx)
    return (
      touches &&
      daysSince(
        ctx,
        touches.map((touch) => touch.on),
      )
    )
  },
  'execs.top.local': (ctx) => topOf(ctx)?.local,
  'execs.top.hold_commitment': (ctx) => ctx.relations.people.find((person) => person.numberOne)?.hold?.state,
  'execs.top.trust_reconfirmed_days': (ctx) => {
    const touches = topTouches(ctx)
    return (
      touches &&
      daysSince(
        ctx,
        touches.filter((touch) => didPlay(ctx, touch, 'trust_regained')).map((touch) => touch.on),
      )
    )
  },
  'execs.deputy.stance': deputyStance,
  'execs.count_mapped': (ctx) =>
    ctx.deal.people ? ctx.relations.people.filter((person) => person.executive).length : undefined,
  'execs.needs_known': (ctx) => cardKnown(topOf(ctx), 'agenda'),
  'execs.pressures_known': (ctx) => cardKnown(topOf(ctx), 'pressures'),
  'execs.business_model_known': (ctx) => cardKnown(topOf(ctx), 'businessModel'),
  'coverage.operational': (ctx) => coverage(ctx, false),
  'coverage.exec': (ctx) => coverage(ctx, true),
  'coach.count': (ctx) => countWith(ctx, 'coach'),
  'champion.count': (ctx) => countWith(ctx, 'champion'),
  'access.path': (ctx) => topOf(ctx)?.path,
  'competitor.count': ({ deal }) => deal.rivals?.filter((rival) => rival.kind !== 'status-quo').length,
  'competitor.met_top': rivalMetTop,
  'competitor.leading': rivalLeads,
}

/** Marks of signals by which the seller's own words say so without a map. */
const NOT_MET = 'top_unmet'
const DEPUTY_WITH_US = 'deputy_support'

/** Done touches with the number one; undefined while either is unknown: who it is, or what we did. */
function topTouches(ctx: FactContext): ReturnType<typeof doneTouches> {
  const top = topOf(ctx)
  return top ? doneTouches(ctx)?.filter((touch) => touch.with.includes(top.id)) : undefined
}

function topMet(ctx: FactContext): boolean | undefined {
  const top = topOf(ctx)
  const evidence = evidenceOf(ctx)
  // Without a map the words alone may say it.
  if (!top) return signalsCounted(ctx, { tag: NOT_MET, days: 60 })?.length ? false : undefined
  const touches = doneTouches(ctx)
  if (touches?.some((touch) => touch.with.includes(top.id)) || evidence?.some((piece) => piece.from === top.id))
    return true
  return touches || evidence ? false : undefined
}

/** Once a card was begun, what is not on it is not known; a card never begun says nothing. */
function cardKnown(top: Person | undefined, field: 'agenda' | 'pressures' | 'businessModel'): boolean | undefined {
  if (!top || [top.agenda, top.pressures, top.businessModel].every((entry) => entry === undefined)) return undefined
  return given(top[field]) === true
}

function deputyStance(ctx: FactContext): number | undefined {
  const deputies = ctx.relations.people.filter(
    (person) => person.roles.includes('deputy') || person.roles.includes('project_leader'),
  )
  const known = deputies.flatMap((person) => (person.stance === null ? [] : [person.stance]))
  if (known.length > 0) return Math.max(...known)
  return !ctx.deal.people && signalsCounted(ctx, { tag: DEPUTY_WITH_US })?.length ? 1 : undefined
}

/** Share of the mapped people met in 60 days; with executives only a contact of substance counts. */
function coverage(ctx: FactContext, executive: boolean): number | undefined {
  const touches = doneTouches(ctx)?.filter((touch) => within(ctx, touch.on, 60))
  const mapped = ctx.relations.people.filter((person) => person.executive === executive)
  if (!touches || mapped.length === 0) return undefined
  const counts = executive
    ? touches.filter((touch) => ctx.model.plays.get(touch.play ?? '')?.substantive === true)
    : touches
  return mapped.filter((person) => counts.some((touch) => touch.with.includes(person.id))).length / mapped.length
}

/** People who have the role or have done what shows it. */
function countWith(ctx: FactContext, role: string): number | undefined {
  const people = presentPeopleOf(ctx)
  if (!people) return undefined
  const shown = new Set(
    evidenceOf(ctx)
      ?.filter((piece) => ctx.model.signals.get(piece.signal)?.shows === role)
      .map((piece) => piece.from),
  )
  return people.filter((person) => person.roles.includes(role) || shown.has(person.id)).length
}

function rivalMetTop(ctx: FactContext): boolean | undefined {
  const top = topOf(ctx)
  if (signalsCounted(ctx, { rival: ['met_decider'], days: 90 })?.length) return true
  const { rivals } = ctx.deal
  if (!rivals) return undefined
  if (top && rivals.some((rival) => rival.contacts?.some((contact) => contact.person === top.id))) return true
  return rivals.every((rival) => rival.contacts !== undefined) ? false : undefined
}

function rivalLeads({ deal }: FactContext): boolean | undefined {
  if (!deal.rivals) return undefined
  if (deal.rivals.some((rival) => rival.leading === true)) return true
  return deal.rivals.every((rival) => rival.leading === false) ? false : undefined
}
