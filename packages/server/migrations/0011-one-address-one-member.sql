-- An address is kept in one form (Unicode NFKC, small letters), so that two ways of typing it are not two members. Where two were, the one that was
-- there first under the plain form keeps it; others get their id into theirs: they could not be told apart when signing in. Nothing else of them changes.
alter table member drop constraint member_email_check;
with plain as (
  select workspace_id, id, email, created_at, normalize(lower(normalize(email, nfkc)), nfkc) as address from member
), placed as (
  select *, row_number() over (partition by workspace_id, address order by email <> address, created_at, id) as place from plain
)
update member m
set email = case when p.place = 1 then p.address else regexp_replace(p.address, '@', '+' || right(p.id::text, 12) || '@') end, version = m.version + 1
from placed p
where m.workspace_id = p.workspace_id and m.id = p.id and (p.place > 1 or p.email <> p.address);
alter table member add constraint member_email_check check (email = lower(email) and email is nfkc normalized);
