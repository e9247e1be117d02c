import type { PlainDate } from '../core/dates.ts'
import type { ConcernId, OutcomeId, PhaseId } from '../methodology/schema.ts'

/**
 * A deal as the engine reads it: facts with dates, checked against a methodology (`parseDeal`).
 *
 * Three ways to be silent, all different:
 * - a key that is absent says nothing: the facts that hang on it are *unknown* and become homework;
 * - an empty list says "we looked, there is none";
 * - `false` in place of a text or object says "we know that there is none".
 *
 * Every dated item may carry `recordedOn`, the day it was written down (default: the day it happened, or from the start
 * where it has no other date). An item that was recorded or happened after `asOf` does not exist on that day.
 */
export interface Deal {
  sente: 1
  name: string
  id?: string
  account?: Account
  amount?: { value: string; currency: string }
  openedOn?: PlainDate
  /** First two-way contact with this customer about this deal. */
  firstContactOn?: PlainDate
  /** `closedOn` is given when the status is not open; before that day the deal counts as open. */
  status: 'open' | 'won' | 'lost' | 'no-decision'
  closedOn?: PlainDate
  reason?: string
  /** What we want from this deal, in our words. */
  goal?: Known<string>
  style?: 'steady' | 'swift'
  playbook?: 'early' | 'mid' | 'late'
  /** Why we entered when we did, and what the timing still offers. */
  timingNote?: Known<string>
  /** The seller's own estimate of winning, 0..1, newest last. A plain number in the file is one undated estimate. */
  sellerEstimate?: Estimate[]
  managerEstimate?: Estimate[]
  traits?: string[]
  us?: Us
  people?: Person[]
  rivals?: Rival[]
  process?: ProcessStep[]
  evidence?: Evidence[]
  /** Manual phases: "we know they are in evaluate". Strong evidence, not an override. */
  pins?: Pin[]
  /** What a CRM's stage says of the phase: weak evidence, never the phase itself. */
  stages?: StageClaim[]
  touches?: Touch[]
  proofs?: DealProof[]
  /** Topics that this deal does not need, with the reason. */
  notNeeded?: { topic: string; reason: string; on?: PlainDate; recordedOn?: PlainDate }[]
  /** A risk file (备案) exists and is shared with the customer. */
  riskFile?: Known<{ on?: PlainDate; note?: string }>
  /** One risk nobody has answered, with our answer: what we would open with at the top. */
  riskMessage?: Known<string>
  ucv?: Ucv[]
  /** Our own steps, one for each phase: done with evidence, or skipped. */
  steps?: OurStep[]
  plan?: PlanStep[]
  /** The executive section of the plan. */
  execPlan?: Known<{ targets?: string[]; objective?: string; owner?: string; on?: PlainDate }>
  /** What the customer promised to do. */
  commitments?: Commitment[]
  discounts?: { on: PlainDate; percent?: number; recordedOn?: PlainDate }[]
  /** What advisory work was traded for, in writing. */
  exchange?: Known<string>
  /** Notes as written; the reader finds evidence in them. */
  notes?: { on: PlainDate; author?: string; text: string; private?: boolean; recordedOn?: PlainDate }[]
}

/** A value, or `false` for "we know that there is none". */
export type Known<T> = T | false

export interface Account {
  name: string
  industry?: string
  region?: string
  goal?: Known<string>
  /** The account plan and the days it was worked over, or false. */
  plan?: Known<{ updatedOn?: PlainDate[] }>
  wonProjects?: number
  nextOpportunities?: number
}

export interface Estimate {
  value: number
  on?: PlainDate
  by?: string
  /** Why it is what it is; known tags are `exec-support`, `advisory`, `excitement`, `price`, `relationship`, `product`. */
  because?: string[]
  recordedOn?: PlainDate
}

export interface Us {
  foundedOn?: PlainDate
  /** Office or contracted partner in the customer's region. */
  localPresence?: boolean
  /** Our executive who goes with this deal. */
  execSponsor?: Known<string>
  /** A reference that matches this customer can be shown; its executive is willing to talk. */
  references?: { name: string; execWilling?: boolean }[]
  /** Hours a week that the team has for this deal. */
  hoursPerWeek?: number
  /** Days on which nobody of ours can act. */
  blackouts?: { from: PlainDate; to: PlainDate; why?: string }[]
}

/** A value with the day from which it held. */
export interface Since<T> {
  value: T
  on?: PlainDate
  recordedOn?: PlainDate
}

export interface Person {
  id: string
  name: string
  title?: string
  roles: string[]
  /** Null: reports to nobody in this customer. Absent: not known. */
  reportsTo?: string | null
  /** 1..5; absent counts as 3. */
  influence?: number
  /** −2 against us … 2 for us, newest last. */
  stance?: Since<number>[]
  /** The way we come to this person; an id of the methodology's paths. */
  path?: string
  /** What they need, what presses them, how their business makes money: the executive's card. */
  agenda?: Known<string>
  pressures?: Known<string>
  businessModel?: Known<string>
  hold?: Since<'none' | 'asked' | 'given' | 'broken'>[]
  /** Sits where the project is. */
  local?: boolean
  email?: string
  phone?: string
  leftOn?: PlainDate
  recordedOn?: PlainDate
}

export interface Rival {
  id: string
  name: string
  incumbent?: boolean
  /** Ahead on the current criteria. */
  leading?: boolean
  contacts?: { person: string; on: PlainDate; play?: string; recordedOn?: PlainDate }[]
  /** How well they answer a concern, 0..1. */
  strengths?: Partial<Record<ConcernId, number>>
  /** `status-quo` is the rival "do nothing" or "build it ourselves". */
  kind?: 'vendor' | 'status-quo' | 'in-house'
  recordedOn?: PlainDate
}

export interface ProcessStep {
  /** A milestone of the methodology, or a name of their own with `phase`. */
  step: string
  phase?: PhaseId
  on?: PlainDate
  owner?: string
  done?: boolean
  /** False: this customer does not have this step. */
  applies?: boolean
  recordedOn?: PlainDate
}

export interface Evidence {
  id?: string
  on: PlainDate
  signal: string
  /** Who said or did it. */
  from?: string
  /** Whom it is about: id of a person or a rival, or `us`. Absent: as the signal usually is (`subjectOf`). */
  about?: string
  /** (0, 1]; default 1. */
  confidence: number
  quote?: string
  status: 'confirmed' | 'suggested' | 'rejected'
  source?: string
  recordedOn?: PlainDate
}

export interface Pin {
  on: PlainDate
  phase: PhaseId
  by?: string
  reason?: string
  recordedOn?: PlainDate
}

export interface StageClaim {
  on: PlainDate
  phase: PhaseId
  /** The stage in the CRM's own words. */
  label?: string
  recordedOn?: PlainDate
}

export interface Touch {
  id?: string
  on: PlainDate
  play?: string
  /** Free words when it was no play. */
  what?: string
  with: string[]
  concern?: ConcernId
  hours?: number
  paid?: boolean
  /** How it went; `failed` is an older word for declined, `cancelled` did not take place. */
  outcome: OutcomeId | 'failed' | 'cancelled'
  /** Something that could not be described in public; it blocks. */
  flag?: 'gift' | 'side-payment' | 'forbidden-contact'
  note?: string
  recordedOn?: PlainDate
}

export type ProofStatus = 'missing' | 'preparing' | 'prepared' | 'presented' | 'accepted'

export interface DealProof {
  topic: string
  proof: string
  /** People it serves; absent: everyone, but then at most as prepared. */
  for?: string[]
  /** Oldest first; a status counts from its day on. `status` + `on` in the file is a list of one. */
  history: { status: ProofStatus; on?: PlainDate; recordedOn?: PlainDate }[]
  /** The day we expect it to be ready. */
  readyOn?: PlainDate
  expiresOn?: PlainDate
  owner?: string
  note?: string
  recordedOn?: PlainDate
}

export interface Ucv {
  on: PlainDate
  goal?: string
  onlyUs: string
  number?: string
  /** Difference to each rival, by rival id. */
  differsFrom?: Record<string, string>
  concern?: ConcernId
  confirmedBy?: string
  recordedOn?: PlainDate
}

export interface OurStep {
  phase: PhaseId
  status: 'done' | 'skipped'
  on?: PlainDate
  evidence?: string
  reason?: string
  recordedOn?: PlainDate
}

export interface PlanStep {
  id?: string
  play?: string
  what?: string
  on?: PlainDate
  with?: string[]
  phase?: PhaseId
  status: 'open' | 'done' | 'dropped' | 'skipped'
  /** It leaves the order the method recommends; `reason` says why. */
  deviates?: boolean
  reason?: string
  owner?: string
  recordedOn?: PlainDate
}

export interface Commitment {
  what: string
  who?: string
  promisedOn: PlainDate
  dueOn?: PlainDate
  doneOn?: PlainDate
  recordedOn?: PlainDate
}

/** A fault of a deal file: where (keys and list positions from the root), what is wrong, and how to mend it. */
export interface DealFault {
  path: (string | number)[]
  code: DealFaultCode
  /** In both languages. */
  what: { en: string; zh: string }
  /** Allowed values or form, where that helps. */
  allowed?: string[]
  /** The nearest allowed value or key. */
  nearest?: string
}

export type DealFaultCode =
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'not-allowed'
  | 'out-of-range'
  | 'impossible-date'
  | 'date-order'
  | 'unknown-person'
  | 'unknown-rival'
  | 'unknown-signal'
  | 'unknown-play'
  | 'unknown-topic'
  | 'unknown-proof'
  | 'unknown-step'
  | 'duplicate-id'
  | 'cycle'
