-- A code that is used a second time ends the token it gave: of a token that came from a code, the digest of the code is kept with it.
alter table api_token add column code_hash bytea;
create unique index api_token_code on api_token (code_hash) where code_hash is not null;

-- Whose it is, before any workspace is known.
create function token_of_code(hash bytea) returns table (workspace_id uuid, token_id uuid, member_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.workspace_id, a.id, a.member_id from api_token a where a.code_hash = hash $$;
revoke execute on function token_of_code from public;
grant execute on function token_of_code to sente_app;
