-- The first tables. Words are those of docs/glossary.md; columns are the fields of the API in snake case.
--
-- Every primary and foreign key begins with the workspace, so that a workspace is a tenant: row level security keeps it apart from the
-- others, and the tables can be distributed by it. Ids are UUIDs of version 7, made by the program: they sort in the order in which
-- things were written down, which is also the order of a deal file's lists.
--
-- A null column says nothing ("not known"); a field named in `known_none` is known to be none (`false` in a deal file).

create table workspace (
  id uuid primary key,
  name text not null,
  language text not null default 'en' check (language in ('en', 'zh')),
  time_zone text not null default 'UTC',
  currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- People of ours: sellers, managers, administrators, viewers.
create table member (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  email text not null check (email = lower(email)),
  name text not null,
  role text not null check (role in ('administrator', 'manager', 'seller', 'viewer')),
  -- May see stance, personal agenda and private notes; null: what the role says.
  sensitive boolean,
  language text check (language in ('en', 'zh')),
  theme text check (theme in ('light', 'dark', 'auto')),
  preferences jsonb not null default '{}',
  password_hash text,
  oidc_subject text,
  disabled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index member_email on member (workspace_id, email);
create index member_at on member (email);
create index member_subject on member (oidc_subject) where oidc_subject is not null;
create unique index member_oidc on member (workspace_id, oidc_subject) where oidc_subject is not null;

create table team (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  name text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index team_name on team (workspace_id, name);

create table team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references team on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index team_member_of on team_member (workspace_id, member_id);

-- Only hashes of secrets are kept.
create table session (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  csrf_hash bytea not null,
  user_agent text,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index session_token on session (token_hash);
create index session_member on session (workspace_id, member_id);

create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  expires_at timestamptz,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index api_token_token on api_token (token_hash);

-- Failed sign-ins by the hash of an address, whether or not somebody has it: who guesses learns nothing, and all processes count together.
-- It belongs to no workspace, as nobody is known yet.
create table sign_in_guard (
  address_hash bytea primary key,
  failed int not null,
  locked_until timestamptz,
  failed_at timestamptz not null default now()
);
grant select, insert, update, delete on sign_in_guard to sente_app;

-- One-time links: first administrator, invitation, reset of a password.
create table one_time_link (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  purpose text not null check (purpose in ('setup', 'invitation', 'reset')),
  token_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index one_time_link_token on one_time_link (token_hash);

create table account (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  name text not null,
  parent_id uuid,
  owner_id uuid,
  industry text,
  region text,
  goal text,
  -- {updatedOn: [date]}
  plan jsonb,
  won_projects int,
  next_opportunities int,
  external_id text,
  known_none text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references account,
  foreign key (workspace_id, owner_id) references member
);
create index account_name on account (workspace_id, lower(name), id);
create index account_parent on account (workspace_id, parent_id);
create index account_owner on account (workspace_id, owner_id);
create unique index account_external on account (workspace_id, external_id);

-- People of the customer.
create table person (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  title text,
  -- Null and not in known_none: not known; in known_none: reports to nobody.
  reports_to uuid,
  local boolean,
  email text,
  phone text,
  left_on date,
  external_id text,
  known_none text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account,
  foreign key (workspace_id, reports_to) references person
);
create index person_account on person (workspace_id, account_id, id);
create index person_name on person (workspace_id, lower(name), id);
create index person_reports on person (workspace_id, reports_to);
create unique index person_external on person (workspace_id, external_id);

create table deal (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  account_id uuid,
  owner_id uuid not null,
  name text not null,
  -- The id that its deal file carries, if any.
  key text,
  amount numeric check (amount >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  opened_on date,
  first_contact_on date,
  status text not null default 'open' check (status in ('open', 'won', 'lost', 'no-decision')),
  closed_on date,
  reason text,
  goal text,
  style text check (style in ('steady', 'swift')),
  playbook text check (playbook in ('early', 'mid', 'late')),
  timing_note text,
  traits text[],
  us jsonb,
  risk_file jsonb,
  risk_message text,
  exec_plan jsonb,
  exchange text,
  external_id text,
  known_none text[] not null default '{}',
  -- Lists of the deal file that are known to be empty: "we looked, there is none".
  empty_lists text[] not null default '{}',
  -- Counts every change of the deal and of all facts below it.
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),

  -- What the engine says of it, for lists and totals: computed from `version` for the day `brief_on`.
  brief_version int,
  brief_on date,
  brief_method text,
  phase smallint,
  phases real[],
  stalled real,
  progress real,
  lead_state text check (lead_state in ('ahead', 'behind', 'covered', 'closed')),
  lead_days int,
  lead_concern text,
  cover real,
  working_cover real,
  vacuum boolean,
  danger_count smallint,
  warn_count smallint,
  -- [{rule, severity}] of the most severe findings
  top_findings jsonb,
  win real,
  decision_on date,
  next_start_by date,
  homework_count smallint,

  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account,
  foreign key (workspace_id, owner_id) references member,
  check ((amount is null) = (currency is null)),
  check ((status = 'open') = (closed_on is null))
) with (fillfactor = 85);
create index deal_account on deal (workspace_id, account_id);
create index deal_key on deal (workspace_id, key);
create unique index deal_external on deal (workspace_id, external_id);
create index deal_owner_amount on deal (workspace_id, owner_id, status, phase, amount desc nulls last, id);
create index deal_status_amount on deal (workspace_id, status, amount desc nulls last, id);
create index deal_name on deal (workspace_id, lower(name), id);
create index deal_updated on deal (workspace_id, updated_at desc, id);
create index deal_lead on deal (workspace_id, status, lead_days, id);
-- What a job still has to compute.
create index deal_stale on deal (workspace_id, id) where brief_version is distinct from version;
create index deal_day on deal (workspace_id, brief_on) where status = 'open';

-- Deals counted and amounts added up by owner, status, phase and currency, so that totals over everything are read from a few rows. The gateway
-- and the job that computes summaries keep it, in the transaction that changes a deal.
create table deal_total (
  workspace_id uuid not null references workspace on delete cascade,
  owner_id uuid not null,
  status text not null,
  -- -1: not computed yet.
  phase smallint not null,
  -- Empty: no amount.
  currency text not null,
  deals int not null,
  amount numeric not null,
  behind int not null,
  danger int not null,
  primary key (workspace_id, owner_id, status, phase, currency)
);

-- Whom a deal is shared with: a member or a team.
create table deal_share (
  workspace_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  member_id uuid,
  team_id uuid,
  may_write boolean not null default false,
  sensitive boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, team_id) references team on delete cascade,
  check ((member_id is null) <> (team_id is null))
);
create index deal_share_deal on deal_share (workspace_id, deal_id);
create index deal_share_member on deal_share (workspace_id, member_id, deal_id);
create index deal_share_team on deal_share (workspace_id, team_id, deal_id);

-- Facts of a deal. One table for each kind; the columns up to `created_by` are the same in all.

create table stakeholder (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  person_id uuid not null,
  -- Id of the person in the deal's file.
  key text not null,
  roles text[] not null default '{}',
  influence double precision check (influence between 1 and 5),
  path text,
  agenda text,
  pressures text,
  business_model text,
  -- Where somebody arranged them on the people map.
  map_x double precision, map_y double precision,
  -- Of 'stance' and 'hold' those known to be empty.
  empty_lists text[] not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, person_id) references person
);
create unique index stakeholder_person on stakeholder (workspace_id, deal_id, person_id);
create unique index stakeholder_key on stakeholder (workspace_id, deal_id, key);
create index stakeholder_of on stakeholder (workspace_id, person_id);

create table stance (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  person_id uuid not null,
  value double precision not null check (value between -2 and 2),
  "on" date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, person_id) references person
);
create index stance_deal on stance (workspace_id, deal_id);

create table hold (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  person_id uuid not null,
  state text not null check (state in ('none', 'asked', 'given', 'broken')),
  "on" date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, person_id) references person
);
create index hold_deal on hold (workspace_id, deal_id);

create table rival (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  key text not null,
  name text not null,
  kind text check (kind in ('vendor', 'status-quo', 'in-house')),
  incumbent boolean,
  "leading" boolean,
  -- {need, cost, solution, risk}: 0..1
  strengths jsonb,
  -- The list of contacts is known to be empty.
  no_contacts boolean not null default false,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create unique index rival_key on rival (workspace_id, deal_id, key);

create table rival_contact (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  rival_id uuid not null,
  person_id uuid not null,
  "on" date not null,
  play text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, rival_id) references rival on delete cascade,
  foreign key (workspace_id, person_id) references person
);
create index rival_contact_deal on rival_contact (workspace_id, deal_id);
create index rival_contact_rival on rival_contact (workspace_id, rival_id);

create table note (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  "on" date not null,
  author text,
  text text not null check (length(text) <= 20000),
  private boolean,
  external_id text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index note_deal on note (workspace_id, deal_id, "on" desc);
create unique index note_external on note (workspace_id, external_id) where external_id is not null;

create table evidence (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  key text,
  "on" date not null,
  signal text not null,
  person_id uuid,
  confidence double precision not null default 1 check (confidence > 0 and confidence <= 1),
  quote text,
  status text not null default 'confirmed' check (status in ('confirmed', 'suggested', 'rejected')),
  source text,
  -- The note it was read from, and the span of words in it.
  note_id uuid,
  span int4[],
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, note_id) references note on delete set null (note_id)
);
create index evidence_deal on evidence (workspace_id, deal_id, "on" desc);
create index evidence_note on evidence (workspace_id, note_id) where note_id is not null;

create table touch (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  key text,
  "on" date not null,
  play text,
  what text,
  "with" uuid[] not null default '{}',
  concern text check (concern in ('need', 'cost', 'solution', 'risk')),
  hours double precision check (hours >= 0),
  paid boolean,
  outcome text not null default 'done' check (outcome in ('done', 'failed', 'cancelled')),
  flag text check (flag in ('gift', 'side-payment', 'forbidden-contact')),
  note text,
  external_id text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index touch_deal on touch (workspace_id, deal_id, "on" desc);
create unique index touch_external on touch (workspace_id, external_id) where external_id is not null;

create table proof (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  topic text not null,
  proof text not null,
  -- People it serves; null: not said.
  "for" uuid[],
  ready_on date,
  expires_on date,
  owner text,
  note text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index proof_deal on proof (workspace_id, deal_id);

create table proof_status (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  proof_id uuid not null,
  status text not null check (status in ('missing', 'preparing', 'prepared', 'presented', 'accepted')),
  "on" date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, proof_id) references proof on delete cascade
);
create index proof_status_deal on proof_status (workspace_id, deal_id);
create index proof_status_proof on proof_status (workspace_id, proof_id);

create table ucv (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  "on" date not null,
  goal text,
  only_us text not null,
  number text,
  -- Difference to each rival, by the rival's key.
  differs_from jsonb,
  concern text check (concern in ('need', 'cost', 'solution', 'risk')),
  confirmed_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade,
  foreign key (workspace_id, confirmed_by) references person
);
create index ucv_deal on ucv (workspace_id, deal_id);

create table process_step (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  step text not null,
  phase text,
  "on" date,
  owner text,
  done boolean,
  applies boolean,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index process_step_deal on process_step (workspace_id, deal_id);

create table our_step (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  phase text not null,
  status text not null default 'done' check (status in ('done', 'skipped')),
  "on" date,
  evidence text,
  reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index our_step_deal on our_step (workspace_id, deal_id);

create table plan_step (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  key text,
  play text,
  what text,
  "on" date,
  "with" uuid[],
  phase text,
  status text not null default 'open' check (status in ('open', 'done', 'dropped', 'skipped')),
  deviates boolean,
  reason text,
  owner text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index plan_step_deal on plan_step (workspace_id, deal_id);
create index plan_step_due on plan_step (workspace_id, "on") where status = 'open';

create table estimate (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  side text not null check (side in ('seller', 'manager')),
  value double precision not null check (value between 0 and 1),
  "on" date,
  by text,
  because text[],
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index estimate_deal on estimate (workspace_id, deal_id);

create table pin (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  "on" date not null,
  phase text not null,
  by text,
  reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index pin_deal on pin (workspace_id, deal_id);

create table stage_claim (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  "on" date not null,
  phase text not null,
  label text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index stage_claim_deal on stage_claim (workspace_id, deal_id);

create table commitment (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  what text not null,
  who text,
  promised_on date not null,
  due_on date,
  done_on date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index commitment_deal on commitment (workspace_id, deal_id);

create table discount (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  "on" date not null,
  percent double precision check (percent between 0 and 100),
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index discount_deal on discount (workspace_id, deal_id);

create table not_needed (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null,
  recorded_on date, known_none text[] not null default '{}', version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  topic text not null,
  reason text not null,
  "on" date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);
create index not_needed_deal on not_needed (workspace_id, deal_id);

-- The audit trail: who changed what from which value to which. `before` and `after` are whole rows; what a create wrote is the row itself,
-- or the `before` of its first change. All changes of one request share `change_set`, which can be undone together.
create table change (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null,
  change_set uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  via text not null,
  kind text not null,
  record_id uuid not null,
  deal_id uuid,
  account_id uuid,
  action text not null check (action in ('create', 'update', 'delete')),
  before jsonb,
  after jsonb,
  undone_by uuid,
  primary key (workspace_id, id)
);
create index change_deal on change (workspace_id, deal_id, id) where deal_id is not null;
create index change_record on change (workspace_id, record_id, id);
create index change_account on change (workspace_id, account_id, id) where account_id is not null;
create index change_set on change (workspace_id, change_set);

-- Briefs that were asked for, by the version of what they were computed from. May be emptied at any time.
create table brief_cache (
  workspace_id uuid not null,
  deal_id uuid not null,
  as_of date not null,
  deal_version int not null,
  method text not null,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, deal_id, as_of),
  foreign key (workspace_id, deal_id) references deal on delete cascade
);

-- Search over names and words. `words` holds words and, for Chinese, pairs of characters.
create table search_entry (
  workspace_id uuid not null references workspace on delete cascade,
  kind text not null check (kind in ('account', 'person', 'deal', 'note', 'touch', 'evidence')),
  id uuid not null,
  deal_id uuid,
  account_id uuid,
  "on" date,
  sensitive boolean not null default false,
  title text not null,
  body text,
  words tsvector not null,
  primary key (workspace_id, kind, id)
);
create index search_entry_words on search_entry using gin (words) where kind in ('note', 'touch', 'evidence');
create index search_entry_names on search_entry using gin (words) where kind in ('account', 'person', 'deal');
create index search_entry_deal on search_entry (workspace_id, deal_id);
create index search_entry_newest on search_entry (workspace_id, "on" desc nulls last, id desc) where kind in ('note', 'touch', 'evidence');

create table saved_view (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  screen text not null,
  name text not null,
  query jsonb not null,
  shared boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index saved_view_member on saved_view (workspace_id, member_id, screen);

-- Answers of creates, so that a repeated request is answered and not done again. Answers may hold what is shown once, such as the link of
-- an invitation: they are encrypted with the key the client chose, of which only a hash is kept.
create table idempotency (
  workspace_id uuid not null references workspace on delete cascade,
  member_id uuid not null,
  key_hash bytea not null,
  request_hash bytea not null,
  status int not null,
  headers jsonb not null,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, member_id, key_hash)
);
create index idempotency_age on idempotency (created_at);

create table import_run (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  source text,
  dry_run boolean not null default false,
  mapping jsonb,
  status text not null default 'running' check (status in ('running', 'done', 'failed', 'cancelled')),
  -- Rows up to here are done: an interrupted run goes on after it.
  position int not null default 0,
  total int,
  created int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  failed int not null default 0,
  error jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index import_run_age on import_run (workspace_id, created_at desc);

create table import_fault (
  workspace_id uuid not null,
  run_id uuid not null,
  row int not null,
  field text not null,
  fault jsonb not null,
  primary key (workspace_id, run_id, row, field),
  foreign key (workspace_id, run_id) references import_run on delete cascade
);

-- Tenancy, enforced here and not only in code. The application says which workspace it acts for; without saying it sees nothing.
create function current_workspace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('sente.workspace', true), '')::uuid $$;

do $$
declare name text;
begin
  for name in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')
  loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', name);
    execute format('grant select, insert, update, delete on %I to sente_app', name);
  end loop;
end $$;
alter table workspace enable row level security;
create policy tenant on workspace using (id = (select current_workspace())) with check (id = (select current_workspace()));
grant select, update on workspace to sente_app;

-- What must be found before the workspace is known: whom a secret belongs to. These run as the owner and answer by hash or address only.
create function session_of(hash bytea) returns table (
  workspace_id uuid, session_id uuid, csrf_hash bytea, seen_at timestamptz, expires_at timestamptz,
  member_id uuid, name text, email text, role text, sensitive boolean, language text, team_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.workspace_id, s.id, s.csrf_hash, s.seen_at, s.expires_at, m.id, m.name, m.email, m.role, m.sensitive, m.language,
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from session s join member m on m.workspace_id = s.workspace_id and m.id = s.member_id
        where s.token_hash = hash and s.expires_at > now() and m.disabled_at is null $$;
create function token_of(hash bytea) returns table (
  workspace_id uuid, token_id uuid, scopes text[], seen_at timestamptz, expires_at timestamptz,
  member_id uuid, name text, email text, role text, sensitive boolean, language text, team_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.workspace_id, a.id, a.scopes, a.used_at, a.expires_at, m.id, m.name, m.email, m.role, m.sensitive, m.language,
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from api_token a join member m on m.workspace_id = a.workspace_id and m.id = a.member_id
        where a.token_hash = hash and (a.expires_at is null or a.expires_at > now()) and m.disabled_at is null $$;
create function link_of(hash bytea) returns table (workspace_id uuid, link_id uuid, member_id uuid, purpose text, expires_at timestamptz, used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select workspace_id, id, member_id, purpose, expires_at, used_at from one_time_link where token_hash = hash $$;
create function members_at(address text) returns table (workspace_id uuid, member_id uuid, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, m.id, m.password_hash from member m join workspace w on w.id = m.workspace_id
        where m.email = lower(address) and m.disabled_at is null order by w.created_at $$;
create function members_of_subject(subject text) returns table (workspace_id uuid, member_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, m.id from member m join workspace w on w.id = m.workspace_id
        where m.oidc_subject = subject and m.disabled_at is null order by w.created_at $$;
create function setup_needed() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select not exists (select from member where (password_hash is not null or oidc_subject is not null) and disabled_at is null) $$;
create function workspaces() returns table (id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select id, name from workspace order by created_at $$;
revoke execute on function session_of, token_of, link_of, members_at, members_of_subject, setup_needed, workspaces from public;
grant execute on function session_of, token_of, link_of, members_at, members_of_subject, setup_needed, workspaces, current_workspace to sente_app;

-- Search, as the owner: below row level security an index on words cannot be used, because `@@` might tell of rows it should not see. The
-- functions keep to the workspace themselves, and to the deals that the caller names: `owners` null means all of them.
create function search_hits(query tsquery, only_kind text, owners uuid[], shared uuid[], personal boolean, personal_shared uuid[], most int)
  returns table (kind text, id uuid, deal_id uuid, account_id uuid, "on" date, title text, body text)
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$
declare
  ws constant uuid := current_workspace();
  picked constant text := 'select s.kind, s.id, s.deal_id, s.account_id, s."on", s.title, s.body from ';
  mine constant text := '(select d.id from deal d where d.workspace_id = $8 and (d.owner_id = any($3) or d.id = any($4)))';
  seen text := case when owners is null then 'true' else 's.deal_id in ' || mine end;
  facts text := $q$ s.workspace_id = $8 and s.words @@ $1 and s.kind in ('note', 'touch', 'evidence') and ($2 is null or s.kind = $2) and (not s.sensitive or $5$q$
    || case when owners is null then ')' else ' and s.deal_id in (select d.id from deal d where d.workspace_id = $8 and (d.owner_id = any($3) or d.id = any($6))))' end;
  found int;
  deals int;
  plan text;
begin
  -- Names: the shortest of some; whoever has more than that to choose from writes another letter.
  return query execute picked || $q$ (select * from search_entry s where s.workspace_id = $8 and s.words @@ $1 and s.kind in ('account', 'person', 'deal')
    and ($2 is null or s.kind = $2) and (s.kind <> 'deal' or $q$ || seen || ') limit 200) s order by s.kind = ''deal'', length(s.title), s.id limit $7'
    using query, only_kind, owners, shared, personal, personal_shared, most, ws;
  get diagnostics found = row_count;
  most := most - found;
  if most <= 0 then return; end if;
  -- Rare words are found by the index of words. Common ones among the newest entries, or, for who sees few deals, among theirs.
  select count(*) into found from (select from search_entry s where s.workspace_id = ws and s.words @@ query and s.kind in ('note', 'touch', 'evidence') limit 2001) f;
  if found = 0 then return; end if;
  if owners is not null then select count(*) into deals from (select from deal d where d.workspace_id = ws and (d.owner_id = any(owners) or d.id = any(shared)) limit 3001) f; end if;
  plan := case
    when found <= 2000 then picked || '(select * from search_entry s where' || facts || ' and ' || seen || ' offset 0) s'
    when deals <= 3000 then picked || '(select s.* from (select * from ' || mine || ' i offset 0) d cross join lateral (select * from search_entry s where s.workspace_id = $8 and s.deal_id = d.id offset 0) s where' || facts || ' offset 0) s'
    else picked || 'search_entry s where' || facts || ' and ' || seen
  end;
  return query execute plan || ' order by s."on" desc nulls last, s.id desc limit $7' using query, only_kind, owners, shared, personal, personal_shared, most, ws;
end $$;
create function name_hits(query tsquery, of_kind text) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.id from search_entry s where s.workspace_id = (select current_workspace()) and s.kind in ('account', 'person', 'deal') and s.kind = of_kind and s.words @@ query $$;

-- Workspaces in which summaries have to be computed, with the day it is there.
create function workspaces_due() returns table (id uuid, today date)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.id, t.today from workspace w, lateral (select (now() at time zone w.time_zone)::date as today) t
        where exists (select from deal d where d.workspace_id = w.id and d.brief_version is distinct from d.version)
          or exists (select from deal d where d.workspace_id = w.id and d.status = 'open' and d.brief_on < t.today)
        order by w.id $$;
revoke execute on function search_hits, name_hits, workspaces_due from public;
grant execute on function search_hits, name_hits, workspaces_due to sente_app;

-- The audit trail is written once; only the mark that a change was undone is added later.
revoke update, delete on change from sente_app;
grant update (undone_by) on change to sente_app;
