import { addDays, plainDate } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Text } from '../methodology/schema.ts'
import { stands, stepIdOf } from '../plan/schema.ts'
import type { Plan, Step } from '../plan/schema.ts'
import type { Named } from './today.ts'

/** Nobody does more in a day. */
const LINES = 7
/** One deal does not take the whole day, while others wait. */
const LINES_OF_DEAL = 2
/** Days that the agenda looks ahead for what is fixed, and for what has to be begun. */
const SOON = 7
/** How a meeting went is asked before what comes for so many days; what is older waits behind it. */
const REMEMBERED = 30

/** What somebody would act on today, people first. */
export interface AgendaLine {
  /** How a step went whose day has passed; somebody to see on a fixed day; a promise of ours; a step to be decided on, since it must be begun. */
  kind: 'outcome' | 'see' | 'promise' | 'decide'
  dealId: string
  deal: string
  account?: string
  owner?: string
  /** Of a step that stands in the deal. */
  planStepId?: string
  /** Of a step that is only proposed: its name in the plan. */
  step?: string
  commitmentId?: string
  play?: string
  what?: string
  with: Named[]
  through?: string
  ours?: string
  on: string
  /** The day on which to begin. */
  start?: string
  bring?: Text
  /** Papers that the meeting needs, with the last day to begin them. */
  papers: { name: Text; startBy: string }[]
  why?: Text
}
export interface Agenda {
  on: PlainDate
  lines: AgendaLine[]
  /** The question whose answer would change a plan most. */
  question?: { dealId: string; deal: string; to?: string; text: Text; changes: Text }
}

export interface DealOfAgenda {
  dealId: string
  deal: string
  account?: string
  owner?: string
  /** Open steps of the deal with a day up to a week ahead. */
  steps: readonly { id: string; play?: string; what?: string; on: string; with: readonly Named[]; owner?: string }[]
  /** Promises of ours that are not kept, with a day up to a week ahead. */
  promises: readonly { id: string; what: string; dueOn: string; to?: Named }[]
  /** People by their key in the deal. */
  people: ReadonlyMap<string, Named>
  /** Who of ours goes, by the id of the plan. */
  ours?: ReadonlyMap<string, string>
  plan?: Pick<Plan, 'steps' | 'questions'>
}

/**
 * At most seven lines over all deals: whom to see or call, through whom, by when, with what in hand. What is fixed for today comes first, then
 * promises of ours that are due, then what is to be told of days that have passed, then what comes, then what must be begun; last what is to be told of days long
 * past. Pure.
 */
export function agendaOf(on: PlainDate, deals: readonly DealOfAgenda[]): Agenda {
  const until = addDays(on, SOON)
  const ranked = deals
    .flatMap((deal) => [...fixedOf(deal, on, until), ...promisesOf(deal, until), ...proposedOf(deal, until)])
    .map((line) => ({ line, rank: rankOf(line, on) }))
    .sort(
      (a, b) =>
        a.rank - b.rank || compare(dayOf(a.line, on), dayOf(b.line, on)) || compare(a.line.dealId, b.line.dealId),
    )
  const count = new Map<string, number>()
  const lines = ranked.flatMap(({ line }) => {
    const nth = (count.get(line.dealId) ?? 0) + 1
    count.set(line.dealId, nth)
    return nth > LINES_OF_DEAL && deals.length > 1 ? [] : [line]
  })
  const asked = deals
    .flatMap((deal) => (deal.plan?.questions ?? []).slice(0, 1).map((question) => ({ deal, question })))
    .sort((a, b) => b.question.worth - a.question.worth)[0]
  return {
    on,
    lines: lines.slice(0, LINES),
    ...(asked && {
      question: {
        dealId: asked.deal.dealId,
        deal: asked.deal.deal,
        ...given({ to: asked.question.to === null ? undefined : asked.deal.people.get(asked.question.to)?.name }),
        text: asked.question.text,
        changes: asked.question.changes,
      },
    }),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Given<T>

const headOf = ({ dealId, deal, account, owner }: DealOfAgenda) => ({ dealId, deal, ...given({ account, owner }) })

function rankOf({ kind, on }: AgendaLine, today: string): number {
  if (kind === 'see') return on === today ? 0 : 3
  if (kind === 'promise') return on <= today ? 1 : 3
  if (kind === 'outcome') return on < addDays(plainDate(today), -REMEMBERED) ? 5 : 2
  return 4
}
/** Of what has passed the newest first: it is still remembered. */
function dayOf({ kind, on, start }: AgendaLine, today: string): string {
  if (kind === 'outcome') return String(9_999_999 - Number(on.replaceAll('-', '').slice(1)))
  return kind === 'decide' ? (start ?? on) : kind === 'promise' && on < today ? today : on
}

function fixedOf(deal: DealOfAgenda, on: string, until: string): AgendaLine[] {
  return deal.steps
    .filter((step) => step.on <= until)
    .map((step) => {
      const planned = deal.plan?.steps.find(
        (one) =>
          stands(one) &&
          one.play === step.play &&
          one.on === step.on &&
          (one.with[0] === undefined ? undefined : deal.people.get(one.with[0])?.id) === step.with[0]?.id,
      )
      return {
        ...headOf(deal),
        kind: step.on < on ? 'outcome' : 'see',
        planStepId: step.id,
        ...given({ play: step.play, what: step.what }),
        with: [...step.with],
        on: step.on,
        ...given({ ours: step.owner }),
        ...(planned ? saidOf(deal, planned) : { papers: [] }),
      } satisfies AgendaLine
    })
}

const promisesOf = (deal: DealOfAgenda, until: string): AgendaLine[] =>
  deal.promises
    .filter(({ dueOn }) => dueOn <= until)
    .map(({ id, what, dueOn, to }) => ({
      ...headOf(deal),
      kind: 'promise',
      commitmentId: id,
      what,
      with: to ? [to] : [],
      on: dueOn,
      papers: [],
    }))

/** The first step of the plan that nobody has decided on, where it must be begun within the week. */
function proposedOf(deal: DealOfAgenda, until: string): AgendaLine[] {
  const step = deal.plan?.steps.find((one) => !stands(one))
  if (!step || step.start > until) return []
  return [
    {
      ...headOf(deal),
      kind: 'decide',
      step: stepIdOf(step),
      play: step.play,
      with: step.with.flatMap((key) => deal.people.get(key) ?? []),
      on: step.on,
      start: step.start,
      ...given({ ours: step.ours === null ? undefined : (deal.ours?.get(step.ours) ?? step.ours) }),
      ...saidOf(deal, step),
    },
  ]
}

function saidOf(deal: DealOfAgenda, step: Step): Pick<AgendaLine, 'through' | 'bring' | 'papers' | 'why'> {
  return {
    ...given({
      through: step.through === null ? undefined : deal.people.get(step.through)?.name,
      why: step.why[0],
    }),
    bring: step.bring.what,
    papers: step.bring.proofs.map(({ name, startBy }) => ({ name, startBy })),
  }
}
