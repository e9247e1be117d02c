import { addDays } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Finding } from '../diagnosis/schema.ts'
import { daysLate } from '../lead/start-by.ts'
import type { Text } from '../methodology/schema.ts'
import type { Brief } from './schema.ts'

/** Days that the list looks ahead. */
export const AHEAD = 7
/** Findings are new that were not there so many days ago. */
export const NEW_DAYS = 7
/** Proofs to start of one deal, and its homework: more does not fit into a day. */
const START_BY_OF_DEAL = 3
const HOMEWORK_OF_DEAL = 2
const HOMEWORK = 10
const FINDINGS = 40

interface Head {
  dealId: string
  deal: string
  account?: string
}

/** What somebody has to do on a day, put together from their deals. Pure: who asks brings records and briefs. */
export interface Today {
  on: PlainDate
  /** By the day on which they are due. */
  moves: (Head & {
    planStepId?: string
    play?: string
    what?: string
    with: { id: string; name: string }[]
    due: string
    kind: 'planned' | 'start-by' | 'commitment'
    topic?: string
    proof?: string
    late: boolean
    daysLate?: number
  })[]
  /** New ones first, then by severity and by what is at stake. */
  findings: (Head & { rule: string; severity: Finding['severity']; name: Text; message: Text; isNew: boolean })[]
  homework: { dealId: string; deal: string; fact: string; field: string; question: Text; weight: number }[]
  meetings: (Head & { planStepId: string; on: string; play?: string; what?: string; people: Named[] })[]
}
type Move = Today['moves'][number]

export interface Named {
  id: string
  name: string
  title?: string
}

export interface DealOfToday {
  dealId: string
  deal: string
  account?: string
  /** Open steps with a day up to `AHEAD`. */
  steps: readonly { id: string; play?: string; what?: string; on: string; with: readonly Named[]; owner?: string }[]
  /** Promises of theirs that are not kept yet, with a day up to `AHEAD`. */
  commitments: readonly { what: string; dueOn: string; who?: Named }[]
  /** People by their key in the deal, as the brief names them. */
  people: ReadonlyMap<string, Named>
  brief?: Omit<Brief, 'plan' | 'standing'>
  /** The brief of `NEW_DAYS` ago; absent where the deal did not exist. */
  before?: Omit<Brief, 'plan' | 'standing'>
}

const SEVERITY = { block: 0, danger: 1, warn: 2, info: 3 } as const
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function todayOf(on: PlainDate, deals: readonly DealOfToday[]): Today {
  const until = addDays(on, AHEAD)
  const head = ({ dealId, deal, account }: DealOfToday): Head => ({
    dealId,
    deal,
    ...(account === undefined ? {} : { account }),
  })
  const short = ({ id, name }: Named): { id: string; name: string } => ({ id, name })

  const moves = deals.flatMap((entry): Move[] => [
    ...entry.steps.map((step) => ({
      ...head(entry),
      planStepId: step.id,
      ...(step.play === undefined ? {} : { play: step.play }),
      ...(step.what === undefined ? {} : { what: step.what }),
      with: step.with.map(short),
      due: step.on,
      kind: 'planned' as const,
      late: step.on < on,
    })),
    ...entry.commitments.map(({ what, dueOn, who }) => ({
      ...head(entry),
      what,
      with: who ? [short(who)] : [],
      due: dueOn,
      kind: 'commitment' as const,
      late: dueOn < on,
    })),
    ...startsOf(entry, until).map(({ startBy, topic, proof, for: people, verdict, ...item }) => ({
      ...head(entry),
      topic,
      proof,
      with: people.flatMap((key) => entry.people.get(key) ?? []).map(short),
      due: startBy,
      kind: 'start-by' as const,
      late: verdict === 'too-late' || startBy < on,
      ...(verdict === 'too-late' && { daysLate: daysLate(item, on) }),
    })),
  ])

  const findings = deals.flatMap((entry) => {
    const known = new Set(entry.before?.findings.map(({ rule }) => rule))
    return (entry.brief?.findings ?? []).flatMap(({ rule, severity, name, message, stake }) => {
      const isNew = !known.has(rule)
      if (!isNew && severity !== 'danger' && severity !== 'block') return []
      return severity === 'info' ? [] : [{ stake, item: { ...head(entry), rule, severity, name, message, isNew } }]
    })
  })

  const homework = deals.flatMap((entry) =>
    (entry.brief?.homework ?? []).slice(0, HOMEWORK_OF_DEAL).map(({ fact, field, question, weight }) => ({
      dealId: entry.dealId,
      deal: entry.deal,
      fact,
      field,
      question,
      weight,
    })),
  )

  const meetings = deals.flatMap((entry) =>
    entry.steps.flatMap((step) =>
      step.on < on || step.with.length === 0
        ? []
        : [
            {
              ...head(entry),
              planStepId: step.id,
              on: step.on,
              ...(step.play === undefined ? {} : { play: step.play }),
              ...(step.what === undefined ? {} : { what: step.what }),
              people: step.with.map((person) => ({ ...person })),
            },
          ],
    ),
  )

  return {
    on,
    moves: moves.sort((a, b) => compare(a.due, b.due)),
    findings: findings
      .sort(
        (a, b) =>
          Number(b.item.isNew) - Number(a.item.isNew) ||
          SEVERITY[a.item.severity] - SEVERITY[b.item.severity] ||
          b.stake - a.stake,
      )
      .slice(0, FINDINGS)
      .map(({ item }) => item),
    homework: homework.sort((a, b) => b.weight - a.weight).slice(0, HOMEWORK),
    meetings: meetings.sort((a, b) => compare(a.on, b.on)),
  }
}

/** Proofs that nobody has begun and that must be begun by then; what can still be ready in time comes before what cannot. */
function startsOf({ brief }: DealOfToday, until: string): Brief['lead']['startBy'] {
  if (!brief) return []
  const begun = new Set(
    Object.values(brief.readiness.topics).flatMap((topics) =>
      topics.filter(({ status }) => status !== 'missing').map(({ topic }) => topic),
    ),
  )
  const due = brief.lead.startBy.filter(({ startBy, topic }) => startBy <= until && !begun.has(topic))
  return due
    .sort(
      (a, b) => Number(a.verdict === 'too-late') - Number(b.verdict === 'too-late') || compare(a.startBy, b.startBy),
    )
    .slice(0, START_BY_OF_DEAL)
}
