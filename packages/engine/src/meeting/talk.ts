import { addDays, daysBetween } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import { proofOf } from '../core/model.ts'
import { CONCERNS } from '../methodology/schema.ts'
import type { ConcernId, Proof, Text, Topic } from '../methodology/schema.ts'
import type { TopicReadiness } from '../readiness/schema.ts'
import { said } from './context.ts'
import type { Meeting, Participant } from './context.ts'
import type { MeetingPage, MeetingPromise } from './schema.ts'

/** Questions that fit on a page, without those that everybody asks. */
const QUESTIONS = 4
/** An open question presses as if the concern stood this much higher. */
const ASKED_BONUS = 0.5
/** What was shown may be asked again, but presses less. */
const SHOWN = 0.35
const OPEN = new Set<TopicReadiness['status']>(['missing', 'preparing'])

/** A question that somebody present may ask. */
export interface Ask {
  topic: Topic
  view: TopicReadiness
  concern: ConcernId
  person: Participant
  status: TopicReadiness['status']
  proof: string | null
  asked: string | null
  press: number
}

/** What each may ask, the most pressing first; what is agreed is no question any more. One entry for each topic and person. */
export function asksOf({ deal, brief, model, people }: Meeting): Ask[] {
  const asked = new Map<string, string>()
  for (const piece of deal.evidence ?? []) {
    if (piece.from === undefined || piece.status === 'rejected') continue
    for (const topic of model.signals.get(piece.signal)?.asks ?? []) {
      const key = `${piece.from} ${topic}`
      if (piece.on > (asked.get(key) ?? '')) asked.set(key, piece.on)
    }
  }
  const asks = people.flatMap((person) => {
    const demand = brief.demand.people.find((entry) => entry.person === person.id)?.now
    return CONCERNS.flatMap((concern) =>
      brief.readiness.topics[concern].flatMap((view): Ask[] => {
        const topic = model.topics.get(view.topic)
        const mine = view.people.find((entry) => entry.person === person.id)
        const since = asked.get(`${person.id} ${view.topic}`) ?? null
        if (!topic || (!mine && since === null)) return []
        const status = mine?.status ?? view.status
        if (status === 'accepted') return []
        const level = (demand?.[concern] ?? 0) + (since === null ? 0 : ASKED_BONUS)
        const left = OPEN.has(status) ? 1 - (mine?.value ?? view.value) : status === 'prepared' ? 0.8 : SHOWN
        const press = view.weight * left * level * (person.view.influence / 5)
        return [{ topic, view, concern, person, status, proof: mine?.proof ?? view.proof, asked: since, press }]
      }),
    )
  })
  return asks.sort((a, b) => b.press - a.press || (a.topic.id < b.topic.id ? -1 : 1))
}

/** Days from now to when a paper can lie there: what is under way comes on its day. */
function readyBy({ deal, asOf }: Meeting, topic: Topic, proof: Proof): PlainDate {
  const own = (deal.proofs ?? []).find((one) => one.topic === topic.id && one.proof === proof.id)
  const coming = own?.history.at(-1)?.status === 'preparing' ? own.readyOn : undefined
  return coming !== undefined && coming >= asOf ? coming : addDays(asOf, proof.leadDays[1])
}

/** Of the papers that may be put before somebody: one under way that comes in time, else the strongest ready in time, else the quickest. */
function paperFor(meeting: Meeting, { topic, person, proof, status }: Ask): { proof: Proof; by: PlainDate } | null {
  const fits = topic.proofs.filter((one) => one.for.includes(person.level))
  const chosen = status === 'preparing' ? fits.find(({ id }) => id === proof) : undefined
  const coming = chosen && { proof: chosen, by: readyBy(meeting, topic, chosen) }
  if (coming && coming.by <= meeting.on) return coming
  const rank = { strong: 0, medium: 1, weak: 2 }
  const dated = fits
    .filter((one) => one.owner !== 'buyer' || one === chosen)
    .map((one) => ({ proof: one, by: readyBy(meeting, topic, one), strength: rank[one.strength] }))
  const inTime = dated.filter(({ by }) => by <= meeting.on)
  return (
    [...inTime].sort((a, b) => a.strength - b.strength || (a.by < b.by ? -1 : 1))[0] ??
    [...dated].sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.strength - b.strength))[0] ??
    null
  )
}

type Shown = Pick<MeetingPage, 'proof' | 'proofSays'>

/** One paper: what lies ready for the most pressing question, else what can be made in time; where nothing can, the most pressing with its day. */
export function proofOfMeeting(meeting: Meeting, asks: readonly Ask[]): Shown {
  const { deal, say, asOf, on } = meeting
  for (const { topic, person, proof, status } of asks) {
    const paper = status === 'prepared' && proof !== null ? proofOf(topic, proof) : undefined
    if (paper?.for.includes(person.level))
      return {
        proof: {
          topic: topic.id,
          proof: paper.id,
          name: paper.name,
          for: person.id,
          state: 'ready',
          begin: null,
          ready: null,
          shown: null,
        },
        proofSays: null,
      }
  }
  const open = asks.filter(({ status }) => OPEN.has(status))
  if (deal.proofs === undefined) return { proof: null, proofSays: say('proofUnknown') }
  const papers = open.flatMap((ask) => {
    const paper = paperFor(meeting, ask)
    return paper ? [{ ask, ...paper }] : []
  })
  const ready = papers.filter(({ by }) => by <= on)
  const inTime = ready.find(({ proof }) => proof.strength !== 'weak')
  const again = inTime ? undefined : asks.flatMap((ask) => shownOnce(meeting, ask))[0]
  if (again) return { proof: again, proofSays: null }
  const best = inTime ?? ready[0] ?? papers[0]
  if (!best) return { proof: null, proofSays: say('proofNone') }
  const late = daysBetween(on, best.by)
  const begin = addDays(on, -best.proof.leadDays[1])
  return {
    proof: {
      topic: best.ask.topic.id,
      proof: best.proof.id,
      name: best.proof.name,
      for: best.ask.person.id,
      state: late > 0 ? 'too-late' : 'in-time',
      begin: late > 0 || begin < asOf ? asOf : begin,
      ready: best.by,
      shown: null,
    },
    proofSays: null,
  }
}

/** A paper that this person saw and has not agreed to: it can be brought again. */
function shownOnce({ deal }: Meeting, { topic, person, proof, status }: Ask): NonNullable<MeetingPage['proof']>[] {
  const paper = status === 'presented' && proof !== null ? proofOf(topic, proof) : undefined
  const on = (deal.proofs ?? [])
    .find((one) => one.topic === topic.id && one.proof === proof)
    ?.history.findLast((step) => step.status === 'presented')?.on
  return paper?.for.includes(person.level) && on !== undefined
    ? [
        {
          topic: topic.id,
          proof: paper.id,
          name: paper.name,
          for: person.id,
          state: 'again',
          begin: null,
          ready: null,
          shown: on,
        },
      ]
    : []
}

/** What we must say ourselves before they do: a promise not kept, a question asked and open, else what they will ask next. */
export function shortcomingOf(
  meeting: Meeting,
  asks: readonly Ask[],
  promises: readonly MeetingPromise[],
): MeetingPage['shortcoming'] {
  const { say, deal } = meeting
  const ours = promises.filter(({ by }) => by === 'us')
  const of = (state: MeetingPromise['state']): MeetingPromise | undefined => ours.find((one) => one.state === state)
  const broken = of('broken')
  if (broken)
    return { kind: 'broken', text: say('missBroken', { what: broken.what }), repair: say('repairPromise'), by: null }
  const overdue = of('overdue')
  if (overdue)
    return {
      kind: 'overdue',
      text: say('missOverdue', { what: overdue.what, day: overdue.due! }),
      repair: say('repairPromise'),
      by: null,
    }
  const open = asks.filter(({ status }) => OPEN.has(status))
  const asked = open.filter((ask) => ask.asked !== null).sort((a, b) => (a.asked! > b.asked! ? -1 : 1))[0]
  const known = deal.proofs !== undefined
  if (asked)
    return {
      kind: 'asked',
      text: say('missAsked', { question: asked.topic.question, day: asked.asked! }),
      ...repair(asked),
    }
  const late = of('late')
  if (late)
    return {
      kind: 'late',
      text: say('missLate', { what: late.what, day: late.settled! }),
      repair: say('repairLate'),
      by: null,
    }
  if (!known) return { kind: 'unknown', text: say('missUnknown'), repair: null, by: null }
  const next = open[0]
  if (next) return { kind: 'topic', text: say('missTopic', { question: next.topic.question }), ...repair(next) }
  return { kind: 'none', text: say('missNone'), repair: null, by: null }

  function repair(ask: Ask): { repair: Text | null; by: string | null } {
    const paper = paperFor(meeting, ask)
    return paper
      ? { repair: say('repairProof', { proof: paper.proof.name, day: paper.by }), by: paper.by }
      : { repair: null, by: null }
  }
}

const TALKS_FIRST = new Set(['prepare', 'access'])
type Point = MeetingPage['points'][number]

/** Three points and no more. Where we come to listen, their pain comes before what we can do. */
export function pointsOf(
  meeting: Meeting,
  asks: readonly Ask[],
  page: Pick<MeetingPage, 'promises' | 'numbers' | 'people' | 'shortcoming' | 'takeBack'>,
): Point[] {
  const { deal, model, say, nameOf, play, people } = meeting
  const concern = page.people[0]!.cares.concern
  const ucvs = [...(deal.ucv ?? [])].sort(
    (a, b) =>
      Number(b.concern === concern) - Number(a.concern === concern) ||
      Number(b.confirmedBy === people[0]!.id) - Number(a.confirmedBy === people[0]!.id) ||
      (a.on > b.on ? -1 : 1),
  )
  const one = (kind: Point['kind'], text: Text | undefined): Point[] => (text ? [{ kind, text }] : [])
  const ucv = ucvs
    .slice(0, 1)
    .flatMap(({ goal, onlyUs, number }) =>
      one(
        'ucv',
        goal === undefined
          ? number === undefined
            ? said(onlyUs)
            : { en: `${onlyUs} (${number})`, zh: `${onlyUs}（${number}）` }
          : number === undefined
            ? say('pointUcvPlain', { goal, onlyUs })
            : say('pointUcv', { goal, onlyUs, number }),
      ),
    )
  const pain = page.numbers
    .filter(({ from, pain: hurts }) => from !== null && hurts)
    .slice(0, 1)
    .flatMap(({ text, from }) => one('pain', say('pointPain', { quote: text, person: nameOf(from!) })))
  const answer = asks
    .filter(({ status, proof }) => status === 'prepared' && proof !== null)
    .slice(0, 1)
    .flatMap(({ topic, proof }) => {
      const paper = proofOf(topic, proof!)
      return one('answer', paper && say('pointAnswer', { question: topic.question, proof: paper.name }))
    })
  const risk = deal.riskMessage ? one('risk', say('pointRisk', { risk: deal.riskMessage })) : []
  // Where trust is to be won back, what was agreed counts where no promise was written down.
  const keeps = page.takeBack?.kept.slice(0, 1).flatMap((text) => one('kept', text))
  const kept =
    keeps ??
    page.promises
      .filter(({ by, state, settled }) => by === 'us' && (state === 'kept' || state === 'late') && settled !== null)
      .slice(0, 1)
      .flatMap(({ what, settled }) => one('kept', say('pointKept', { what, day: settled! })))
  const missed = page.takeBack && page.shortcoming.repair ? one('missed', page.shortcoming.text) : []
  const concerns = [concern, ...CONCERNS.filter((other) => other !== concern)]
  const speak = concerns.flatMap((id) =>
    one('speak', model.methodology.meetings.speak.find((entry) => entry.concern === id)?.text),
  )
  const order = page.takeBack
    ? [kept, missed, ucv, answer, risk, pain, speak]
    : play && TALKS_FIRST.has(play.kind)
      ? [pain, speak.slice(0, 1), risk, kept, answer, ucv, speak.slice(1)]
      : [ucv, play?.concern === 'risk' ? risk : answer, answer, risk, pain, kept, speak]
  const seen = new Set<string>()
  return order
    .flat()
    .filter(({ text }) => !seen.has(text.en) && seen.add(text.en))
    .slice(0, 3)
}

/** What they may ask, with what to answer: topics, and the two questions that belong to nobody's role. */
export function answersOf(
  meeting: Meeting,
  asks: readonly Ask[],
  rivals: MeetingPage['rivals'],
): MeetingPage['answers'] {
  const { model, say, asOf, deal, brief, people } = meeting
  const { answers } = model.methodology.meetings
  const seen = new Set<string>()
  const topics = asks
    .filter(({ topic }) => !seen.has(topic.id) && seen.add(topic.id))
    .slice(0, QUESTIONS)
    .map((ask): MeetingPage['answers'][number] => {
      const words = answers.find(({ topic }) => topic === ask.topic.id)
      const state = stateOf(ask)
      const text = [state, words?.say].filter((part) => part !== undefined && part !== null) as Text[]
      return {
        topic: ask.topic.id,
        question: ask.topic.question,
        asked: ask.asked,
        answer: { en: text.map(({ en }) => en).join(' '), zh: text.map(({ zh }) => zh).join('') },
        never: words?.never ?? null,
      }
    })
  const contact = rivals?.[0]
  const ucv = (deal.ucv ?? []).at(-1)
  const whyUs = contact
    ? [
        {
          topic: 'rival',
          question: say('askWhyYou', { rival: contact.rival }),
          asked: null,
          answer: !ucv
            ? say('answerWhyYouUnknown', { rival: contact.rival })
            : contact.differs
              ? say('answerWhyYou', { onlyUs: ucv.onlyUs, rival: contact.rival, differs: contact.differs })
              : say('answerWhyYouPlain', { onlyUs: ucv.onlyUs, rival: contact.rival }),
          never: null,
        },
      ]
    : []
  const buys = people.some(({ view }) => view.roles.some((role) => BUYS.has(role)))
  const late = brief.position.known && LATE.has(brief.position.leading)
  const price =
    buys && late
      ? [{ topic: 'price', question: say('askLowest'), asked: null, answer: say('answerLowest'), never: null }]
      : []
  return [...topics, ...whyUs, ...price].slice(0, QUESTIONS + 1)

  function stateOf(ask: Ask): Text | null {
    const paper = ask.proof === null ? undefined : proofOf(ask.topic, ask.proof)
    // Nothing is written down of proofs at all: then it is not known whether there is one.
    if (deal.proofs === undefined) return null
    if (ask.status === 'presented' && paper) {
      const on = (deal.proofs ?? [])
        .find((one) => one.topic === ask.topic.id && one.proof === ask.proof)
        ?.history.findLast(({ status }) => status === 'presented')?.on
      return on ? say('answerPresented', { proof: paper.name, day: on }) : null
    }
    if (ask.status === 'prepared' && paper) return say('answerPrepared', { proof: paper.name })
    if (ask.status === 'preparing' && paper) return say('answerPreparing', { proof: paper.name })
    const next = paperFor(meeting, ask)
    if (!next) return null
    return say('answerMissing', {
      proof: next.proof.name,
      days: String(daysBetween(asOf, next.by)),
      day: next.by,
    })
  }
}

const BUYS = new Set(['procurement', 'finance', 'economic_buyer', 'number_one'])
const LATE = new Set(['evaluate', 'risk', 'commit'])
