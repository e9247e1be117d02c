import type { Lang } from '../methodology/words.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Model } from '../core/model.ts'
import { dealAsOf } from '../deal/as-of.ts'
import type { Deal, Person, PlanStep } from '../deal/deal.ts'
import type { Brief } from '../brief/schema.ts'
import type { PersonView } from '../people/schema.ts'
import type { Methodology, Play, Text } from '../methodology/schema.ts'
import type { MeetingSays } from '../methodology/meetings.ts'
import type { MeetingPerson, MeetingRequest } from './schema.ts'

type Level = MeetingPerson['level']
export type Places = Readonly<Record<string, string | Text>>

export interface Participant {
  id: string
  name: string
  level: Level
  view: PersonView
  card: Person
}

/** How things stand beside each other: no words of the method. */
const JOINS = {
  met: { en: '{what} with {people}: {outcome}', zh: '{what}（{people}）：{outcome}' },
  metDone: { en: '{what} with {people}', zh: '{what}（{people}）' },
  theyDid: { en: '{person}: {what}', zh: '{person}：{what}' },
  rivalSays: { en: '{rival}: {says}', zh: '{rival}：{says}' },
  pointUcv: { en: '{goal}: {onlyUs} ({number})', zh: '{goal}：{onlyUs}（{number}）' },
  pointUcvPlain: { en: '{goal}: {onlyUs}', zh: '{goal}：{onlyUs}' },
  pointAnswer: { en: '“{question}” {proof}', zh: '“{question}”{proof}' },
  answerWhyYou: { en: '{onlyUs}. {rival}: {differs}', zh: '{onlyUs}。{rival}：{differs}' },
  saidBy: { en: '“{quote}” ({person}, {day})', zh: '“{quote}”（{person}，{day}）' },
  them2us: { en: '{person}: {what}', zh: '{person}：{what}' },
} as const satisfies Record<string, Text>
export type Sentence = MeetingSays | keyof typeof JOINS

/** A sentence of the method, or how things stand beside each other. */
export const sentenceOf = ({ meetings }: Methodology, id: Sentence): Text =>
  id in JOINS ? JOINS[id as keyof typeof JOINS] : meetings.says[id as MeetingSays]

/** A meeting with all that its page is made from. */
export interface Meeting {
  /** Cut to the day of the brief. */
  deal: Deal
  brief: Brief
  model: Model
  asOf: PlainDate
  on: PlainDate
  play: Play | null
  what: string | null
  ours: string | null
  /** Reasons of the plan, where this meeting is in it. */
  why: readonly Text[]
  /** The one it is for first. */
  people: readonly Participant[]
  ids: ReadonlySet<string>
  nameOf: (person: string) => string
  /** A sentence of the method with its places filled in. */
  say: (id: Sentence, places?: Places) => Text
}

/** Words that somebody wrote. */
export const said = (text: string): Text => ({ en: text, zh: text })

/** Whoever has this much influence is treated as an executive, whatever the title. */
const WEIGHTY = 4

const levelOf = (person: PersonView): Level =>
  person.numberOne ? 'top' : person.executive || person.influence >= WEIGHTY ? 'executive' : 'working'

/** Day, play and who goes: as asked, else of the user's own open step with the first of them, else of the plan. */
function plannedWith(
  deal: Deal,
  brief: Brief,
  request: MeetingRequest,
  model: Model,
  asOf: PlainDate,
): Pick<Meeting, 'on' | 'play' | 'what' | 'ours' | 'why'> {
  const [first] = request.with
  const fits = (play: string | undefined, people: readonly string[] | undefined): boolean =>
    (request.play === undefined || play === request.play) && first !== undefined && people?.includes(first) === true
  const own = ownStep(deal, request, fits, asOf)
  const found = inThePlan(brief, request, own, fits)
  const play = model.plays.get(request.play ?? (own ? own.play : found?.play) ?? '') ?? null
  const step = found && found.play === play?.id ? found : undefined
  return {
    on: dayOf(request, own, step) ?? asOf,
    play,
    what: request.what ?? own?.what ?? null,
    ours: nameOfOurs(deal, request.ours ?? own?.owner ?? step?.ours ?? null, play),
    why: step?.why.slice(0, 1) ?? [],
  }
}

/** The step of the plan that this meeting is. A plan costs as much as a brief: it is made only when it can tell something. */
function inThePlan(
  brief: Pick<Brief, 'standing' | 'plan'>,
  request: MeetingRequest,
  own: PlanStep | undefined,
  fits: (play: string | undefined, people: readonly string[] | undefined) => boolean,
): Brief['plan'][number] | undefined {
  if (!own) {
    // What has a name of its own is no play of the plan.
    const named = request.play === undefined && request.what !== undefined
    return named ? undefined : [...brief.standing, ...brief.plan].find((one) => fits(one.play, one.with))
  }
  // Who goes to a step of ours that names nobody is known to the plan, in which that step stands.
  if (request.ours !== undefined || own.owner !== undefined) return undefined
  return brief.standing.find((one) => one.play === own.play && one.on === own.on && fits(one.play, one.with))
}

const dayOf = (request: MeetingRequest, own?: PlanStep, step?: { on: string }): PlainDate | undefined =>
  (request.on ?? own?.on ?? step?.on) as PlainDate | undefined

function ownStep(
  deal: Deal,
  { on }: MeetingRequest,
  fits: (play: string | undefined, people: readonly string[] | undefined) => boolean,
  asOf: PlainDate,
): PlanStep | undefined {
  const day = (step: PlanStep): string => step.on ?? '9'
  return (deal.plan ?? [])
    .filter((step) => step.status === 'open' && fits(step.play, step.with) && day(step) >= asOf)
    .filter((step) => on === undefined || step.on === on)
    .sort((a, b) => (day(a) < day(b) ? -1 : 1))[0]
}

/** Where the play asks for an executive of ours and nobody is named, whoever stands behind the deal. */
function nameOfOurs({ us }: Deal, ours: string | null, play: Play | null): string | null {
  const who = ours ?? (play?.parity && us?.execSponsor ? us.execSponsor : null)
  return who === null ? null : (us?.team?.find(({ id }) => id === who)?.name ?? who)
}

export function meetingOf(
  whole: Deal,
  brief: Brief,
  methodology: Methodology,
  request: MeetingRequest,
): Meeting | undefined {
  const asOf = brief.asOf as PlainDate
  const deal = dealAsOf(whole, asOf)
  const model = modelOf(methodology)
  const people = [...new Set(request.with)].flatMap((id): Participant[] => {
    const view = brief.people.people.find((person) => person.id === id)
    const card = deal.people?.find((person) => person.id === id)
    return view && card ? [{ id, name: view.name, level: levelOf(view), view, card }] : []
  })
  if (people.length === 0) return undefined
  const planned = plannedWith(deal, brief, request, model, asOf)
  const { on } = planned
  const say = (id: Sentence, places: Places = {}): Text => ({
    en: filled(sentenceOf(methodology, id).en, places, 'en', on),
    zh: filled(sentenceOf(methodology, id).zh, places, 'zh', on),
  })
  return {
    deal,
    brief,
    model,
    asOf,
    ...planned,
    people,
    ids: new Set(people.map(({ id }) => id)),
    nameOf: (id) => deal.people?.find((person) => person.id === id)?.name ?? id,
    say,
  }
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A day as it is said beside the day of the meeting: with its year only where that is another one. */
export function dayIn(day: string, lang: Lang, beside: string): string {
  const parts = DAY.exec(day)
  if (!parts) return day
  const [year, month, date] = [parts[1]!, Number(parts[2]), Number(parts[3])]
  const other = year !== beside.slice(0, 4)
  return lang === 'zh'
    ? `${other ? `${year}年` : ''}${month}月${date}日`
    : `${date} ${MONTHS[month - 1]}${other ? ` ${year}` : ''}`
}

function filled(template: string, places: Places, lang: Lang, beside: string): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = places[key]
    return value === undefined ? '' : dayIn(typeof value === 'string' ? value : value[lang], lang, beside)
  })
}

/** Names one after the other, as each language does. */
export const listed = (names: readonly string[]): Text => ({ en: names.join(', '), zh: names.join('、') })
