import type { Connections } from './pool.ts'

/** How a value arrives (see `pool.ts`) and, where that differs, what may be given. Types unknown here arrive as text. */
const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'Exact',
  timestamptz: 'Moment',
  json: 'Json',
  jsonb: 'Json',
  bytea: 'Buffer',
}

/** Inside an array a value is only what arrives. */
const PLAIN: Readonly<Record<string, string>> = { Exact: 'string', Moment: 'Date', Json: 'unknown' }

const HEAD = `// What the migrations make, written by "node packages/server/src/store/schema-write.ts --write". Do not edit.
import type { ColumnType } from 'kysely'

/** May be left out when a row is made. Kysely's own does not see through the types below. */
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
/** An exact decimal is text, so that no digit is lost. */
export type Exact = ColumnType<string, string | number, string | number>
export type Moment = ColumnType<Date, Date | string, Date | string>
/** Given as JSON text: a list handed to the driver would become an array of the database. */
export type Json = ColumnType<unknown, string, string>
`

interface Column {
  relation: string
  name: string
  type: string
  array: boolean
  labels: string[] | null
  required: boolean
  filled: boolean
  always: boolean
  checks: string[] | null
}

const SQL = `
  select c.relname as relation, a.attname as name, e.typname as type, t.typcategory = 'A' as array,
    (select array_agg(enumlabel::text order by enumsortorder) from pg_enum where enumtypid = e.oid) as labels,
    a.attnotnull as required, a.atthasdef or a.attidentity <> '' as filled, a.attgenerated <> '' or a.attidentity = 'a' as always,
    (select array_agg(pg_get_constraintdef(k.oid) order by conname) from pg_constraint k
      where conrelid = c.oid and contype = 'c' and conkey = array[a.attnum]) as checks
  from pg_class c join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
    join pg_type t0 on t0.oid = atttypid
    -- A domain is what it is made of.
    join pg_type t on t.oid = case t0.typtype when 'd' then t0.typbasetype else t0.oid end
    join pg_type e on e.oid = case t.typcategory when 'A' then t.typelem else t.oid end
  where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition
    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
  order by relname, attnum`

/** The TypeScript of all rows, for Kysely. A check `column in (…)` becomes a union of the allowed words. */
export async function dumpTypes(pool: Connections): Promise<string> {
  const { rows } = await pool.query<Column>(SQL)
  const relations = Map.groupBy(rows, (row) => row.relation)
  const interfaces = [...relations].map(([relation, columns]) => {
    const lines = columns.map((column) => `  ${column.name}: ${typeOf(column)}`)
    return `export interface ${pascal(relation)} {\n${lines.join('\n')}\n}\n`
  })
  const all = [...relations.keys()].map((relation) => `  ${relation}: ${pascal(relation)}`)
  // Imported only where a table has such a column: what is unused would not compile.
  const head = interfaces.some((text) => text.includes('GeneratedAlways<'))
    ? HEAD.replace('{ ColumnType }', '{ ColumnType, GeneratedAlways }')
    : HEAD
  return [
    head,
    ...interfaces,
    `/** The rows of each table, for typed queries. */\nexport interface Tables {\n${all.join('\n')}\n}\n`,
  ].join('\n')
}

function typeOf({ type, array, labels, required, filled, always, checks }: Column): string {
  const words = labels ?? wordsOf(checks)
  const one = words ? words.map((word) => `'${word.replaceAll("'", "\\'")}'`).join(' | ') : (TYPES[type] ?? 'string')
  const many = array ? (one.includes('|') ? `(${one})[]` : `${PLAIN[one] ?? one}[]`) : one
  // A view does not say which of its columns may be missing.
  const whole = required ? many : `${many} | null`
  if (always) return `GeneratedAlways<${whole}>`
  return filled ? `Generated<${whole}>` : whole
}

/** `CHECK ((role = ANY (ARRAY['a'::text, 'b'::text])))`, and the same for every word of an array (`<@`). */
function wordsOf(checks: readonly string[] | null): string[] | undefined {
  for (const check of checks ?? []) {
    const list = /^CHECK \(\(\w+ (?:= ANY|<@) \(?ARRAY\[((?:'(?:[^']|'')*'::\w+(?:, )?)+)\]\)?\)\)$/.exec(check)?.[1]
    if (list) return [...list.matchAll(/'((?:[^']|'')*)'::/g)].map((match) => match[1]!.replaceAll("''", "'"))
  }
  return undefined
}

const pascal = (name: string): string => name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
