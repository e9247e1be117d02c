import type {
  AccountPlan,
  Brief,
  Lang,
  MeetingPage,
  Methodology,
  OutcomeId,
  Plan,
  ReviewedDeal,
  Text,
  WarGame,
} from '@sente/engine'
import type { Permission } from '@sente/api'
import { Problem } from '../core/problem.ts'

/**
 * What the tools of an assistant ask for, wherever the deals are: in a workspace, by the operations of the API, or in a folder of deal files. People
 * are named by their keys in the deal, deals by an id of the desk's own.
 */
export interface Desk {
  kind: 'workspace' | 'folder'
  lang: Lang
  /** Rights of whoever asks: tools that need others are not offered. */
  may: ReadonlySet<Permission>
  method(): Promise<Methodology>
  deals(query: DealQuery): Promise<DealPage>
  /** The deal that is meant by an id, a name or a part of one. Throws a `Refused` that lists those it could be. */
  find(meant: string): Promise<DealRef>
  people(deal: DealRef): Promise<PersonRef[]>
  brief(deal: DealRef, asOf?: string): Promise<Brief>
  plan(deal: DealRef, asked: { style?: Style | undefined; asOf?: string | undefined }): Promise<PlanSeen>
  /** The plan as it would be; nothing is kept. */
  whatIf(deal: DealRef, asked: WhatIf): Promise<PlanSeen>
  warGame(deal: DealRef, asked: { paths: number; asOf?: string | undefined }): Promise<WarGame>
  /** The plan of the one customer that is meant by a name, a part of one, or one of its deals. Throws a `Refused` that lists those it could be. */
  accountPlan(meant: string, asOf?: string): Promise<AccountPlan>
  review(asked: { since?: string | undefined; limit: number }): Promise<ReviewSeen>
  meeting(deal: DealRef, asked: MeetingAsked): Promise<MeetingPage>
  promises(deal: DealRef): Promise<PromiseLine[]>
  agenda(whose: 'own' | 'all'): Promise<Agenda>
  search(query: { q: string; kind?: string | undefined; limit: number }): Promise<Hit[]>
  /** What a change would write, without writing it. Throws a `Refused` for what could not be written. */
  prepare(deal: DealRef, change: Change): Promise<Prepared>
  undo(change: string): Promise<{ undone: number }>
}

/** A pipeline review; `group` of a row is its place in `groups`, within which alone an order has a meaning. */
export interface ReviewSeen {
  on: string
  since: string
  deals: number
  /** Deals that are not computed yet. */
  waiting: number
  groups: { by: 'loss' | 'no-amount' | 'no-drop'; currency: string | null; loss: number | null; deals: number }[]
  rows: ReviewRow[]
  gone: ReviewRow[]
}
export interface ReviewRow extends Pick<
  ReviewedDeal,
  'name' | 'account' | 'owner' | 'line' | 'loss' | 'voices' | 'far' | 'lacks' | 'changes'
> {
  dealId: string
  group: number
}

export type Style = 'steady' | 'swift'

export interface DealRef {
  id: string
  name: string
  account?: string | undefined
}
export interface PersonRef {
  key: string
  name: string
  title?: string | undefined
}

export const DEAL_ORDERS = ['danger', 'lead', 'win', 'decision', 'amount', 'name', 'updated'] as const
export interface DealQuery {
  q?: string | undefined
  status?: 'open' | 'won' | 'lost' | 'no-decision' | undefined
  order: (typeof DEAL_ORDERS)[number]
  limit: number
  cursor?: string | undefined
}
/** What a list knows of a deal. What is absent is not known, or not computed yet. */
export interface DealLine extends DealRef {
  owner?: string | undefined
  status: string
  amount?: { value: string; currency: string } | undefined
  phase?: string | undefined
  lead?: { state: string; days?: number | undefined; concern?: string | undefined } | undefined
  win?: number | undefined
  seller?: number | undefined
  stalled?: number | undefined
  decisionOn?: string | undefined
  startBy?: string | undefined
  dangers?: number | undefined
  warnings?: number | undefined
  homework?: number | undefined
  /** Ids of the weightiest rules that fire. */
  findings: { rule: string; severity: string }[]
}
export interface DealPage {
  deals: DealLine[]
  next?: string | undefined
  /** Why something is not in the list. */
  left?: Text[] | undefined
}

export interface WhatIf {
  style?: Style | undefined
  locks: { play: string; with: string[]; on: string }[]
  setAside: { play?: string | undefined; person?: string | undefined; until?: string | undefined }[]
}
export interface PlanSeen {
  plan: Omit<Plan, 'changed'>
  changed: (Plan['changed'][number] & { noticedOn?: string | undefined })[]
  /** Steps that stand in the deal already, by their names in the plan, with what an outcome calls them. */
  own: { step: string; id: string }[]
  /** Who of ours goes, by the id of the plan. */
  ours: ReadonlyMap<string, string>
}
export interface MeetingAsked {
  with: string[]
  on?: string | undefined
  play?: string | undefined
  asOf?: string | undefined
}
export interface PromiseLine {
  id: string
  what: string
  by: 'us' | 'them'
  giver?: string | undefined
  to?: string | undefined
  made: string
  due?: string | undefined
  state: 'open' | 'kept' | 'late' | 'broken'
  overdue: boolean
}
export interface Agenda {
  on: string
  lines: {
    kind: 'outcome' | 'see' | 'promise' | 'decide'
    deal: DealRef
    owner?: string | undefined
    /** What an outcome or an acceptance calls it. */
    step?: string | undefined
    promise?: string | undefined
    play?: string | undefined
    what?: string | undefined
    with: string[]
    through?: string | undefined
    ours?: string | undefined
    on: string
    start?: string | undefined
    bring?: Text | undefined
    papers: { name: Text; startBy: string }[]
    why?: Text | undefined
  }[]
  question?: { deal: DealRef; to?: string | undefined; text: Text; changes: Text } | undefined
}
export interface Hit {
  kind: string
  title: string
  deal?: string | undefined
  of?: string | undefined
  on?: string | undefined
  excerpt?: string | undefined
}

export type Change =
  | { kind: 'note'; on: string; author?: string | undefined; text: string; keep: number[]; reject: number[] }
  | {
      kind: 'outcome'
      step?: string | undefined
      play?: string | undefined
      what?: string | undefined
      with?: string[] | undefined
      on?: string | undefined
      outcome: OutcomeId
      note?: string | undefined
      promises: { by: 'us' | 'them'; what: string; dueOn?: string | undefined; person?: string | undefined }[]
      kept: string[]
      next?:
        | { on: string; play?: string | undefined; what?: string | undefined; with?: string[] | undefined }
        | undefined
    }
  | { kind: 'step'; step: string; on?: string | undefined; what?: string | undefined }

/** A line of what a change writes; `data` are words that somebody wrote. */
export interface Shown {
  text: Text
  data?: string | undefined
}
export interface Prepared {
  will: Shown[]
  /** What the change rests on: another state is another preview. */
  state: string
  perform(): Promise<{ change: string; did: Shown[] }>
}

/** What an assistant is told when something cannot be done: what is wrong, and how to mend it. */
export class Refused extends Problem {
  /** Lines below it: fields at fault, or what could have been meant. */
  readonly lines: Shown[]
  constructor(says: Text, lines: Shown[] = []) {
    super(says)
    this.lines = lines
  }
}
