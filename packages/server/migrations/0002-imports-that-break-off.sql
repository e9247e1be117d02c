-- An import whose process is gone is told from one under way: `interrupted` runs can be gone on with. What comes after every import that wrote
-- something, search entries and totals, is owed until `settled_at` says that it is done, so that it survives whoever should have done it.

alter table import_run drop constraint import_run_status_check;
alter table import_run add constraint import_run_status_check check (status in ('running', 'done', 'failed', 'cancelled', 'interrupted'));
alter table import_run add column settled_at timestamptz;
update import_run set settled_at = finished_at;
create index import_run_open on import_run (workspace_id) where settled_at is null and not dry_run;

-- Workspaces with imports that are under way or whose consequences are still owed.
create function imports_open() returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct workspace_id from import_run where settled_at is null and not dry_run or status = 'running' $$;
revoke execute on function imports_open from public;
grant execute on function imports_open to sente_app;
