import type { Text } from '../methodology/words.ts'
import type { PlainDate } from '../core/dates.ts'
import type { FileItem, Lists } from './kinds/index.ts'

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
export interface Deal extends Lists {
  sente: 1
  name: string
  id?: string
  account?: Account
  /** The unit of the customer that buys, and what of ours it is about: the grid of the account. */
  unit?: string
  offer?: string
  /** Name of the deal of the same account from which this one was opened. */
  carriedFrom?: string
  amount?: { value: string; currency: string }
  /** What the CRM says, to be shown beside our own view: no number is made of it. */
  crmCloseOn?: PlainDate
  crmNextStep?: string
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
  /** Under which rules it is bought (a regime of the methodology), and why its silence was set aside. */
  tender?: { regime?: string; overruled?: Overruled[] }
  us?: Us
  people?: Person[]
  rivals?: Rival[]
  proofs?: DealProof[]
  /** A risk file (备案) exists and is shared with the customer. */
  riskFile?: Known<{ on?: PlainDate; note?: string }>
  /** One risk nobody has answered, with our answer: what we would open with at the top. */
  riskMessage?: Known<string>
  /** The executive section of the plan. */
  execPlan?: Known<{ targets?: string[]; objective?: string; owner?: string; on?: PlainDate }>
  /** What advisory work was traded for, in writing. */
  exchange?: Known<string>
}

/** Somebody's decision that the silence of a tender does not apply; the reason is kept. */
export interface Overruled {
  reason: string
  by?: string
  on: PlainDate
  recordedOn?: PlainDate
}

/** A value, or `false` for "we know that there is none". */
export type Known<T> = T | false

export interface Account {
  name: string
  industry?: string
  region?: string
  country?: string
  goal?: Known<string>
  /** The account plan and the days it was worked over, or false. */
  plan?: Known<{ updatedOn?: PlainDate[] }>
  wonProjects?: number
  nextOpportunities?: number
  /** Its units, whether anything is sold there or not. */
  units?: string[]
}

export interface Us {
  foundedOn?: PlainDate
  /** Office or contracted partner in the customer's region. */
  localPresence?: boolean
  /** Our executive who goes with this deal. */
  execSponsor?: Known<string>
  /** A reference that matches this customer can be shown; its executive is willing to talk. */
  references?: { name: string; execWilling?: boolean }[]
  /** What we sell, whether this customer has it or not. */
  offers?: string[]
  /** Hours a week that the team has for this deal. */
  hoursPerWeek?: number
  /** ISO 3166 code; whose holidays count for us. */
  country?: string
  /** Who of ours goes to the customer. */
  team?: TeamMember[]
  /** Days on which nobody of ours can act. */
  blackouts?: { from: PlainDate; to: PlainDate; why?: string }[]
}

export const RANKS = ['executive', 'manager', 'seller', 'expert'] as const
/** How high somebody of ours stands; `expert` is whoever knows the matter: presales, delivery, legal. */
export type Rank = (typeof RANKS)[number]

export interface TeamMember {
  id: string
  name: string
  title?: string
  /** Absent counts as seller. */
  rank?: Rank
  hoursPerWeek?: number
  absences?: { from: PlainDate; to: PlainDate; why?: string }[]
}

/** A value with the day from which it held. */
export interface Since<T> {
  value: T
  on?: PlainDate
  recordedOn?: PlainDate
}

/** Somebody of the customer: who they are, and their part in this deal. */
export interface Person extends FileItem<'stakeholder'> {
  name: string
  title?: string
  /** Null: reports to nobody in this customer. Absent: not known. */
  reportsTo?: string | null
  /** −2 against us … 2 for us, newest last. */
  stance?: Since<number>[]
  hold?: Since<FileItem<'hold'>['state']>[]
  /** Sits where the project is. */
  local?: boolean
  email?: string
  phone?: string
  leftOn?: PlainDate
}

export interface Rival extends FileItem<'rival'> {
  contacts?: FileItem<'rivalContact'>[]
}

export interface DealProof extends FileItem<'proof'> {
  /** Oldest first; a status counts from its day on. `status` + `on` in the file is a list of one. */
  history: FileItem<'proofStatus'>[]
}

// What each field means stands where the kind is declared: `kinds/`.
export type Estimate = FileItem<'estimate'>
/** A step of the customer's process. */
export type ProcessStep = FileItem<'processStep'>
export type Evidence = FileItem<'evidence'>
/** A manual phase: "we know they are in evaluate". Strong evidence, not an override. */
export type Pin = FileItem<'pin'>
/** What a CRM's stage says of the phase: weak evidence, never the phase itself. */
export type StageClaim = FileItem<'stageClaim'>
export type Touch = FileItem<'touch'>
export type ProofStatus = FileItem<'proofStatus'>['status']
export type Ucv = FileItem<'ucv'>
/** Our own steps, one for each phase: done with evidence, or skipped. */
export type OurStep = FileItem<'ourStep'>
export type PlanStep = FileItem<'planStep'>
/** What the plan is not to propose. */
export type SetAside = FileItem<'setAside'>
/** A promise of either side; ours unless `who` is somebody of the customer. */
export type Commitment = FileItem<'commitment'>

/** A fault of a deal file: where (keys and list positions from the root), what is wrong, and how to mend it. */
export interface DealFault {
  path: (string | number)[]
  code: DealFaultCode
  /** In both languages. */
  what: Text
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
