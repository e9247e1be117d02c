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

do $$
declare t text;
begin
  foreach t in array array['set_aside', 'deal_plan'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', t);
    execute format('grant select, insert, update, delete on %I to sente_app', t);
  end loop;
end $$;
