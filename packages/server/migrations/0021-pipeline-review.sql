-- What a pipeline review keeps of a deal on a day: columns that order and count, the whole line as the engine made it.
create table review_line (
  workspace_id uuid not null, deal_id uuid not null, "on" date not null, deal_version int not null, method text not null,
  week_drop real, win real, base real not null, seller real, manager real, meeting boolean not null,
  decider text not null check (decider in ('met', 'unmet', 'unknown')), threads int, body jsonb not null, made_at timestamptz not null default now(),
  primary key (workspace_id, deal_id, "on"),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);

-- A review as it was presented, for the one who kept it.
create table review_kept (
  workspace_id uuid not null references workspace on delete cascade, id uuid not null, member_id uuid not null, name text not null,
  "on" date not null, since date not null, deals int not null, body bytea not null, created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index review_kept_member on review_kept (workspace_id, member_id, created_at desc);

do $$
declare t text;
begin
  foreach t in array array['review_line', 'review_kept'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', t);
    execute format('grant select, insert, update, delete on %I to sente_app', t);
  end loop;
end $$;
