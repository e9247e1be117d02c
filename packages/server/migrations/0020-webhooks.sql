-- Addresses of other software that are told what was changed. The secret signs, so it is kept as it is; it is shown once and given out by no operation.
create table webhook (
  workspace_id uuid not null, id uuid not null, version int not null default 1, name text not null, url text not null, secret text not null,
  former_secret text, former_until timestamptz, events text[] not null, active boolean not null default true, ended text,
  busy_until timestamptz, created_at timestamptz not null default now(), created_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspace (id) on delete cascade
);
-- What is to be told to one of them, written with the change itself: ids and the kind of change, never words of anybody.
create table webhook_delivery (
  workspace_id uuid not null, id uuid not null, seq bigint generated always as identity, webhook_id uuid not null, event text not null, body text not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'given-up')), attempts int not null default 0,
  due_at timestamptz not null default now(), tried_at timestamptz, answer int, problem text, created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhook (workspace_id, id) on delete cascade
);
create index webhook_delivery_due on webhook_delivery (workspace_id, webhook_id, seq) where state in ('pending', 'failed');
create index webhook_delivery_newest on webhook_delivery (workspace_id, webhook_id, seq desc);

do $$
declare t text;
begin
  foreach t in array array['webhook', 'webhook_delivery'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()))', t);
    execute format('grant select, insert, update, delete on %I to sente_app', t);
  end loop;
end $$;

-- Workspaces that have something to tell, before any workspace is known.
create function webhooks_due() returns table (workspace_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct d.workspace_id from webhook_delivery d where d.state in ('pending', 'failed') $$;
revoke execute on function webhooks_due from public;
grant execute on function webhooks_due to sente_app;
