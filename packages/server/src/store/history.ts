import { cursorOf, onlyId, placeOf } from './cursors.ts'
import { hiddenFields } from './field-rights.ts'
import { camel, changedColumns, emptyRow, recordOf, SPECS } from './records.ts'
import type { RecordKind, Row } from './records.ts'
import { visibilitySql } from './visibility.ts'
import type { Access, Visibility } from './visibility.ts'
import { rowJson } from './statements.ts'
import type { Tx } from './tenant.ts'

interface Page {
  limit: number
  cursor?: string | undefined
}

interface ChangeRow {
  id: string
  change_set: string
  at: string
  actor_id: string | null
  actor: string | null
  via: string
  kind: RecordKind | 'dealShare'
  record_id: string
  deal_id: string | null
  action: 'create' | 'update' | 'delete'
  before: Row | null
  after: Row | null
  undone: boolean
  /** For a create: what the record was until its first change. */
  first: Row | null
}

export interface HistoryItem {
  id: string
  changeSet: string
  at: string
  actorId?: string
  actor?: string
  via: string
  kind: string
  recordId: string
  action: 'create' | 'update' | 'delete'
  label?: string
  fields: { name: string; before?: unknown; after?: unknown }[]
  undone: boolean
}

const COLUMNS = `c.id, c.change_set, to_json(c.at) #>> '{}' as at, c.actor_id, m.name as actor, c.via, c.kind, c.record_id, c.deal_id, c.action, c.before, c.after, c.undone_by is not null as undone`
const FIRST = `case when c.action = 'create' then (select l.before from change l where l.workspace_id = $1 and l.record_id = c.record_id and l.kind = c.kind and (l.at, l.id) > (c.at, c.id) order by l.at, l.id limit 1) end as first`
const FROM = `from change c
  left join member m on m.workspace_id = c.workspace_id and m.id = c.actor_id`

/**
 * Who changed what in a deal, from which value to which, newest first. Imports left no marks: what they brought is there from its beginning.
 * Without the right to see what is personal, changes of it are left out.
 */
export async function history(
  tx: Tx,
  dealId: string,
  { limit, cursor }: Page,
  access: Pick<Access, 'sensitive'>,
): Promise<{ items: HistoryItem[]; next?: string }> {
  const list = ['history', dealId, access.sensitive]
  const place = placeOf<[string]>(list, cursor, onlyId)
  const hidden = access.sensitive ? null : [...(await privateNotes(tx, dealId))]
  const changes = await tx.rows<ChangeRow>(
    `select ${COLUMNS}, ${FIRST} ${FROM}
     where c.workspace_id = $1 and c.deal_id = $2 and ($3::uuid is null or c.id < $3)
       and ($4::uuid[] is null or (c.kind <> 'stance' and c.record_id <> all($4) and coalesce(c.before ->> 'note_id', c.after ->> 'note_id', '') <> all($4::text[])))
     order by c.id desc limit $5`,
    [tx.workspaceId, dealId, place?.[0] ?? null, hidden, limit + 1],
  )
  const page = changes.slice(0, limit)
  const born = await rowsNow(tx, page.filter(isWhole))
  const items = page.map((change) => itemOf(change, born.get(keyOf(change.kind, change.record_id)), access.sensitive))
  return { items, ...(changes.length > limit ? { next: cursorOf(list, [page.at(-1)!.id]) } : {}) }
}

/** Notes that are or were private, and the evidence read from them, also what is gone by now. */
async function privateNotes(tx: Tx, dealId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `with notes as (
       select id from note where workspace_id = $1 and deal_id = $2 and private
       union
       select record_id
       from change
       where workspace_id = $1
         and deal_id = $2
         and kind = 'note'
         and ((before ->> 'private')::boolean or (after ->> 'private')::boolean))
     select id::text
     from notes
     union
     select e.id::text
     from evidence e
     join notes n on n.id = e.note_id
     where e.workspace_id = $1 and e.deal_id = $2
     union
     select c.record_id::text
     from change c
     join notes n on n.id::text in (c.before ->> 'note_id', c.after ->> 'note_id')
     where c.workspace_id = $1 and c.deal_id = $2 and c.kind = 'evidence'`,
    [tx.workspaceId, dealId],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Whoever makes a record names its id, and records of two kinds may have the same. */
const keyOf = (kind: string, id: string): string => `${kind} ${id}`

/** What was created and never changed is in its table. */
const isWhole = (change: ChangeRow): boolean =>
  change.action === 'create' && change.after === null && change.first === null
async function rowsNow(tx: Tx, changes: readonly ChangeRow[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (const [kind, of] of Map.groupBy(changes, (change) => change.kind)) {
    const [row, table] =
      kind === 'dealShare'
        ? ['to_jsonb(t)', 'deal_share']
        : kind in SPECS
          ? [rowJson(kind, 't'), SPECS[kind].table]
          : []
    if (table === undefined) continue
    const rows = await tx.rows<{ row: Row }>(
      `select ${row} as row from "${table}" t where t.workspace_id = $1 and t.id = any($2::uuid[])`,
      [tx.workspaceId, of.map((change) => change.record_id)],
    )
    for (const one of rows) found.set(keyOf(kind, one.row.id), one.row)
  }
  return found
}

function itemOf(change: ChangeRow, now: Row | undefined, sensitive: boolean): HistoryItem {
  const [before, after] =
    change.action === 'create' ? [null, change.first ?? now ?? null] : [change.before, change.after]
  return {
    id: change.id,
    changeSet: change.change_set,
    at: change.at,
    ...(change.actor_id === null ? {} : { actorId: change.actor_id }),
    ...(change.actor === null ? {} : { actor: change.actor }),
    via: change.via,
    kind: change.kind,
    recordId: change.record_id,
    action: change.action,
    ...labelOf(after ?? before),
    fields: change.kind in SPECS ? fieldsOf(change.kind as RecordKind, before, after, sensitive) : [],
    undone: change.undone,
  }
}

const LABELS = [
  'name',
  'what',
  'signal',
  'play',
  'topic',
  'step',
  'only_us',
  'text',
  'quote',
  'phase',
  'side',
  'state',
  'status',
] as const
/** What a record is called among others of its kind. */
function labelOf(row: Row | null): { label?: string } {
  const found = LABELS.map((column) => row?.[column]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined
  return found === undefined ? {} : { label: found.length > 120 ? `${found.slice(0, 119)}…` : found }
}

function fieldsOf(kind: RecordKind, before: Row | null, after: Row | null, sensitive: boolean): HistoryItem['fields'] {
  const spec = SPECS[kind]
  const given = (before ?? after)!
  if (!given) return []
  const nothing = emptyRow(spec, { id: given.id, workspace_id: given['workspace_id'], deal_id: given['deal_id'] })
  const [from, to] = [before ?? nothing, after ?? nothing]
  const [was, is] = [recordOf(kind, from), recordOf(kind, to)] as unknown as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const hidden = hiddenFields(kind, { sensitive, contacts: false })
  // `known_none` and the two columns of an amount show as the field they belong to.
  const names = new Set(
    changedColumns(spec, from, to).flatMap((column) =>
      column === 'currency' ? ['amount'] : column === 'known_none' ? noneChanged(from, to) : [camel(column)],
    ),
  )
  return [...names]
    .filter((name) => hidden !== true && !hidden.includes(name))
    .map((name) => ({
      name,
      ...(before && was[name] !== undefined ? { before: was[name] } : {}),
      ...(after && is[name] !== undefined ? { after: is[name] } : {}),
    }))
    .filter((field) => 'before' in field || 'after' in field)
}

const noneChanged = (before: Row, after: Row): string[] =>
  [...new Set([...before.known_none, ...after.known_none])]
    .filter((column) => before.known_none.includes(column) !== after.known_none.includes(column))
    .map(camel)

export interface AuditQuery extends Page {
  actorId?: string | undefined
  kind?: string | undefined
  recordId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The audit trail of the workspace, newest first; of deals only the visible ones (of what is gone nobody can say whose it was, but who sees all). */
export async function audit(
  tx: Tx,
  { limit, cursor, ...filter }: AuditQuery,
  visibility: Visibility = { all: true },
): Promise<{ items: object[]; next?: string }> {
  const list = ['audit', filter]
  const place = placeOf<[string]>(list, cursor, onlyId)
  const values: unknown[] = [
    tx.workspaceId,
    place?.[0] ?? null,
    filter.actorId ?? null,
    filter.kind ?? null,
    filter.recordId ?? null,
    filter.from ?? null,
    filter.to ?? null,
    limit + 1,
  ]
  const seen = visibility.all
    ? ''
    : `and (c.deal_id is null or exists (select from deal d where d.workspace_id = $1 and d.id = c.deal_id and ${visibilitySql(visibility, (value) => `$${values.push(value)}`)}))`
  const changes = await tx.rows<ChangeRow>(
    `select ${COLUMNS}, ${FIRST} ${FROM}
     where c.workspace_id = $1
       and ($2::uuid is null or c.id < $2)
       and ($3::uuid is null or c.actor_id = $3)
       and ($4::text is null or c.kind = $4)
       and ($5::uuid is null or c.record_id = $5)
         and ($6::timestamptz is null or c.at >= $6)
         and ($7::timestamptz is null or c.at <= $7) ${seen}
     order by c.id desc limit $8`,
    values,
  )
  const page = changes.slice(0, limit)
  const born = await rowsNow(tx, page.filter(isWhole))
  const shown = (side: 'before' | 'after', row: Row | null | undefined, kind: string): object =>
    row ? { [side]: kind in SPECS ? recordOf(kind as RecordKind, row) : row } : {}
  return {
    items: page.map((change) => ({
      id: change.id,
      changeSet: change.change_set,
      at: change.at,
      ...(change.actor_id === null ? {} : { actorId: change.actor_id }),
      ...(change.actor === null ? {} : { actor: change.actor }),
      via: change.via,
      kind: change.kind,
      recordId: change.record_id,
      ...(change.deal_id === null ? {} : { dealId: change.deal_id }),
      action: change.action,
      ...shown('before', change.before, change.kind),
      ...shown('after', change.after ?? change.first ?? born.get(keyOf(change.kind, change.record_id)), change.kind),
    })),
    ...(changes.length > limit ? { next: cursorOf(list, [page.at(-1)!.id]) } : {}),
  }
}
