-- The address under which somebody's calendar reads their steps; one each. The address itself is not kept, only a hash of its secret.
create table calendar_feed (
  workspace_id uuid not null, member_id uuid not null, token_hash bytea not null, proposals boolean not null default false,
  created_at timestamptz not null default now(), read_at timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create unique index calendar_feed_token on calendar_feed (token_hash);

alter table calendar_feed enable row level security;
create policy tenant on calendar_feed using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()));
grant select, insert, update, delete on calendar_feed to sente_app;

-- Whose a secret is, before any workspace is known. A member who was shut out has no feed.
create function calendar_feed_of(hash bytea) returns table (
    workspace_id uuid, member_id uuid, proposals boolean, read_at timestamptz, name text, role text, sensitive boolean, language text, team_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select f.workspace_id, f.member_id, f.proposals, f.read_at, m.name, m.role, m.sensitive, coalesce(m.language, w.language),
          array(select t.team_id from team_member t where t.workspace_id = m.workspace_id and t.member_id = m.id order by t.team_id)
        from calendar_feed f join member m on m.workspace_id = f.workspace_id and m.id = f.member_id join workspace w on w.id = f.workspace_id
        where f.token_hash = hash and m.disabled_at is null $$;
revoke execute on function calendar_feed_of from public;
grant execute on function calendar_feed_of to sente_app;

-- Steps that were taken out lately: calendars are told that they are cancelled.
create index change_step_gone on change (workspace_id, at) where kind = 'planStep' and action = 'delete';
