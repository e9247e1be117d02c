-- What an import took with doubt and what it left out, what was said about it, and of which source it was: the same source is read in the same way
-- next time. `waiting`: nothing was written, because a guess is to be answered first.

alter table import_run add column report jsonb;
alter table import_run add column answers jsonb;
alter table import_run add column fingerprint text;
alter table import_run drop constraint import_run_status_check;
alter table import_run add constraint import_run_status_check check (status in ('running', 'done', 'failed', 'cancelled', 'interrupted', 'waiting'));
create index import_run_source on import_run (workspace_id, fingerprint, created_at) where fingerprint is not null;
