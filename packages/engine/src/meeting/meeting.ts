import { CONCERNS, LEVELS } from '../methodology/schema.ts'
import type { ConcernId, Methodology, Text } from '../methodology/schema.ts'
import type { Brief } from '../brief/schema.ts'
import type { Deal } from '../deal/deal.ts'
import { forbidden, tenderGuard } from '../deal/tender.ts'
import { meetingOf, said } from './context.ts'
import type { Meeting, Participant } from './context.ts'
import { historyOf, numbersOf, promisesOf, rivalsOf, takeBackOf } from './past.ts'
import type { MeetingPage, MeetingPerson, MeetingRequest } from './schema.ts'
import { answersOf, asksOf, pointsOf, proofOfMeeting, shortcomingOf } from './talk.ts'
import type { Ask } from './talk.ts'

/**
 * One page for a meeting, from any planned step or for any people of the deal: why and what we want, who they are and what they care
 * about on the day of the brief, how we came here, promises, rivals, their numbers, three points, one shortcoming, one proof, one ask, and
 * answers. Undefined where none of `request.with` is on the map that day. Pure and total; same input, same page.
 */
export function meetingPage(
  whole: Deal,
  brief: Brief,
  methodology: Methodology,
  request: MeetingRequest,
): MeetingPage | undefined {
  const meeting = meetingOf(whole, brief, methodology, request)
  if (!meeting) return undefined
  const { deal, model, asOf, on, play, people, say, what } = meeting
  const chief = people[0]!
  const asks = asksOf(meeting)
  const promises = promisesOf(meeting)
  const rivals = rivalsOf(meeting)
  const numbers = numbersOf(meeting)
  const persons = people.map((person) => personOf(meeting, person, asks))
  const shortcoming = shortcomingOf(meeting, asks, promises)
  const takesBack = play?.does?.includes('trust_regained') === true
  const takeBack = takesBack ? takeBackOf(meeting, shortcoming) : null
  const names = people.map(({ name }) => name)
  const law = forbidden(
    tenderGuard(deal, model, asOf),
    people.map(({ card }) => card),
    on,
    model,
  )
  const { minutes, text } = mannerOf(meeting)
  const aim = methodology.meetings.aims.find((entry) => entry.play === play?.id)?.text
  return {
    asOf: brief.asOf,
    on,
    deal: deal.name,
    account: deal.account?.name ?? null,
    play: play?.id ?? null,
    name:
      what === null
        ? (play?.name ?? say('noPlay', { people: { en: names.join(', '), zh: names.join('、') } }))
        : said(what),
    ours: meeting.ours,
    parityMissing: parityMissing(meeting),
    forbidden: law,
    purpose: [
      ...(play ? [play.objective] : []),
      ...meeting.why,
      ...(chief.card.agenda ? [say('theirAim', { person: chief.name, agenda: chief.card.agenda })] : []),
    ],
    aim:
      aim ??
      play?.objective ??
      methodology.meetings.speak.find(({ concern }) => concern === persons[0]!.cares.concern)!.text,
    manner: { minutes, text },
    names: Object.fromEntries((deal.people ?? []).map(({ id, name }) => [id, name])),
    people: persons,
    history: historyOf(meeting),
    promises,
    rivals,
    numbers,
    points: pointsOf(meeting, asks, { promises, numbers, people: persons, shortcoming, takeBack }),
    shortcoming,
    ...proofOfMeeting(meeting, asks),
    ask: law ? null : askOf(meeting),
    answers: answersOf(meeting, asks, rivals),
    takeBack,
    after: afterOf(meeting),
  }
}

/** How to be with the highest of them. */
function mannerOf({ people, model }: Meeting): { minutes: number; text: Text } {
  const level = LEVELS.find((one) => people.some((person) => person.level === one))
  return model.methodology.meetings.manners.find((manner) => manner.level === level)!
}

const parityMissing = ({ play, deal: { us } }: Meeting): boolean =>
  play?.parity === true && !us?.execSponsor && !us?.team?.some(({ rank }) => rank === 'executive')

function personOf({ brief }: Meeting, { id, level, view, card }: Participant, asks: readonly Ask[]): MeetingPerson {
  const own = brief.demand.people.find((entry) => entry.person === id)?.now
  const cares = CONCERNS.map((concern) => ({
    concern,
    demand: own?.[concern] ?? brief.demand.now[concern].value,
    readiness: readinessOf(brief, concern, id),
  })).reduce((top, next) => (next.demand > top.demand ? next : top))
  const asked = asks
    .filter((ask) => ask.person.id === id && ask.asked !== null && ask.status !== 'presented')
    .reduce<Ask | null>((last, next) => (last === null || next.asked! > last.asked! ? next : last), null)
  return {
    id,
    name: view.name,
    title: view.title,
    roles: [...view.roles],
    level,
    rung: view.rung,
    trust: view.trust,
    stance: view.stance,
    hold: view.hold?.state ?? null,
    lastTouch: view.lastTouch,
    agenda: card.agenda || null,
    pressures: card.pressures || null,
    businessModel: card.businessModel || null,
    cares,
    asked: asked ? { topic: asked.topic.id, on: asked.asked! } : null,
  }
}

/** How much of what somebody asks of a concern is answered; where nobody counts this person, what holds for the deal. */
function readinessOf(brief: Brief, concern: ConcernId, person: string): number {
  let [sum, total] = [0, 0]
  for (const topic of brief.readiness.topics[concern]) {
    const mine = topic.people.find((entry) => entry.person === person)
    if (!mine) continue
    sum += topic.weight * mine.value
    total += topic.weight
  }
  return total > 0 ? Math.min(1, sum / total) : brief.readiness.now[concern]
}

/** What the play asks for; without a play the question whose answer decides most, else whether anything worries them. */
function askOf({ play, brief, say }: Meeting): Text {
  return play?.ask ?? brief.homework[0]?.question ?? say('usAsked')
}

const LEADERS = ['project_leader', 'champion', 'coach'] as const

/** What the play says of the day after; whoever leads the work with us hears of a meeting above on the same day. */
function afterOf({ play, people, brief, ids, say }: Meeting): Text[] {
  const above = people.some(({ level }) => level !== 'working')
  const leader = LEADERS.flatMap((role) =>
    brief.people.people.filter(
      (person) => person.roles.includes(role) && !person.numberOne && person.rung !== 'unknown',
    ),
  )[0]
  return [
    ...(play ? [play.followUp] : []),
    ...(above && leader && !ids.has(leader.id) ? [say('tell', { person: leader.name })] : []),
    say('record'),
  ]
}
