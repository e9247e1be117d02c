-- What we agreed to do together with a customer: all that is shown under a link, and what the customer said there.
create table joint_item (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null, recorded_on date, known_none text[] not null default '{}',
  version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  what text not null, whose text not null default 'ours' check (whose in ('ours', 'theirs', 'both')), owner text, "on" date, done_on date, step text, plan_step_id text,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);
create index joint_item_deal on joint_item (workspace_id, deal_id);
create table joint_suggestion (
  workspace_id uuid not null, deal_id uuid not null, id uuid not null, recorded_on date, known_none text[] not null default '{}',
  version int not null default 1, created_at timestamptz not null default now(), created_by uuid,
  item_id uuid, item text, kind text not null check (kind in ('done', 'undone', 'move', 'comment')), "on" date, "text" text, author text, person_id uuid,
  decision text not null default 'open' check (decision in ('open', 'accepted', 'rejected')),
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, item_id) references joint_item (workspace_id, id) on delete cascade
);
create index joint_suggestion_deal on joint_suggestion (workspace_id, deal_id);
create index joint_suggestion_item on joint_suggestion (workspace_id, item_id);

-- Links under which the joint plan of a deal is seen; of the address only a hash is kept. Who opened one, an hour each, and who said something.
create table joint_link (
  workspace_id uuid not null, id uuid not null, deal_id uuid not null, token_hash bytea not null, title text not null, intro text,
  language text not null check (language in ('en', 'zh')), for_whom text, person_id uuid, expires_at timestamptz not null, revoked_at timestamptz,
  created_at timestamptz not null default now(), created_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete set null (person_id)
);
create unique index joint_link_token on joint_link (token_hash);
create index joint_link_deal on joint_link (workspace_id, deal_id);
create index joint_link_person on joint_link (workspace_id, person_id);
create table joint_visit (
  workspace_id uuid not null, joint_link_id uuid not null, at timestamptz not null, opened int not null default 0, said int not null default 0, authors text[] not null default '{}',
  primary key (workspace_id, joint_link_id, at),
  foreign key (workspace_id, joint_link_id) references joint_link (workspace_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['joint_item', 'joint_suggestion', 'joint_link', 'joint_visit'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', t);
    execute format('grant select, insert, update, delete on %I to sente_app', t);
  end loop;
end $$;

-- Whose a secret is, before any workspace is known.
create function joint_link_of(hash bytea) returns table (workspace_id uuid, id uuid, deal_id uuid, language text, over boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select l.workspace_id, l.id, l.deal_id, l.language, l.revoked_at is not null or l.expires_at <= now() from joint_link l where l.token_hash = hash $$;
revoke execute on function joint_link_of from public;
grant execute on function joint_link_of to sente_app;
