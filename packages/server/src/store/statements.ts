import { KIND_NAMES } from '@sente/api'
import { kindOf } from '@sente/engine'
import { allWords, asPrivate, ENTRY } from './entry-sql.ts'
import type { RecordKind, RecordSpec } from './records.ts'
import { specFor } from './records.ts'

/**
 * The statements of the gateway, a few for each table, made once. A row travels as one JSON parameter, and the server reads it into the types
 * of its table; so every write is one message: the row, the mark in the audit trail, the deal's version and the search entry together.
 *
 * Parameters of all writes: $1 row, $2 workspace, $3 change, $4 change set, $5 actor, $6 via, $7 record, $8 deal, $9 account, $10 search entry.
 */
const quoted = (columns: readonly string[], of = ''): string => columns.map((column) => `${of}"${column}"`).join(', ')

const CHANGE =
  'insert into change (workspace_id, id, change_set, actor_id, via, kind, record_id, deal_id, account_id, action, before, after)'
const changeOf = (kind: RecordKind, action: string, before = 'null', after = 'null'): string =>
  `${CHANGE} values ($2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::text, '${kind}', $7::uuid, $8::uuid, $9::uuid, '${action}', ${before}, ${after})`

/** Facts count in the version of their deal. */
const BUMP = `update deal
   set version = version + 1, updated_at = now()
   where workspace_id = $2 and id = $8
   returning version`

/** What a search entry is written by; the parameter is null where a record has none. */
const SEARCH = `insert into search_entry (workspace_id, kind, id, deal_id, account_id, "on", sensitive, title, body, words)
  select $2::uuid, e.kind, $7::uuid, $8::uuid, $9::uuid, e."on", ${asPrivate('$2::uuid')}, e.title, e.body, ${allWords('$2::uuid')}
  from json_to_record($10::json) as e (${ENTRY}) where e.kind is not null
  on conflict (workspace_id, kind, id)
  do update set deal_id = excluded.deal_id, account_id = excluded.account_id, "on" = excluded."on",
    sensitive = excluded.sensitive, title = excluded.title, body = excluded.body, words = excluded.words`

/** Kinds that are found by words. */
export const SEARCHED: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'account',
  'person',
  'deal',
  ...KIND_NAMES.filter((kind) => kindOf(kind).found),
])

/** A row as the JSON that `Row` is. */
export function rowJson(kind: RecordKind, alias: string): string {
  const { columns } = specFor(kind)
  if (kind !== 'deal') return `row_to_json(${alias})`
  // Without the summary, and with money as text: a JSON number is a float to whoever reads it.
  return `row_to_json((select r from (select ${columns.map((column) => (column === 'amount' ? `${alias}.amount::text` : `${alias}."${column}"`)).join(', ')}) r))`
}

interface Statements {
  create: string
  update: string
  remove: string
  /** $1 workspace, $2 id. Locks the row. */
  lock: string
  read: string
  /** Many rows: $1 list of rows. Nothing else is written. */
  insertAll: string
}

const known = new Map<RecordKind, Statements>()
export function statementsFor(kind: RecordKind): Statements {
  let statements = known.get(kind)
  if (!statements) known.set(kind, (statements = make(specFor(kind))))
  return statements
}

function make({ kind, table, columns, fact }: RecordSpec): Statements {
  const name = `"${table}"`
  const from = `json_populate_record(null::${name}, $1::json) r`
  const values = columns
    .map((column) =>
      column === 'created_at' || column === 'updated_at' ? `coalesce(r."${column}", now())` : `r."${column}"`,
    )
    .join(', ')
  const settable = columns.filter(
    (column) => !['workspace_id', 'deal_id', 'id', 'created_at', 'created_by'].includes(column),
  )
  const sets = settable
    .map((column) => (column === 'updated_at' ? '"updated_at" = now()' : `"${column}" = r."${column}"`))
    .join(', ')
  const searched = SEARCHED.has(kind)
  const bump = fact ? `, d as (${BUMP})` : ''
  const dealVersion = fact ? '(select version from d)' : 'null::int'
  const answer = `select ${rowJson(kind, 'n')} as row, ${dealVersion} as deal_version from n`
  // A parameter that a statement does not use still has to have a type.
  const typed = `, p as (select $8::uuid, $9::uuid${searched ? '' : ', $10::json'})`
  const search = searched ? `,\n      s as (${SEARCH})` : ''
  const unsearch = searched
    ? `,
      s as (delete from search_entry
        where workspace_id = $2 and kind = '${kind}' and id = $7)`
    : ''
  return {
    create: `with n as (insert into ${name} (${quoted(columns)})
        select ${values}
        from ${from}
        returning *),
      c as (${changeOf(kind, 'create')})${bump}${search}${typed}
      ${answer}`,
    update: `with n as (update ${name} t
        set ${sets}
        from ${from}
        where t.workspace_id = $2 and t.id = $7
        returning t.*),
      c as (${changeOf(kind, 'update', '$11::jsonb', '$1::jsonb')})${bump}${search}${typed}
      ${answer}`,
    remove: `with n as (delete from ${name}
        where workspace_id = $2 and id = $7
        returning *),
      c as (${changeOf(kind, 'delete', '$1::jsonb')})${bump}${unsearch},
      p as (select $8::uuid, $9::uuid, $10::json)
      ${answer}`,
    lock: `select ${rowJson(kind, 't')} as row
      from ${name} t
      where t.workspace_id = $1 and t.id = $2
      for no key update`,
    read: `select ${rowJson(kind, 't')} as row
      from ${name} t
      where t.workspace_id = $1 and t.id = $2`,
    insertAll: `insert into ${name} (${quoted(columns)})
      select ${values}
      from json_populate_recordset(null::${name}, $1::json) r`,
  }
}
