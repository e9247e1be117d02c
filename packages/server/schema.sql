-- What the migrations make, written by "node packages/server/src/store/schema-write.ts --write". Do not edit.

-- functions

CREATE OR REPLACE FUNCTION public.calendar_feed_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, member_id uuid, proposals boolean, read_at timestamp with time zone, name text, role text, sensitive boolean, language text, team_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select f.workspace_id, f.member_id, f.proposals, f.read_at, m.name, m.role, m.sensitive, coalesce(m.language, w.language),
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from calendar_feed f join member m on m.workspace_id = f.workspace_id and m.id = f.member_id join workspace w on w.id = f.workspace_id
        where f.token_hash = hash and m.disabled_at is null $function$
;

CREATE OR REPLACE FUNCTION public.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('sente.workspace', true), '')::uuid $function$
;

CREATE OR REPLACE FUNCTION public.imports_open()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct workspace_id from import_run where settled_at is null and not dry_run or status = 'running' $function$
;

CREATE OR REPLACE FUNCTION public.joint_link_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, id uuid, deal_id uuid, language text, over boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select l.workspace_id, l.id, l.deal_id, l.language, l.revoked_at is not null or l.expires_at <= now() from joint_link l where l.token_hash = hash $function$
;

CREATE OR REPLACE FUNCTION public.link_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, link_id uuid, member_id uuid, purpose text, expires_at timestamp with time zone, used_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select workspace_id, id, member_id, purpose, expires_at, used_at from one_time_link where token_hash = hash $function$
;

CREATE OR REPLACE FUNCTION public.members_at(address text)
 RETURNS TABLE(workspace_id uuid, member_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select m.workspace_id, m.id, m.password_hash from member m join workspace w on w.id = m.workspace_id
        where m.email = lower(address) and m.disabled_at is null order by w.created_at $function$
;

CREATE OR REPLACE FUNCTION public.members_of_subject(subject text)
 RETURNS TABLE(workspace_id uuid, member_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select m.workspace_id, m.id from member m join workspace w on w.id = m.workspace_id
        where m.oidc_subject = subject and m.disabled_at is null order by w.created_at $function$
;

CREATE OR REPLACE FUNCTION public.name_hits(query tsquery, of_kind text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.id from search_entry s where s.workspace_id = (select current_workspace()) and s.kind in ('account', 'person', 'deal') and s.kind = of_kind and s.words @@ query $function$
;

CREATE OR REPLACE FUNCTION public.search_hits(query tsquery, only_kind text, owners uuid[], shared uuid[], personal boolean, personal_shared uuid[], most integer)
 RETURNS TABLE(kind text, id uuid, deal_id uuid, account_id uuid, "on" date, title text, body text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.session_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, session_id uuid, csrf_hash bytea, seen_at timestamp with time zone, expires_at timestamp with time zone, member_id uuid, name text, email text, role text, sensitive boolean, language text, team_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.workspace_id, s.id, s.csrf_hash, s.seen_at, s.expires_at, m.id, m.name, m.email, m.role, m.sensitive, m.language,
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from session s join member m on m.workspace_id = s.workspace_id and m.id = s.member_id
        where s.token_hash = hash and s.expires_at > now() and m.disabled_at is null $function$
;

CREATE OR REPLACE FUNCTION public.setup_needed()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select not exists (select from member where (password_hash is not null or oidc_subject is not null) and disabled_at is null) $function$
;

CREATE OR REPLACE FUNCTION public.token_of(hash bytea)
 RETURNS TABLE(workspace_id uuid, token_id uuid, scopes text[], seen_at timestamp with time zone, expires_at timestamp with time zone, member_id uuid, name text, email text, role text, sensitive boolean, language text, team_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select a.workspace_id, a.id, a.scopes, a.used_at, a.expires_at, m.id, m.name, m.email, m.role, m.sensitive, m.language,
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from api_token a join member m on m.workspace_id = a.workspace_id and m.id = a.member_id
        where a.token_hash = hash and (a.expires_at is null or a.expires_at > now()) and m.disabled_at is null $function$
;

CREATE OR REPLACE FUNCTION public.token_of_code(hash bytea)
 RETURNS TABLE(workspace_id uuid, token_id uuid, member_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select a.workspace_id, a.id, a.member_id from api_token a where a.code_hash = hash $function$
;

CREATE OR REPLACE FUNCTION public.webhooks_due()
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct d.workspace_id from webhook_delivery d where d.state in ('pending', 'failed') $function$
;

CREATE OR REPLACE FUNCTION public.workspaces()
 RETURNS TABLE(id uuid, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select id, name from workspace order by created_at $function$
;

CREATE OR REPLACE FUNCTION public.workspaces_due()
 RETURNS TABLE(id uuid, today date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w.id, t.today from workspace w, lateral (select (now() at time zone w.time_zone)::date as today) t
        where exists (select from deal d where d.workspace_id = w.id and d.stale)
          or exists (select from deal d where d.workspace_id = w.id and d.status = 'open' and d.brief_on < t.today)
        order by w.id $function$
;

-- tables

create table account (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  parent_id uuid,
  owner_id uuid,
  industry text,
  region text,
  goal text,
  plan jsonb,
  won_projects integer,
  next_opportunities integer,
  external_id text,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  updated_at timestamp with time zone default now() not null,
  country text,
  units text[],
  constraint account_pkey PRIMARY KEY (workspace_id, id),
  constraint account_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint account_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE,
  constraint account_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES member(workspace_id, id),
  constraint account_workspace_id_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES account(workspace_id, id)
);
CREATE UNIQUE INDEX account_external ON public.account USING btree (workspace_id, external_id);
CREATE INDEX account_name ON public.account USING btree (workspace_id, lower(name), id);
CREATE INDEX account_owner ON public.account USING btree (workspace_id, owner_id);
CREATE INDEX account_parent ON public.account USING btree (workspace_id, parent_id);
alter table account enable row level security;
create policy tenant on account as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table account to sente_app;

create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  expires_at timestamp with time zone,
  used_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  code_hash bytea,
  constraint api_token_pkey PRIMARY KEY (workspace_id, id),
  constraint api_token_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX api_token_code ON public.api_token USING btree (code_hash) WHERE (code_hash IS NOT NULL);
CREATE INDEX api_token_token ON public.api_token USING btree (token_hash);
alter table api_token enable row level security;
create policy tenant on api_token as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table api_token to sente_app;

create table brief_cache (
  workspace_id uuid not null,
  deal_id uuid not null,
  as_of date not null,
  deal_version integer not null,
  method text not null,
  body bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint brief_cache_pkey PRIMARY KEY (workspace_id, deal_id, as_of),
  constraint brief_cache_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
alter table brief_cache enable row level security;
create policy tenant on brief_cache as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table brief_cache to sente_app;

create table calendar_feed (
  workspace_id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  proposals boolean default false not null,
  created_at timestamp with time zone default now() not null,
  read_at timestamp with time zone,
  constraint calendar_feed_pkey PRIMARY KEY (workspace_id, member_id),
  constraint calendar_feed_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX calendar_feed_token ON public.calendar_feed USING btree (token_hash);
alter table calendar_feed enable row level security;
create policy tenant on calendar_feed as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table calendar_feed to sente_app;

create table change (
  workspace_id uuid not null,
  id uuid not null,
  change_set uuid not null,
  at timestamp with time zone default clock_timestamp() not null,
  actor_id uuid,
  via text not null,
  kind text not null,
  record_id uuid not null,
  deal_id uuid,
  account_id uuid,
  action text not null,
  before jsonb,
  after jsonb,
  undone_by uuid,
  constraint change_pkey PRIMARY KEY (workspace_id, id),
  constraint change_action_check CHECK ((action = ANY (ARRAY['create'::text, 'update'::text, 'delete'::text]))),
  constraint change_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
CREATE INDEX change_account ON public.change USING btree (workspace_id, account_id, id) WHERE (account_id IS NOT NULL);
CREATE INDEX change_deal ON public.change USING btree (workspace_id, deal_id, id) WHERE (deal_id IS NOT NULL);
CREATE INDEX change_record ON public.change USING btree (workspace_id, record_id, id);
CREATE INDEX change_set ON public.change USING btree (workspace_id, change_set);
CREATE INDEX change_step_gone ON public.change USING btree (workspace_id, at) WHERE ((kind = 'planStep'::text) AND (action = 'delete'::text));
alter table change enable row level security;
create policy tenant on change as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant insert, select on table change to sente_app;
grant update (undone_by) on table change to sente_app;

create table commitment (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  what text not null,
  who text,
  promised_on date not null,
  due_on date,
  done_on date,
  "to" uuid,
  broken_on date,
  "where" text,
  carried_from text,
  constraint commitment_pkey PRIMARY KEY (workspace_id, id),
  constraint commitment_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX commitment_deal ON public.commitment USING btree (workspace_id, deal_id);
alter table commitment enable row level security;
create policy tenant on commitment as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table commitment to sente_app;

create table deal (
  workspace_id uuid not null,
  id uuid not null,
  account_id uuid,
  owner_id uuid not null,
  name text not null,
  key text,
  amount numeric,
  currency text,
  opened_on date,
  first_contact_on date,
  status text default 'open'::text not null,
  closed_on date,
  reason text,
  goal text,
  style text,
  playbook text,
  timing_note text,
  traits text[],
  us jsonb,
  risk_file jsonb,
  risk_message text,
  exec_plan jsonb,
  exchange text,
  external_id text,
  known_none text[] default '{}'::text[] not null,
  empty_lists text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  updated_at timestamp with time zone default now() not null,
  brief_version integer,
  brief_on date,
  brief_method text,
  phase smallint,
  phases real[],
  stalled real,
  progress real,
  lead_state text,
  lead_days integer,
  lead_concern text,
  cover real,
  working_cover real,
  vacuum boolean,
  danger_count smallint,
  warn_count smallint,
  top_findings jsonb,
  win real,
  decision_on date,
  next_start_by date,
  homework_count smallint,
  tender jsonb,
  stale boolean generated always as ((brief_version IS DISTINCT FROM version)) stored not null,
  unit text,
  offer text,
  carried_from text,
  crm_close_on date,
  crm_next_step text,
  constraint deal_pkey PRIMARY KEY (workspace_id, id),
  constraint deal_amount_check CHECK ((amount >= (0)::numeric)),
  constraint deal_check CHECK (((amount IS NULL) = (currency IS NULL))),
  constraint deal_check1 CHECK (((status = 'open'::text) = (closed_on IS NULL))),
  constraint deal_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint deal_lead_state_check CHECK ((lead_state = ANY (ARRAY['unknown'::text, 'ahead'::text, 'behind'::text, 'covered'::text, 'closed'::text]))),
  constraint deal_playbook_check CHECK ((playbook = ANY (ARRAY['early'::text, 'mid'::text, 'late'::text]))),
  constraint deal_status_check CHECK ((status = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text, 'no-decision'::text]))),
  constraint deal_style_check CHECK ((style = ANY (ARRAY['steady'::text, 'swift'::text]))),
  constraint deal_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES account(workspace_id, id),
  constraint deal_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE,
  constraint deal_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES member(workspace_id, id)
);
CREATE INDEX deal_account ON public.deal USING btree (workspace_id, account_id);
CREATE INDEX deal_day ON public.deal USING btree (workspace_id, brief_on) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX deal_external ON public.deal USING btree (workspace_id, external_id);
CREATE INDEX deal_key ON public.deal USING btree (workspace_id, key);
CREATE INDEX deal_lead ON public.deal USING btree (workspace_id, status, lead_days, id);
CREATE INDEX deal_name ON public.deal USING btree (workspace_id, lower(name), id);
CREATE INDEX deal_owner_amount ON public.deal USING btree (workspace_id, owner_id, status, phase, amount DESC NULLS LAST, id);
CREATE INDEX deal_stale ON public.deal USING btree (workspace_id, id) WHERE stale;
CREATE INDEX deal_status_amount ON public.deal USING btree (workspace_id, status, amount DESC NULLS LAST, id);
CREATE INDEX deal_updated ON public.deal USING btree (workspace_id, updated_at DESC, id);
alter table deal enable row level security;
create policy tenant on deal as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table deal to sente_app;

create table deal_plan (
  workspace_id uuid not null,
  deal_id uuid not null,
  style text not null,
  "on" date not null,
  deal_version integer not null,
  made_with text not null,
  body bytea not null,
  made_at timestamp with time zone default now() not null,
  constraint deal_plan_pkey PRIMARY KEY (workspace_id, deal_id, style),
  constraint deal_plan_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
alter table deal_plan enable row level security;
create policy tenant on deal_plan as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table deal_plan to sente_app;

create table deal_plan_day (
  workspace_id uuid not null,
  deal_id uuid not null,
  style text not null,
  "on" date not null,
  steps jsonb not null,
  constraint deal_plan_day_pkey PRIMARY KEY (workspace_id, deal_id, style, "on"),
  constraint deal_plan_day_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
alter table deal_plan_day enable row level security;
create policy tenant on deal_plan_day as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table deal_plan_day to sente_app;

create table deal_share (
  workspace_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  member_id uuid,
  team_id uuid,
  may_write boolean default false not null,
  sensitive boolean default false not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  constraint deal_share_pkey PRIMARY KEY (workspace_id, id),
  constraint deal_share_check CHECK (((member_id IS NULL) <> (team_id IS NULL))),
  constraint deal_share_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint deal_share_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE,
  constraint deal_share_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES team(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX deal_share_deal ON public.deal_share USING btree (workspace_id, deal_id);
CREATE INDEX deal_share_member ON public.deal_share USING btree (workspace_id, member_id, deal_id);
CREATE INDEX deal_share_team ON public.deal_share USING btree (workspace_id, team_id, deal_id);
alter table deal_share enable row level security;
create policy tenant on deal_share as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table deal_share to sente_app;

create table deal_total (
  workspace_id uuid not null,
  owner_id uuid not null,
  status text not null,
  phase smallint not null,
  currency text not null,
  deals integer not null,
  amount numeric not null,
  behind integer not null,
  danger integer not null,
  constraint deal_total_pkey PRIMARY KEY (workspace_id, owner_id, status, phase, currency),
  constraint deal_total_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
alter table deal_total enable row level security;
create policy tenant on deal_total as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table deal_total to sente_app;

create table discount (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  "on" date not null,
  percent double precision,
  constraint discount_pkey PRIMARY KEY (workspace_id, id),
  constraint discount_percent_check CHECK (((percent >= (0)::double precision) AND (percent <= (100)::double precision))),
  constraint discount_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX discount_deal ON public.discount USING btree (workspace_id, deal_id);
alter table discount enable row level security;
create policy tenant on discount as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table discount to sente_app;

create table estimate (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  side text not null,
  value double precision not null,
  "on" date,
  by text,
  because text[],
  constraint estimate_pkey PRIMARY KEY (workspace_id, id),
  constraint estimate_side_check CHECK ((side = ANY (ARRAY['seller'::text, 'manager'::text]))),
  constraint estimate_value_check CHECK (((value >= (0)::double precision) AND (value <= (1)::double precision))),
  constraint estimate_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX estimate_deal ON public.estimate USING btree (workspace_id, deal_id);
alter table estimate enable row level security;
create policy tenant on estimate as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table estimate to sente_app;

create table evidence (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  key text,
  "on" date not null,
  signal text not null,
  person_id uuid,
  confidence double precision default 1 not null,
  quote text,
  status text default 'confirmed'::text not null,
  source text,
  note_id uuid,
  span integer[],
  about text,
  carried_from text,
  constraint evidence_pkey PRIMARY KEY (workspace_id, id),
  constraint evidence_confidence_check CHECK (((confidence > (0)::double precision) AND (confidence <= (1)::double precision))),
  constraint evidence_status_check CHECK ((status = ANY (ARRAY['confirmed'::text, 'suggested'::text, 'rejected'::text]))),
  constraint evidence_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint evidence_workspace_id_note_id_fkey FOREIGN KEY (workspace_id, note_id) REFERENCES note(workspace_id, id) ON DELETE SET NULL (note_id),
  constraint evidence_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id)
);
CREATE INDEX evidence_deal ON public.evidence USING btree (workspace_id, deal_id, "on" DESC);
CREATE INDEX evidence_note ON public.evidence USING btree (workspace_id, note_id) WHERE (note_id IS NOT NULL);
alter table evidence enable row level security;
create policy tenant on evidence as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table evidence to sente_app;

create table hold (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  person_id uuid not null,
  state text not null,
  "on" date,
  constraint hold_pkey PRIMARY KEY (workspace_id, id),
  constraint hold_state_check CHECK ((state = ANY (ARRAY['none'::text, 'asked'::text, 'given'::text, 'broken'::text]))),
  constraint hold_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint hold_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id)
);
CREATE INDEX hold_deal ON public.hold USING btree (workspace_id, deal_id);
alter table hold enable row level security;
create policy tenant on hold as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table hold to sente_app;

create table idempotency (
  workspace_id uuid not null,
  member_id uuid not null,
  key_hash bytea not null,
  request_hash bytea not null,
  status integer not null,
  headers jsonb not null,
  body bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_pkey PRIMARY KEY (workspace_id, member_id, key_hash),
  constraint idempotency_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_age ON public.idempotency USING btree (created_at);
alter table idempotency enable row level security;
create policy tenant on idempotency as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table idempotency to sente_app;

create table import_fault (
  workspace_id uuid not null,
  run_id uuid not null,
  "row" integer not null,
  field text not null,
  fault jsonb not null,
  constraint import_fault_pkey PRIMARY KEY (workspace_id, run_id, "row", field),
  constraint import_fault_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES import_run(workspace_id, id) ON DELETE CASCADE
);
alter table import_fault enable row level security;
create policy tenant on import_fault as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table import_fault to sente_app;

create table import_run (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  source text,
  dry_run boolean default false not null,
  mapping jsonb,
  status text default 'running'::text not null,
  "position" integer default 0 not null,
  total integer,
  created integer default 0 not null,
  updated integer default 0 not null,
  unchanged integer default 0 not null,
  failed integer default 0 not null,
  error jsonb,
  created_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  settled_at timestamp with time zone,
  report jsonb,
  answers jsonb,
  fingerprint text,
  constraint import_run_pkey PRIMARY KEY (workspace_id, id),
  constraint import_run_status_check CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'interrupted'::text, 'waiting'::text]))),
  constraint import_run_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX import_run_age ON public.import_run USING btree (workspace_id, created_at DESC);
CREATE INDEX import_run_open ON public.import_run USING btree (workspace_id) WHERE ((settled_at IS NULL) AND (NOT dry_run));
CREATE INDEX import_run_source ON public.import_run USING btree (workspace_id, fingerprint, created_at) WHERE (fingerprint IS NOT NULL);
alter table import_run enable row level security;
create policy tenant on import_run as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table import_run to sente_app;

create table joint_item (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  what text not null,
  whose text default 'ours'::text not null,
  owner text,
  "on" date,
  done_on date,
  step text,
  plan_step_id text,
  constraint joint_item_pkey PRIMARY KEY (workspace_id, id),
  constraint joint_item_whose_check CHECK ((whose = ANY (ARRAY['ours'::text, 'theirs'::text, 'both'::text]))),
  constraint joint_item_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX joint_item_deal ON public.joint_item USING btree (workspace_id, deal_id);
alter table joint_item enable row level security;
create policy tenant on joint_item as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table joint_item to sente_app;

create table joint_link (
  workspace_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  token_hash bytea not null,
  title text not null,
  intro text,
  language text not null,
  for_whom text,
  person_id uuid,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  constraint joint_link_pkey PRIMARY KEY (workspace_id, id),
  constraint joint_link_language_check CHECK ((language = ANY (ARRAY['en'::text, 'zh'::text]))),
  constraint joint_link_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint joint_link_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id) ON DELETE SET NULL (person_id)
);
CREATE INDEX joint_link_deal ON public.joint_link USING btree (workspace_id, deal_id);
CREATE INDEX joint_link_person ON public.joint_link USING btree (workspace_id, person_id);
CREATE UNIQUE INDEX joint_link_token ON public.joint_link USING btree (token_hash);
alter table joint_link enable row level security;
create policy tenant on joint_link as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table joint_link to sente_app;

create table joint_suggestion (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  item_id uuid,
  item text,
  kind text not null,
  "on" date,
  text text,
  author text,
  person_id uuid,
  decision text default 'open'::text not null,
  constraint joint_suggestion_pkey PRIMARY KEY (workspace_id, id),
  constraint joint_suggestion_decision_check CHECK ((decision = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text]))),
  constraint joint_suggestion_kind_check CHECK ((kind = ANY (ARRAY['done'::text, 'undone'::text, 'move'::text, 'comment'::text, 'propose'::text]))),
  constraint joint_suggestion_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint joint_suggestion_workspace_id_item_id_fkey FOREIGN KEY (workspace_id, item_id) REFERENCES joint_item(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX joint_suggestion_deal ON public.joint_suggestion USING btree (workspace_id, deal_id);
CREATE INDEX joint_suggestion_item ON public.joint_suggestion USING btree (workspace_id, item_id);
alter table joint_suggestion enable row level security;
create policy tenant on joint_suggestion as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table joint_suggestion to sente_app;

create table joint_visit (
  workspace_id uuid not null,
  joint_link_id uuid not null,
  at timestamp with time zone not null,
  opened integer default 0 not null,
  said integer default 0 not null,
  authors text[] default '{}'::text[] not null,
  constraint joint_visit_pkey PRIMARY KEY (workspace_id, joint_link_id, at),
  constraint joint_visit_workspace_id_joint_link_id_fkey FOREIGN KEY (workspace_id, joint_link_id) REFERENCES joint_link(workspace_id, id) ON DELETE CASCADE
);
alter table joint_visit enable row level security;
create policy tenant on joint_visit as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table joint_visit to sente_app;

create table member (
  workspace_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  sensitive boolean,
  language text,
  theme text,
  preferences jsonb default '{}'::jsonb not null,
  password_hash text,
  oidc_subject text,
  disabled_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint member_pkey PRIMARY KEY (workspace_id, id),
  constraint member_email_check CHECK (((email = lower(email)) AND (email IS NFKC NORMALIZED))),
  constraint member_language_check CHECK ((language = ANY (ARRAY['en'::text, 'zh'::text]))),
  constraint member_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'manager'::text, 'seller'::text, 'viewer'::text]))),
  constraint member_theme_check CHECK ((theme = ANY (ARRAY['light'::text, 'dark'::text, 'auto'::text]))),
  constraint member_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
CREATE INDEX member_at ON public.member USING btree (email);
CREATE UNIQUE INDEX member_email ON public.member USING btree (workspace_id, email);
CREATE UNIQUE INDEX member_oidc ON public.member USING btree (workspace_id, oidc_subject) WHERE (oidc_subject IS NOT NULL);
CREATE INDEX member_subject ON public.member USING btree (oidc_subject) WHERE (oidc_subject IS NOT NULL);
alter table member enable row level security;
create policy tenant on member as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table member to sente_app;

create table not_needed (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  topic text not null,
  reason text not null,
  "on" date,
  constraint not_needed_pkey PRIMARY KEY (workspace_id, id),
  constraint not_needed_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX not_needed_deal ON public.not_needed USING btree (workspace_id, deal_id);
alter table not_needed enable row level security;
create policy tenant on not_needed as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table not_needed to sente_app;

create table note (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  "on" date not null,
  author text,
  text text not null,
  private boolean,
  external_id text,
  constraint note_pkey PRIMARY KEY (workspace_id, id),
  constraint note_text_check CHECK ((length(text) <= 20000)),
  constraint note_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX note_deal ON public.note USING btree (workspace_id, deal_id, "on" DESC);
CREATE UNIQUE INDEX note_external ON public.note USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
alter table note enable row level security;
create policy tenant on note as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table note to sente_app;

create table one_time_link (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  purpose text not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint one_time_link_pkey PRIMARY KEY (workspace_id, id),
  constraint one_time_link_purpose_check CHECK ((purpose = ANY (ARRAY['setup'::text, 'invitation'::text, 'reset'::text]))),
  constraint one_time_link_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX one_time_link_token ON public.one_time_link USING btree (token_hash);
alter table one_time_link enable row level security;
create policy tenant on one_time_link as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table one_time_link to sente_app;

create table our_step (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  phase text not null,
  status text default 'done'::text not null,
  "on" date,
  evidence text,
  reason text,
  constraint our_step_pkey PRIMARY KEY (workspace_id, id),
  constraint our_step_status_check CHECK ((status = ANY (ARRAY['done'::text, 'skipped'::text]))),
  constraint our_step_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX our_step_deal ON public.our_step USING btree (workspace_id, deal_id);
alter table our_step enable row level security;
create policy tenant on our_step as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table our_step to sente_app;

create table person (
  workspace_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  title text,
  reports_to uuid,
  local boolean,
  email text,
  phone text,
  left_on date,
  external_id text,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  updated_at timestamp with time zone default now() not null,
  constraint person_pkey PRIMARY KEY (workspace_id, id),
  constraint person_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES account(workspace_id, id),
  constraint person_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE,
  constraint person_workspace_id_reports_to_fkey FOREIGN KEY (workspace_id, reports_to) REFERENCES person(workspace_id, id)
);
CREATE INDEX person_account ON public.person USING btree (workspace_id, account_id, id);
CREATE UNIQUE INDEX person_external ON public.person USING btree (workspace_id, external_id);
CREATE INDEX person_name ON public.person USING btree (workspace_id, lower(name), id);
CREATE INDEX person_reports ON public.person USING btree (workspace_id, reports_to);
alter table person enable row level security;
create policy tenant on person as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table person to sente_app;

create table pin (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  "on" date not null,
  phase text not null,
  by text,
  reason text,
  constraint pin_pkey PRIMARY KEY (workspace_id, id),
  constraint pin_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX pin_deal ON public.pin USING btree (workspace_id, deal_id);
alter table pin enable row level security;
create policy tenant on pin as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table pin to sente_app;

create table plan_step (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  key text,
  play text,
  what text,
  "on" date,
  "with" uuid[],
  phase text,
  status text default 'open'::text not null,
  deviates boolean,
  reason text,
  owner text,
  "time" text,
  minutes double precision,
  "where" text,
  through uuid,
  snoozed_until date,
  constraint plan_step_pkey PRIMARY KEY (workspace_id, id),
  constraint plan_step_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text, 'skipped'::text, 'held'::text]))),
  constraint plan_step_time_check CHECK (("time" ~ '^([01]\d|2[0-3]):[0-5]\d$'::text)),
  constraint plan_step_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX plan_step_deal ON public.plan_step USING btree (workspace_id, deal_id);
CREATE INDEX plan_step_due ON public.plan_step USING btree (workspace_id, "on") WHERE (status = 'open'::text);
alter table plan_step enable row level security;
create policy tenant on plan_step as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table plan_step to sente_app;

create table process_step (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  step text not null,
  phase text,
  "on" date,
  owner text,
  done boolean,
  applies boolean,
  told_by text,
  constraint process_step_pkey PRIMARY KEY (workspace_id, id),
  constraint process_step_told_by_check CHECK ((told_by = ANY (ARRAY['published'::text, 'contract'::text, 'executive'::text, 'project-leader'::text, 'coach'::text, 'guess'::text]))),
  constraint process_step_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX process_step_deal ON public.process_step USING btree (workspace_id, deal_id);
alter table process_step enable row level security;
create policy tenant on process_step as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table process_step to sente_app;

create table proof (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  topic text not null,
  proof text not null,
  "for" uuid[],
  ready_on date,
  expires_on date,
  owner text,
  note text,
  carried_from text,
  constraint proof_pkey PRIMARY KEY (workspace_id, id),
  constraint proof_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX proof_deal ON public.proof USING btree (workspace_id, deal_id);
alter table proof enable row level security;
create policy tenant on proof as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table proof to sente_app;

create table proof_status (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  proof_id uuid not null,
  status text not null,
  "on" date,
  constraint proof_status_pkey PRIMARY KEY (workspace_id, id),
  constraint proof_status_status_check CHECK ((status = ANY (ARRAY['missing'::text, 'preparing'::text, 'prepared'::text, 'presented'::text, 'accepted'::text]))),
  constraint proof_status_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint proof_status_workspace_id_proof_id_fkey FOREIGN KEY (workspace_id, proof_id) REFERENCES proof(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX proof_status_deal ON public.proof_status USING btree (workspace_id, deal_id);
CREATE INDEX proof_status_proof ON public.proof_status USING btree (workspace_id, proof_id);
alter table proof_status enable row level security;
create policy tenant on proof_status as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table proof_status to sente_app;

create table review_kept (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  "on" date not null,
  since date not null,
  deals integer not null,
  body bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint review_kept_pkey PRIMARY KEY (workspace_id, id),
  constraint review_kept_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE,
  constraint review_kept_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX review_kept_member ON public.review_kept USING btree (workspace_id, member_id, created_at DESC);
alter table review_kept enable row level security;
create policy tenant on review_kept as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table review_kept to sente_app;

create table review_line (
  workspace_id uuid not null,
  deal_id uuid not null,
  "on" date not null,
  deal_version integer not null,
  method text not null,
  week_drop real,
  win real,
  base real not null,
  seller real,
  manager real,
  meeting boolean not null,
  decider text not null,
  threads integer,
  body jsonb not null,
  made_at timestamp with time zone default now() not null,
  constraint review_line_pkey PRIMARY KEY (workspace_id, deal_id, "on"),
  constraint review_line_decider_check CHECK ((decider = ANY (ARRAY['met'::text, 'unmet'::text, 'unknown'::text]))),
  constraint review_line_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
alter table review_line enable row level security;
create policy tenant on review_line as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table review_line to sente_app;

create table rival (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  key text not null,
  name text not null,
  kind text,
  incumbent boolean,
  "leading" boolean,
  strengths jsonb,
  no_contacts boolean default false not null,
  constraint rival_pkey PRIMARY KEY (workspace_id, id),
  constraint rival_kind_check CHECK ((kind = ANY (ARRAY['vendor'::text, 'status-quo'::text, 'in-house'::text]))),
  constraint rival_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX rival_key ON public.rival USING btree (workspace_id, deal_id, key);
alter table rival enable row level security;
create policy tenant on rival as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table rival to sente_app;

create table rival_contact (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  rival_id uuid not null,
  person_id uuid not null,
  "on" date not null,
  play text,
  constraint rival_contact_pkey PRIMARY KEY (workspace_id, id),
  constraint rival_contact_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint rival_contact_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id),
  constraint rival_contact_workspace_id_rival_id_fkey FOREIGN KEY (workspace_id, rival_id) REFERENCES rival(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX rival_contact_deal ON public.rival_contact USING btree (workspace_id, deal_id);
CREATE INDEX rival_contact_rival ON public.rival_contact USING btree (workspace_id, rival_id);
alter table rival_contact enable row level security;
create policy tenant on rival_contact as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table rival_contact to sente_app;

create table saved_view (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  screen text not null,
  name text not null,
  query jsonb not null,
  shared boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint saved_view_pkey PRIMARY KEY (workspace_id, id),
  constraint saved_view_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX saved_view_member ON public.saved_view USING btree (workspace_id, member_id, screen);
alter table saved_view enable row level security;
create policy tenant on saved_view as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table saved_view to sente_app;

create table search_entry (
  workspace_id uuid not null,
  kind text not null,
  id uuid not null,
  deal_id uuid,
  account_id uuid,
  "on" date,
  sensitive boolean default false not null,
  title text not null,
  body text,
  words tsvector not null,
  constraint search_entry_pkey PRIMARY KEY (workspace_id, kind, id),
  constraint search_entry_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'person'::text, 'deal'::text, 'note'::text, 'touch'::text, 'evidence'::text]))),
  constraint search_entry_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
CREATE INDEX search_entry_deal ON public.search_entry USING btree (workspace_id, deal_id);
CREATE INDEX search_entry_names ON public.search_entry USING gin (words) WHERE (kind = ANY (ARRAY['account'::text, 'person'::text, 'deal'::text]));
CREATE INDEX search_entry_newest ON public.search_entry USING btree (workspace_id, "on" DESC NULLS LAST, id DESC) WHERE (kind = ANY (ARRAY['note'::text, 'touch'::text, 'evidence'::text]));
CREATE INDEX search_entry_words ON public.search_entry USING gin (words) WHERE (kind = ANY (ARRAY['note'::text, 'touch'::text, 'evidence'::text]));
alter table search_entry enable row level security;
create policy tenant on search_entry as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table search_entry to sente_app;

create table sente_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default clock_timestamp() not null,
  constraint sente_migration_pkey PRIMARY KEY (name)
);

create table session (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  csrf_hash bytea not null,
  user_agent text,
  created_at timestamp with time zone default now() not null,
  seen_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (workspace_id, id),
  constraint session_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX session_member ON public.session USING btree (workspace_id, member_id);
CREATE INDEX session_token ON public.session USING btree (token_hash);
alter table session enable row level security;
create policy tenant on session as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table session to sente_app;

create table set_aside (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  play text,
  person_id uuid,
  until date,
  reason text,
  "on" date,
  constraint set_aside_pkey PRIMARY KEY (workspace_id, id),
  constraint set_aside_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX set_aside_deal ON public.set_aside USING btree (workspace_id, deal_id);
alter table set_aside enable row level security;
create policy tenant on set_aside as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table set_aside to sente_app;

create table sign_in_guard (
  address_hash bytea not null,
  failed integer not null,
  locked_until timestamp with time zone,
  failed_at timestamp with time zone default now() not null,
  constraint sign_in_guard_pkey PRIMARY KEY (address_hash)
);
grant delete, insert, select, update on table sign_in_guard to sente_app;

create table stage_claim (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  "on" date not null,
  phase text not null,
  label text,
  constraint stage_claim_pkey PRIMARY KEY (workspace_id, id),
  constraint stage_claim_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX stage_claim_deal ON public.stage_claim USING btree (workspace_id, deal_id);
alter table stage_claim enable row level security;
create policy tenant on stage_claim as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table stage_claim to sente_app;

create table stakeholder (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  person_id uuid not null,
  key text not null,
  roles text[] default '{}'::text[] not null,
  influence double precision,
  path text,
  agenda text,
  pressures text,
  business_model text,
  map_x double precision,
  map_y double precision,
  empty_lists text[] default '{}'::text[] not null,
  carried_from text,
  constraint stakeholder_pkey PRIMARY KEY (workspace_id, id),
  constraint stakeholder_influence_check CHECK (((influence >= (1)::double precision) AND (influence <= (5)::double precision))),
  constraint stakeholder_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint stakeholder_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id)
);
CREATE UNIQUE INDEX stakeholder_key ON public.stakeholder USING btree (workspace_id, deal_id, key);
CREATE INDEX stakeholder_of ON public.stakeholder USING btree (workspace_id, person_id);
CREATE UNIQUE INDEX stakeholder_person ON public.stakeholder USING btree (workspace_id, deal_id, person_id);
alter table stakeholder enable row level security;
create policy tenant on stakeholder as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table stakeholder to sente_app;

create table stance (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  person_id uuid not null,
  value double precision not null,
  "on" date,
  constraint stance_pkey PRIMARY KEY (workspace_id, id),
  constraint stance_value_check CHECK (((value >= ('-2'::integer)::double precision) AND (value <= (2)::double precision))),
  constraint stance_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE,
  constraint stance_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES person(workspace_id, id)
);
CREATE INDEX stance_deal ON public.stance USING btree (workspace_id, deal_id);
alter table stance enable row level security;
create policy tenant on stance as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table stance to sente_app;

create table team (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint team_pkey PRIMARY KEY (workspace_id, id),
  constraint team_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX team_name ON public.team USING btree (workspace_id, name);
alter table team enable row level security;
create policy tenant on team as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table team to sente_app;

create table team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  constraint team_member_pkey PRIMARY KEY (workspace_id, team_id, member_id),
  constraint team_member_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE,
  constraint team_member_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES team(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX team_member_of ON public.team_member USING btree (workspace_id, member_id);
alter table team_member enable row level security;
create policy tenant on team_member as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table team_member to sente_app;

create table touch (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  key text,
  "on" date not null,
  play text,
  what text,
  "with" uuid[] default '{}'::uuid[] not null,
  concern text,
  hours double precision,
  paid boolean,
  outcome text default 'done'::text not null,
  flag text,
  note text,
  external_id text,
  carried_from text,
  ours text,
  constraint touch_pkey PRIMARY KEY (workspace_id, id),
  constraint touch_concern_check CHECK ((concern = ANY (ARRAY['need'::text, 'cost'::text, 'solution'::text, 'risk'::text]))),
  constraint touch_flag_check CHECK ((flag = ANY (ARRAY['gift'::text, 'side-payment'::text, 'forbidden-contact'::text]))),
  constraint touch_hours_check CHECK ((hours >= (0)::double precision)),
  constraint touch_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'met_cold'::text, 'declined'::text, 'postponed'::text, 'delegated_down'::text, 'no_answer'::text, 'failed'::text, 'cancelled'::text]))),
  constraint touch_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX touch_deal ON public.touch USING btree (workspace_id, deal_id, "on" DESC);
CREATE UNIQUE INDEX touch_external ON public.touch USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
alter table touch enable row level security;
create policy tenant on touch as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table touch to sente_app;

create table ucv (
  workspace_id uuid not null,
  deal_id uuid not null,
  id uuid not null,
  recorded_on date,
  known_none text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  "on" date not null,
  goal text,
  only_us text not null,
  number text,
  differs_from jsonb,
  concern text,
  confirmed_by uuid,
  constraint ucv_pkey PRIMARY KEY (workspace_id, id),
  constraint ucv_concern_check CHECK ((concern = ANY (ARRAY['need'::text, 'cost'::text, 'solution'::text, 'risk'::text]))),
  constraint ucv_workspace_id_confirmed_by_fkey FOREIGN KEY (workspace_id, confirmed_by) REFERENCES person(workspace_id, id),
  constraint ucv_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deal(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX ucv_deal ON public.ucv USING btree (workspace_id, deal_id);
alter table ucv enable row level security;
create policy tenant on ucv as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table ucv to sente_app;

create table webhook (
  workspace_id uuid not null,
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  url text not null,
  secret text not null,
  former_secret text,
  former_until timestamp with time zone,
  events text[] not null,
  active boolean default true not null,
  ended text,
  busy_until timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  created_by uuid,
  constraint webhook_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE
);
alter table webhook enable row level security;
create policy tenant on webhook as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table webhook to sente_app;

create table webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity not null,
  webhook_id uuid not null,
  event text not null,
  body text not null,
  state text default 'pending'::text not null,
  attempts integer default 0 not null,
  due_at timestamp with time zone default now() not null,
  tried_at timestamp with time zone,
  answer integer,
  problem text,
  created_at timestamp with time zone default now() not null,
  constraint webhook_delivery_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'given-up'::text]))),
  constraint webhook_delivery_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhook(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (workspace_id, webhook_id, seq) WHERE (state = ANY (ARRAY['pending'::text, 'failed'::text]));
CREATE INDEX webhook_delivery_newest ON public.webhook_delivery USING btree (workspace_id, webhook_id, seq DESC);
alter table webhook_delivery enable row level security;
create policy tenant on webhook_delivery as permissive for all to public
  using ((workspace_id = ( SELECT current_workspace() AS current_workspace)))
  with check ((workspace_id = ( SELECT current_workspace() AS current_workspace)));
grant delete, insert, select, update on table webhook_delivery to sente_app;

create table workspace (
  id uuid not null,
  name text not null,
  language text default 'en'::text not null,
  time_zone text default 'UTC'::text not null,
  currency text default 'CNY'::text not null,
  settings jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  version integer default 1 not null,
  us jsonb,
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint workspace_language_check CHECK ((language = ANY (ARRAY['en'::text, 'zh'::text])))
);
alter table workspace enable row level security;
create policy tenant on workspace as permissive for all to public
  using ((id = ( SELECT current_workspace() AS current_workspace)))
  with check ((id = ( SELECT current_workspace() AS current_workspace)));
grant select, update on table workspace to sente_app;

-- rights on functions, sequences and schemas

grant execute on function current_workspace() to public;
grant execute on function current_workspace() to sente_app;

grant usage on schema public to public;

revoke all on function calendar_feed_of(bytea) from public;
grant execute on function calendar_feed_of(bytea) to sente_app;

revoke all on function imports_open() from public;
grant execute on function imports_open() to sente_app;

revoke all on function joint_link_of(bytea) from public;
grant execute on function joint_link_of(bytea) to sente_app;

revoke all on function link_of(bytea) from public;
grant execute on function link_of(bytea) to sente_app;

revoke all on function members_at(text) from public;
grant execute on function members_at(text) to sente_app;

revoke all on function members_of_subject(text) from public;
grant execute on function members_of_subject(text) to sente_app;

revoke all on function name_hits(tsquery,text) from public;
grant execute on function name_hits(tsquery,text) to sente_app;

revoke all on function search_hits(tsquery,text,uuid[],uuid[],boolean,uuid[],integer) from public;
grant execute on function search_hits(tsquery,text,uuid[],uuid[],boolean,uuid[],integer) to sente_app;

revoke all on function session_of(bytea) from public;
grant execute on function session_of(bytea) to sente_app;

revoke all on function setup_needed() from public;
grant execute on function setup_needed() to sente_app;

revoke all on function token_of(bytea) from public;
grant execute on function token_of(bytea) to sente_app;

revoke all on function token_of_code(bytea) from public;
grant execute on function token_of_code(bytea) to sente_app;

revoke all on function webhooks_due() from public;
grant execute on function webhooks_due() to sente_app;

revoke all on function workspaces() from public;
grant execute on function workspaces() to sente_app;

revoke all on function workspaces_due() from public;
grant execute on function workspaces_due() to sente_app;
