-- Steps with a time and a place; who takes us there; when the list of today shows them again.
alter table plan_step add column "time" text check ("time" ~ '^([01]\d|2[0-3]):[0-5]\d$'), add column minutes double precision,
  add column "where" text, add column through uuid, add column snoozed_until date;

-- To whom a promise was given, where, and that it was broken.
alter table commitment add column "to" uuid, add column broken_on date, add column "where" text;

-- What the plan is not to propose.
create table set_aside (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null, recorded_on date, known_none text[] not null default '{}',
  version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  play text, person_id uuid, until date, reason text, "on" date,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);
create index set_aside_deal on set_aside (workspace_id, deal_id);

-- Whose holidays count, under which rules it is bought, and who of ours goes to customers.
alter table account add column country text check (country ~ '^[A-Z]{2}$');
alter table deal add column tender jsonb;
alter table workspace add column us jsonb;

-- The plan of a deal as it was last made, so that the next one changes as little as it can and says what it changed.
create table deal_plan (
  workspace_id uuid not null, deal_id uuid not null, style text not null, "on" date not null, deal_version int not null, made_with text not null,
  body bytea not null, made_at timestamptz not null default now(),
  primary key (workspace_id, deal_id, style),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);

-- What we agreed to do together with a customer, and the link under which they see it.
create table joint_plan (
  workspace_id uuid not null, id uuid not null, deal_id uuid not null, version int not null default 1,
  title text not null, intro text, language text not null check (language in ('en', 'zh')), person_id uuid,
  token_hash bytea unique, expires_at timestamptz, revoked_at timestamptz, seen_at timestamptz, visits int not null default 0,
  created_at timestamptz not null default now(), created_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);
create index joint_plan_deal on joint_plan (workspace_id, deal_id);
create table joint_item (
  workspace_id uuid not null, id uuid not null, joint_plan_id uuid not null, place int not null,
  what text not null, side text not null check (side in ('ours', 'theirs', 'both')), owner text, "on" date, first_on date, done_on date,
  plan_step_id uuid, process_step_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, joint_plan_id) references joint_plan (workspace_id, id) on delete cascade
);
create index joint_item_plan on joint_item (workspace_id, joint_plan_id, place);
create table joint_suggestion (
  workspace_id uuid not null, id uuid not null, joint_plan_id uuid not null, joint_item_id uuid, kind text not null check (kind in ('done', 'undone', 'move', 'comment')),
  "on" date, words text, author text, at timestamptz not null default now(), state text not null default 'open' check (state in ('open', 'taken', 'dismissed')),
  decided_by uuid, decided_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, joint_plan_id) references joint_plan (workspace_id, id) on delete cascade,
  foreign key (workspace_id, joint_item_id) references joint_item (workspace_id, id) on delete cascade
);
create index joint_suggestion_plan on joint_suggestion (workspace_id, joint_plan_id, at);
create index joint_suggestion_item on joint_suggestion (workspace_id, joint_item_id);

-- The address under which somebody's calendar reads their steps; one each.
create table calendar_feed (
  workspace_id uuid not null, member_id uuid not null, token_hash bytea not null unique, created_at timestamptz not null default now(), read_at timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['set_aside', 'deal_plan', 'joint_plan', 'joint_item', 'joint_suggestion', 'calendar_feed'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', t);
    execute format('grant select, insert, update, delete on %I to sente_app', t);
  end loop;
end $$;

-- Whose a secret is, before any workspace is known.
create function joint_plan_of(hash bytea) returns table (workspace_id uuid, id uuid, deal_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select workspace_id, id, deal_id from joint_plan where token_hash = hash and revoked_at is null and expires_at > now() $$;
create function calendar_feed_of(hash bytea) returns table (workspace_id uuid, member_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select f.workspace_id, f.member_id from calendar_feed f join member m on m.workspace_id = f.workspace_id and m.id = f.member_id
        where f.token_hash = hash and m.disabled_at is null $$;
revoke execute on function joint_plan_of, calendar_feed_of from public;
grant execute on function joint_plan_of, calendar_feed_of to sente_app;
