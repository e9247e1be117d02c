import { z } from 'zod'
import { modelOf, proofOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import type { PlainDate } from '../core/dates.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal, Person } from '../deal/deal.ts'
import { daysLate } from '../lead/start-by.ts'
import { CONCERNS, ConcernId, Text } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { forbidden, tenderGuard } from '../deal/tender.ts'
import type { Brief } from './schema.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const Share = z.number().min(0).max(1)
const ProofState = z.enum(['missing', 'preparing', 'prepared', 'presented', 'accepted'])

/**
 * One page for a meeting with a person: who they are, what they care about now, what was promised, what they may ask, and of insight,
 * proof and request one each. Words of the method come in both languages; what somebody wrote is the same in both. People are named by
 * their ids in the deal.
 */
export const Briefing = z.strictObject({
  asOf: Day,
  person: z.strictObject({
    id: z.string(),
    name: z.string(),
    title: z.string().optional(),
    roles: z.array(z.string()),
    numberOne: z.boolean(),
    rung: z.string(),
    trust: Share,
    stance: z.number().optional(),
    lastTouch: Day.optional(),
    hold: z.enum(['none', 'asked', 'given', 'broken']).optional(),
    agenda: z.string().optional(),
    pressures: z.string().optional(),
    businessModel: z.string().optional(),
  }),
  /** Strongest first. `readiness`: how much of what this person asks of the concern is answered, 0..1. */
  caresAbout: z.array(z.strictObject({ concern: ConcernId, demand: Share, readiness: Share })),
  /** By its day, undated last. `by` us: steps planned with the person and proofs under way for them. */
  promised: z.array(
    z.strictObject({
      by: z.enum(['us', 'them']),
      kind: z.enum(['step', 'proof', 'commitment']),
      what: Text,
      on: Day.optional(),
      late: z.boolean(),
    }),
  ),
  /** Topics this person asks that nothing was shown for, most urgent first; `asked`: the day they last did ask. */
  mayAsk: z.array(
    z.strictObject({
      topic: z.string(),
      concern: ConcernId,
      question: Text,
      status: ProofState,
      proof: z.string().optional(),
      asked: Day.optional(),
    }),
  ),
  insight: z
    .strictObject({ kind: z.enum(['ucv', 'finding', 'pain']), text: Text, number: z.string().optional() })
    .optional(),
  /** What to bring. `startBy`: it is not ready, and the last day to start it. `daysLate`: that day is past by so many days. */
  proof: z
    .strictObject({
      topic: z.string(),
      proof: z.string(),
      name: Text,
      status: ProofState,
      startBy: Day.optional(),
      daysLate: z.number().int().optional(),
    })
    .optional(),
  ask: z
    .strictObject({
      kind: z.enum(['step', 'play', 'homework']),
      play: z.string().optional(),
      name: Text.optional(),
      fact: z.string().optional(),
      text: Text,
    })
    .optional(),
})
export type Briefing = z.infer<typeof Briefing>

/** Questions that fit on a page. */
const MAY_ASK = 5
/** An open question presses as if the concern stood this much higher. */
const ASKED_BONUS = 0.5
const PAIN = 'pain'

/** Words that somebody wrote. */
const said = (text: string): Text => ({ en: text, zh: text })

/** The briefing for a meeting with `person`, an id of the deal's people; undefined when nobody there has it. Pure and total. */
export function briefing(deal: Deal, from: Brief, methodology: Methodology, person: string): Briefing | undefined {
  const asOf = from.asOf as PlainDate
  const seen = dealAsOf(deal, asOf)
  const model = modelOf(methodology)
  const card = seen.people?.find(({ id }) => id === person)
  const view = from.people.people.find(({ id }) => id === person)
  if (!card || !view) return undefined
  const caresAbout = caresOf(from, person)
  const mayAsk = questionsOf(seen, from, model, person)
  const insight = insightFor(seen, from, model, person, caresAbout[0]?.concern)
  const proof = proofFor(from, model, person, mayAsk, asOf)
  const ask = askFor(seen, from, model, card, asOf)
  return {
    asOf: from.asOf,
    person: {
      id: view.id,
      name: view.name,
      ...(view.title === null ? {} : { title: view.title }),
      roles: [...view.roles],
      numberOne: view.numberOne,
      rung: view.rung,
      trust: view.trust,
      ...(view.stance === null ? {} : { stance: view.stance }),
      ...(view.lastTouch === null ? {} : { lastTouch: view.lastTouch }),
      ...(view.hold === null ? {} : { hold: view.hold.state }),
      ...(card.agenda ? { agenda: card.agenda } : {}),
      ...(card.pressures ? { pressures: card.pressures } : {}),
      ...(card.businessModel ? { businessModel: card.businessModel } : {}),
    },
    caresAbout,
    promised: promisesOf(seen, model, card, asOf),
    mayAsk,
    ...(insight ? { insight } : {}),
    ...(proof ? { proof } : {}),
    ...(ask ? { ask } : {}),
  }
}

/** Where nobody counts this person among those who ask a concern's topics, the deal's readiness stands for theirs. */
function caresOf(from: Brief, person: string): Briefing['caresAbout'] {
  const own = from.demand.people.find((entry) => entry.person === person)?.now
  return CONCERNS.map((concern) => {
    let [sum, total] = [0, 0]
    for (const topic of from.readiness.topics[concern]) {
      const mine = topic.people.find((entry) => entry.person === person)
      if (!mine) continue
      sum += topic.weight * mine.value
      total += topic.weight
    }
    const demand = own?.[concern] ?? from.demand.now[concern].value
    return { concern, demand, readiness: total > 0 ? Math.min(1, sum / total) : from.readiness.now[concern] }
  }).sort((a, b) => b.demand - a.demand)
}

function promisesOf(deal: Deal, model: Model, person: Person, asOf: PlainDate): Briefing['promised'] {
  const late = (on: PlainDate | undefined): boolean => on !== undefined && on < asOf
  const dated = (on: PlainDate | undefined): { on?: string; late: boolean } => ({
    ...(on === undefined ? {} : { on }),
    late: late(on),
  })
  const steps = (deal.plan ?? [])
    .filter((step) => step.status === 'open' && step.with?.includes(person.id))
    .map((step) => ({ by: 'us' as const, kind: 'step' as const, what: stepWords(step, model), ...dated(step.on) }))
  const proofs = (deal.proofs ?? []).flatMap((proof) => {
    if (!proof.for?.includes(person.id) || proof.history.at(-1)?.status !== 'preparing') return []
    const name = proofOf(model.topics.get(proof.topic), proof.proof)?.name ?? said(proof.proof)
    return [{ by: 'us' as const, kind: 'proof' as const, what: name, ...dated(proof.readyOn) }]
  })
  const theirs = (deal.commitments ?? [])
    .filter(({ who, doneOn }) => doneOn === undefined && (who === person.id || who === person.name))
    .map((promise) => ({
      by: 'them' as const,
      kind: 'commitment' as const,
      what: said(promise.what),
      ...dated(promise.dueOn),
    }))
  return [...steps, ...proofs, ...theirs].sort((a, b) => compare(a.on ?? '9', b.on ?? '9'))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function stepWords({ what, play }: { what?: string; play?: string }, model: Model): Text {
  return what === undefined
    ? ((play === undefined ? undefined : model.plays.get(play)?.name) ?? said(play ?? '…'))
    : said(what)
}

function questionsOf(deal: Deal, from: Brief, model: Model, person: string): Briefing['mayAsk'] {
  const asked = new Map<string, string>()
  for (const piece of deal.evidence ?? []) {
    if (piece.from !== person || piece.status === 'rejected') continue
    for (const topic of model.signals.get(piece.signal)?.asks ?? [])
      if (piece.on > (asked.get(topic) ?? '')) asked.set(topic, piece.on)
  }
  const demand = from.demand.people.find((entry) => entry.person === person)?.now
  const open = CONCERNS.flatMap((concern) =>
    from.readiness.topics[concern].flatMap((topic) => {
      const mine = topic.people.find((entry) => entry.person === person)
      const since = asked.get(topic.topic)
      if (!mine && since === undefined) return []
      const status = mine?.status ?? topic.status
      const value = mine?.value ?? topic.value
      if (status === 'presented' || status === 'accepted') return []
      const proof = mine?.proof ?? topic.proof
      const press = topic.weight * (1 - value) * ((demand?.[concern] ?? 0) + (since === undefined ? 0 : ASKED_BONUS))
      const question = model.topics.get(topic.topic)?.question ?? topic.name
      return [
        {
          press,
          item: {
            topic: topic.topic,
            concern,
            question,
            status,
            ...(proof === null ? {} : { proof }),
            ...(since === undefined ? {} : { asked: since }),
          },
        },
      ]
    }),
  )
  return open
    .sort((a, b) => b.press - a.press)
    .slice(0, MAY_ASK)
    .map(({ item }) => item)
}

/** What only we give, on the concern that weighs most with them; else the pain they named; else what the rules say is most at stake. */
function insightFor(
  deal: Deal,
  from: Brief,
  model: Model,
  person: string,
  concern: ConcernId | undefined,
): Briefing['insight'] {
  const ucvs = [...(deal.ucv ?? [])].sort(
    (a, b) =>
      Number(b.concern === concern) - Number(a.concern === concern) ||
      Number(b.confirmedBy === person) - Number(a.confirmedBy === person) ||
      compare(b.on, a.on),
  )
  const ucv = ucvs[0]
  if (ucv) return { kind: 'ucv', text: said(ucv.onlyUs), ...(ucv.number === undefined ? {} : { number: ucv.number }) }
  const pains = (deal.evidence ?? []).filter(
    ({ signal, quote, status }) =>
      model.signals.get(signal)?.tags?.includes(PAIN) && quote !== undefined && status === 'confirmed',
  )
  const pain = pains.sort((a, b) => Number(b.from === person) - Number(a.from === person) || compare(b.on, a.on))[0]
  if (pain) return { kind: 'pain', text: said(pain.quote!) }
  const finding = from.findings[0]
  return finding ? { kind: 'finding', text: finding.message } : undefined
}

/** Of the questions they may ask, the first with a proof in hand; else the first that can still be started. */
function proofFor(
  from: Brief,
  model: Model,
  person: string,
  mayAsk: Briefing['mayAsk'],
  asOf: PlainDate,
): Briefing['proof'] {
  for (const { topic, proof, status } of mayAsk) {
    const known = proof === undefined || status !== 'prepared' ? undefined : proofOf(model.topics.get(topic), proof)
    if (known) return { topic, proof: known.id, name: known.name, status }
  }
  for (const { topic, status } of mayAsk) {
    const start = from.lead.startBy.find(
      (item) => item.topic === topic && (item.for.length === 0 || item.for.includes(person)),
    )
    if (!start) continue
    const late = daysLate(start, asOf)
    return {
      topic,
      proof: start.proof,
      name: start.proofName,
      status,
      startBy: start.startBy,
      ...(late > 0 && { daysLate: late }),
    }
  }
  return undefined
}

/** The step planned with them, else the play recommended for them; else the question whose answer decides most. */
function askFor(deal: Deal, from: Brief, model: Model, person: Person, asOf: PlainDate): Briefing['ask'] {
  const silent = forbidden(tenderGuard(deal, model, asOf), [person], asOf, model) !== null
  const steps = (deal.plan ?? [])
    .filter((step) => step.status === 'open' && step.with?.includes(person.id))
    .sort((a, b) => compare(a.on ?? '9', b.on ?? '9'))
  const planned = steps.find((step) => step.play !== undefined && model.plays.has(step.play))
  const recommended = from.plan.find((play) => play.with.includes(person.id))
  const play = silent ? undefined : model.plays.get(planned?.play ?? recommended?.play ?? '')
  if (play) return { kind: planned ? 'step' : 'play', play: play.id, name: play.name, text: play.ask }
  const homework = from.homework[0]
  return homework ? { kind: 'homework', fact: homework.fact, text: homework.question } : undefined
}
