import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpSchema } from '../src/store/schema-dump.ts'
import { staleFiles } from '../src/store/schema-write.ts'
import { KIND_NAMES } from '@sente/api'
import { fieldsOf, kindOf } from '@sente/engine'
import type { Field } from '@sente/engine'
import { snake } from '../src/store/records.ts'
import { eachDatabase, testDatabase } from './support/database.ts'
import type { TestDatabase } from './support/database.ts'

eachDatabase((db) => {
  test('schema.sql is what the migrations make (node packages/server/src/store/schema-write.ts --write)', async () => {
    expect(await staleFiles(db.owner)).toEqual([])
  })

  test.each(KIND_NAMES)(
    'the table of %s is what its declaration says: columns, types, what may be null, defaults and words',
    async (kind) => {
      const { rows } = await db.owner.query<{
        name: string
        type: string
        needed: boolean
        filled: boolean
        check: string
      }>(
        `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as needed, a.atthasdef as filled,
         coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                   where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]), '') as check
       from pg_attribute a
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
        [kindOf(kind).table],
      )
      const columns = rows.filter(({ name }) => !OF_ALL.includes(name))
      expect(
        Object.fromEntries(columns.map(({ name, type, needed, filled }) => [name, { type, needed, filled }])),
      ).toEqual(
        Object.fromEntries(
          fieldsOf(kind)
            .filter(([name]) => name !== 'recordedOn')
            .map(([name, field]) => [
              snake(name),
              {
                type: COLUMN_TYPES[field.type],
                needed: field.need !== 'optional',
                filled: field.need === 'standing',
              },
            ]),
        ),
      )
      for (const [name, { values }] of fieldsOf(kind)) {
        if (!values) continue
        const allowed = [...columns.find((column) => column.name === snake(name))!.check.matchAll(/'([^']*)'::text/g)]
        if (allowed.length > 0)
          expect([name, allowed.map((match) => match[1]).sort()]).toEqual([name, [...values].sort()])
      }
    },
  )
})

/** Columns that every kind has. */
const OF_ALL = ['workspace_id', 'deal_id', 'id', 'recorded_on', 'known_none', 'version', 'created_at', 'created_by']
const COLUMN_TYPES: Record<Field['type'], string> = {
  line: 'text',
  words: 'text',
  lines: 'text[]',
  day: 'date',
  time: 'text',
  key: 'text',
  method: 'text',
  methods: 'text[]',
  person: 'uuid',
  people: 'uuid[]',
  subject: 'text',
  parent: 'uuid',
  concern: 'text',
  phase: 'text',
  number: 'double precision',
  yesno: 'boolean',
  choice: 'text',
  choices: 'text[]',
  shares: 'jsonb',
  differs: 'jsonb',
  span: 'integer[]',
}

const SAMPLE = `
  create type colour as enum ('red', 'it''s');
  create domain money_amount as numeric(14, 2) not null check (value >= 0);
  create sequence tally;
  create table parent (a int, b uuid, primary key (a, b));
  create table child (
    id bigint generated always as identity,
    name text collate "C" not null default 'x',
    price money_amount,
    kind text not null check (kind in ('one', 'two')),
    hues colour[],
    on_day date,
    at timestamptz not null default now(),
    upper_name text generated always as (upper(name)) stored,
    words tsvector,
    a int, b uuid,
    unique nulls not distinct (name),
    foreign key (a, b) references parent on delete set null (b)
  );
  comment on column child.name is 'what it''s called';
  create index child_words on child using gin (words) where a > 1;
  create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
  revoke all on function touch() from public;
  create trigger touched before update on child for each row execute function touch();
  alter table child enable row level security, force row level security;
  create policy own on child as restrictive for select to sente_app using (a = 1);
  grant select, update (name) on child to sente_app;
  create table log (at date) partition by range (at);
  create table log_1 partition of log for values from ('2026-01-01') to ('2027-01-01');
  create view names with (security_invoker = true) as select name from child;
  alter default privileges in schema public grant select on tables to sente_app;`

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase({ migrations: false })
  await db.owner.query(SAMPLE)
})
afterAll(() => db?.close())

test('the dump holds everything that a review wants to see', async () => {
  const dump = await dumpSchema(db.owner)
  for (const line of [
    `create type colour as enum ('red', 'it''s');`,
    'create domain money_amount as numeric(14,2) not null CHECK ((VALUE >= (0)::numeric));',
    'create sequence tally as bigint;',
    '  id bigint generated always as identity not null,',
    '  name text collate "C" default \'x\'::text not null,',
    '  upper_name text generated always as (upper(name)) stored,',
    '  constraint child_name_key UNIQUE NULLS NOT DISTINCT (name),',
    '  constraint child_a_b_fkey FOREIGN KEY (a, b) REFERENCES parent(a, b) ON DELETE SET NULL (b)',
    'CREATE INDEX child_words ON public.child USING gin (words) WHERE (a > 1);',
    'alter table child enable row level security;',
    'alter table child force row level security;',
    'create policy own on child as restrictive for select to sente_app\n  using ((a = 1));',
    'CREATE TRIGGER touched BEFORE UPDATE ON public.child FOR EACH ROW EXECUTE FUNCTION touch();',
    `comment on column child.name is 'what it''s called';`,
    'grant select on table child to sente_app;',
    'grant update (name) on table child to sente_app;',
    "create table log_1 partition of log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    ') partition by RANGE (at);',
    'create view names with (security_invoker=true) as',
    'revoke all on function touch() from public;',
    'alter default privileges in schema public grant select on tables to sente_app;',
  ]) {
    expect(dump).toContain(line)
  }
  expect(dump).not.toContain('child_pkey')
  expect(await dumpSchema(db.owner)).toBe(dump)
})

test('days and exact numbers arrive as text, counts as numbers, instants as dates', async () => {
  const { rows } = await db.owner.query(
    `select 7::bigint as big, 1.50::numeric as exact, date '2025-04-15' as day, array[date '2025-04-15'] as days, timestamptz '2025-04-15T08:00Z' as moment, '{"a":[1]}'::jsonb as json`,
  )
  expect(rows).toEqual([
    {
      big: 7,
      exact: '1.50',
      day: '2025-04-15',
      days: ['2025-04-15'],
      moment: new Date('2025-04-15T08:00Z'),
      json: { a: [1] },
    },
  ])
  await expect(db.owner.query('select 9007199254740993 as n')).rejects.toThrow(/too large/)
})
