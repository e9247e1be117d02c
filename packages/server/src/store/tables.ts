// What the migrations make, written by "node packages/server/src/store/schema-write.ts --write". Do not edit.
import type { ColumnType } from 'kysely'

/** May be left out when a row is made. Kysely's own does not see through the types below. */
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
/** An exact decimal is text, so that no digit is lost. */
export type Exact = ColumnType<string, string | number, string | number>
export type Moment = ColumnType<Date, Date | string, Date | string>
/** Given as JSON text: a list handed to the driver would become an array of the database. */
export type Json = ColumnType<unknown, string, string>

export interface Account {
  workspace_id: string
  id: string
  name: string
  parent_id: string | null
  owner_id: string | null
  industry: string | null
  region: string | null
  goal: string | null
  plan: Json | null
  won_projects: number | null
  next_opportunities: number | null
  external_id: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  updated_at: Generated<Moment>
}

export interface ApiToken {
  workspace_id: string
  id: string
  member_id: string
  name: string
  token_hash: Buffer
  scopes: string[]
  expires_at: Moment | null
  used_at: Moment | null
  created_at: Generated<Moment>
}

export interface BriefCache {
  workspace_id: string
  deal_id: string
  as_of: string
  deal_version: number
  method: string
  body: Buffer
  created_at: Generated<Moment>
}

export interface Change {
  workspace_id: string
  id: string
  change_set: string
  at: Generated<Moment>
  actor_id: string | null
  via: string
  kind: string
  record_id: string
  deal_id: string | null
  account_id: string | null
  action: 'create' | 'update' | 'delete'
  before: Json | null
  after: Json | null
  undone_by: string | null
}

export interface Commitment {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  what: string
  who: string | null
  promised_on: string
  due_on: string | null
  done_on: string | null
}

export interface Deal {
  workspace_id: string
  id: string
  account_id: string | null
  owner_id: string
  name: string
  key: string | null
  amount: Exact | null
  currency: string | null
  opened_on: string | null
  first_contact_on: string | null
  status: Generated<'open' | 'won' | 'lost' | 'no-decision'>
  closed_on: string | null
  reason: string | null
  goal: string | null
  style: 'steady' | 'swift' | null
  playbook: 'early' | 'mid' | 'late' | null
  timing_note: string | null
  traits: string[] | null
  us: Json | null
  risk_file: Json | null
  risk_message: string | null
  exec_plan: Json | null
  exchange: string | null
  external_id: string | null
  known_none: Generated<string[]>
  empty_lists: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  updated_at: Generated<Moment>
  brief_version: number | null
  brief_on: string | null
  brief_method: string | null
  phase: number | null
  phases: number[] | null
  stalled: number | null
  progress: number | null
  lead_state: 'unknown' | 'ahead' | 'behind' | 'covered' | 'closed' | null
  lead_days: number | null
  lead_concern: string | null
  cover: number | null
  working_cover: number | null
  vacuum: boolean | null
  danger_count: number | null
  warn_count: number | null
  top_findings: Json | null
  win: number | null
  decision_on: string | null
  next_start_by: string | null
  homework_count: number | null
}

export interface DealShare {
  workspace_id: string
  id: string
  deal_id: string
  member_id: string | null
  team_id: string | null
  may_write: Generated<boolean>
  sensitive: Generated<boolean>
  created_at: Generated<Moment>
  created_by: string | null
}

export interface DealTotal {
  workspace_id: string
  owner_id: string
  status: string
  phase: number
  currency: string
  deals: number
  amount: Exact
  behind: number
  danger: number
}

export interface Discount {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  on: string
  percent: number | null
}

export interface Estimate {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  side: 'seller' | 'manager'
  value: number
  on: string | null
  by: string | null
  because: string[] | null
}

export interface Evidence {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  key: string | null
  on: string
  signal: string
  person_id: string | null
  confidence: Generated<number>
  quote: string | null
  status: Generated<'confirmed' | 'suggested' | 'rejected'>
  source: string | null
  note_id: string | null
  span: number[] | null
  about: string | null
}

export interface Hold {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  person_id: string
  state: 'none' | 'asked' | 'given' | 'broken'
  on: string | null
}

export interface Idempotency {
  workspace_id: string
  member_id: string
  key_hash: Buffer
  request_hash: Buffer
  status: number
  headers: Json
  body: Buffer
  created_at: Generated<Moment>
}

export interface ImportFault {
  workspace_id: string
  run_id: string
  row: number
  field: string
  fault: Json
}

export interface ImportRun {
  workspace_id: string
  id: string
  member_id: string
  kind: string
  source: string | null
  dry_run: Generated<boolean>
  mapping: Json | null
  status: Generated<'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'>
  position: Generated<number>
  total: number | null
  created: Generated<number>
  updated: Generated<number>
  unchanged: Generated<number>
  failed: Generated<number>
  error: Json | null
  created_at: Generated<Moment>
  finished_at: Moment | null
  settled_at: Moment | null
}

export interface Member {
  workspace_id: string
  id: string
  email: string
  name: string
  role: 'administrator' | 'manager' | 'seller' | 'viewer'
  sensitive: boolean | null
  language: 'en' | 'zh' | null
  theme: 'light' | 'dark' | 'auto' | null
  preferences: Generated<Json>
  password_hash: string | null
  oidc_subject: string | null
  disabled_at: Moment | null
  version: Generated<number>
  created_at: Generated<Moment>
}

export interface NotNeeded {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  topic: string
  reason: string
  on: string | null
}

export interface Note {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  on: string
  author: string | null
  text: string
  private: boolean | null
  external_id: string | null
}

export interface OneTimeLink {
  workspace_id: string
  id: string
  member_id: string
  purpose: 'setup' | 'invitation' | 'reset'
  token_hash: Buffer
  expires_at: Moment
  used_at: Moment | null
  created_at: Generated<Moment>
}

export interface OurStep {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  phase: string
  status: Generated<'done' | 'skipped'>
  on: string | null
  evidence: string | null
  reason: string | null
}

export interface Person {
  workspace_id: string
  id: string
  account_id: string
  name: string
  title: string | null
  reports_to: string | null
  local: boolean | null
  email: string | null
  phone: string | null
  left_on: string | null
  external_id: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  updated_at: Generated<Moment>
}

export interface Pin {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  on: string
  phase: string
  by: string | null
  reason: string | null
}

export interface PlanStep {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  key: string | null
  play: string | null
  what: string | null
  on: string | null
  with: string[] | null
  phase: string | null
  status: Generated<'open' | 'done' | 'dropped' | 'skipped'>
  deviates: boolean | null
  reason: string | null
  owner: string | null
}

export interface ProcessStep {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  step: string
  phase: string | null
  on: string | null
  owner: string | null
  done: boolean | null
  applies: boolean | null
  told_by: 'published' | 'contract' | 'executive' | 'project-leader' | 'coach' | 'guess' | null
}

export interface Proof {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  topic: string
  proof: string
  for: string[] | null
  ready_on: string | null
  expires_on: string | null
  owner: string | null
  note: string | null
}

export interface ProofStatus {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  proof_id: string
  status: 'missing' | 'preparing' | 'prepared' | 'presented' | 'accepted'
  on: string | null
}

export interface Rival {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  key: string
  name: string
  kind: 'vendor' | 'status-quo' | 'in-house' | null
  incumbent: boolean | null
  leading: boolean | null
  strengths: Json | null
  no_contacts: Generated<boolean>
}

export interface RivalContact {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  rival_id: string
  person_id: string
  on: string
  play: string | null
}

export interface SavedView {
  workspace_id: string
  id: string
  member_id: string
  screen: string
  name: string
  query: Json
  shared: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Moment>
}

export interface SearchEntry {
  workspace_id: string
  kind: 'account' | 'person' | 'deal' | 'note' | 'touch' | 'evidence'
  id: string
  deal_id: string | null
  account_id: string | null
  on: string | null
  sensitive: Generated<boolean>
  title: string
  body: string | null
  words: string
}

export interface SenteMigration {
  name: string
  checksum: string
  applied_at: Generated<Moment>
}

export interface Session {
  workspace_id: string
  id: string
  member_id: string
  token_hash: Buffer
  csrf_hash: Buffer
  user_agent: string | null
  created_at: Generated<Moment>
  seen_at: Generated<Moment>
  expires_at: Moment
}

export interface SignInGuard {
  address_hash: Buffer
  failed: number
  locked_until: Moment | null
  failed_at: Generated<Moment>
}

export interface StageClaim {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  on: string
  phase: string
  label: string | null
}

export interface Stakeholder {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  person_id: string
  key: string
  roles: Generated<string[]>
  influence: number | null
  path: string | null
  agenda: string | null
  pressures: string | null
  business_model: string | null
  map_x: number | null
  map_y: number | null
  empty_lists: Generated<string[]>
}

export interface Stance {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  person_id: string
  value: number
  on: string | null
}

export interface Team {
  workspace_id: string
  id: string
  name: string
  version: Generated<number>
  created_at: Generated<Moment>
}

export interface TeamMember {
  workspace_id: string
  team_id: string
  member_id: string
}

export interface Touch {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  key: string | null
  on: string
  play: string | null
  what: string | null
  with: Generated<string[]>
  concern: 'need' | 'cost' | 'solution' | 'risk' | null
  hours: number | null
  paid: boolean | null
  outcome: Generated<'done' | 'met_cold' | 'declined' | 'postponed' | 'delegated_down' | 'no_answer' | 'failed' | 'cancelled'>
  flag: 'gift' | 'side-payment' | 'forbidden-contact' | null
  note: string | null
  external_id: string | null
}

export interface Ucv {
  workspace_id: string
  deal_id: string
  id: string
  recorded_on: string | null
  known_none: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Moment>
  created_by: string | null
  on: string
  goal: string | null
  only_us: string
  number: string | null
  differs_from: Json | null
  concern: 'need' | 'cost' | 'solution' | 'risk' | null
  confirmed_by: string | null
}

export interface Workspace {
  id: string
  name: string
  language: Generated<'en' | 'zh'>
  time_zone: Generated<string>
  currency: Generated<string>
  settings: Generated<Json>
  created_at: Generated<Moment>
  version: Generated<number>
}

/** The rows of each table, for typed queries. */
export interface Tables {
  account: Account
  api_token: ApiToken
  brief_cache: BriefCache
  change: Change
  commitment: Commitment
  deal: Deal
  deal_share: DealShare
  deal_total: DealTotal
  discount: Discount
  estimate: Estimate
  evidence: Evidence
  hold: Hold
  idempotency: Idempotency
  import_fault: ImportFault
  import_run: ImportRun
  member: Member
  not_needed: NotNeeded
  note: Note
  one_time_link: OneTimeLink
  our_step: OurStep
  person: Person
  pin: Pin
  plan_step: PlanStep
  process_step: ProcessStep
  proof: Proof
  proof_status: ProofStatus
  rival: Rival
  rival_contact: RivalContact
  saved_view: SavedView
  search_entry: SearchEntry
  sente_migration: SenteMigration
  session: Session
  sign_in_guard: SignInGuard
  stage_claim: StageClaim
  stakeholder: Stakeholder
  stance: Stance
  team: Team
  team_member: TeamMember
  touch: Touch
  ucv: Ucv
  workspace: Workspace
}
