-- Whether a deal's summary waits to be computed, as a column of its own. Of two columns that differ the planner guesses that nearly every
-- row is meant, and reads the whole table; of a column it knows how often it is true.
alter table deal add column stale boolean not null generated always as (brief_version is distinct from version) stored;
drop index deal_stale;
create index deal_stale on deal (workspace_id, id) where stale;

create or replace function workspaces_due() returns table (id uuid, today date)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.id, t.today from workspace w, lateral (select (now() at time zone w.time_zone)::date as today) t
        where exists (select from deal d where d.workspace_id = w.id and d.stale)
          or exists (select from deal d where d.workspace_id = w.id and d.status = 'open' and d.brief_on < t.today)
        order by w.id $$;
