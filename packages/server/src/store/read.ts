import { KIND_NAMES, KINDS } from '@sente/api'
import type { DealWhole, KindName } from '@sente/api'
import { kindOf } from '@sente/engine'
import { readsContacts, shown, shownTo } from './field-rights.ts'
import type { FieldRights } from './field-rights.ts'
import { recordOf } from './records.ts'
import type { RecordKind, RecordOf, Row } from './records.ts'
import { NotFound } from './refusal.ts'
import type { Access } from './visibility.ts'
import { rowJson, statementsFor } from './statements.ts'
import { summaryJson, summaryOf } from './summary.ts'
import type { SummaryColumns } from './summary.ts'
import type { Tx } from './tenant.ts'

export type Include = 'account' | 'people' | 'summary' | 'all' | KindName
/** The rows that a whole deal is made of. */
export interface DealRows {
  deal: Row
  account: Row | null
  people: Row[]
  facts: Partial<Record<KindName, Row[]>>
  summary: SummaryColumns
}
interface Raw extends Partial<Record<string, unknown>> {
  deal: Row
  summary: SummaryColumns
}

/** A deal as the engine needs it: everything but where people are drawn. */
const EVERYTHING: readonly Include[] = ['account', 'people', 'summary', ...KIND_NAMES]
const MOST = 5000

const wanted = (include: readonly Include[]): Include[] =>
  EVERYTHING.filter((part) => include.includes('all') || include.includes(part))

/** One record by its id, whoever asks. Throws `NotFound`. */
export async function read<K extends RecordKind>(tx: Tx, kind: K, id: string): Promise<RecordOf<K>> {
  const [found] = await tx.rows<{ row: Row }>(statementsFor(kind).read, [tx.workspaceId, id], `read_${kind}`)
  if (!found) throw new NotFound()
  return recordOf(kind, found.row)
}

/** What of a kind may be shown to somebody with these rights. */
export function visible<K extends RecordKind>(kind: K, records: RecordOf<K>[], rights: FieldRights): RecordOf<K>[] {
  return records.flatMap((record) => shown(kind, record, rights) ?? [])
}

/** The query of a set of parts, one for each set: parts are few, and a known query is planned once per connection. */
const queries = new Map<string, { name: string; text: string }>()
function queryFor(parts: readonly Include[], many: boolean): { name: string; text: string } {
  const key = `${many ? 'many' : 'one'} ${parts.join()}`
  let query = queries.get(key)
  if (!query) queries.set(key, (query = { name: `deal_${queries.size}`, text: textFor(parts, many) }))
  return query
}

function textFor(parts: readonly Include[], many: boolean): string {
  const columns = parts.map((part) => {
    if (part === 'account')
      return `(select row_to_json(a) from account a where a.workspace_id = $1 and a.id = d.account_id) as "account"`
    if (part === 'people')
      return `(select json_agg(row_to_json(p))
          from stakeholder s
          join person p on p.workspace_id = $1 and p.id = s.person_id
          where s.workspace_id = $1 and s.deal_id = d.id) as "people"`
    if (part === 'summary') return `${summaryJson('d')} as "summary"`
    const kind = part as KindName
    const { table, fields } = kindOf(kind)
    const order = 'on' in fields ? 't."on" desc nulls last, t.id desc' : 't.id desc'
    return `(select json_agg(row_to_json(f))
        from (select * from "${table}" t where t.workspace_id = $1 and t.deal_id = d.id order by ${order} limit $3) f) as "${kind}"`
  })
  return `select ${[`${rowJson('deal', 'd')} as "deal"`, ...columns].join(',\n')}\nfrom deal d
    where d.workspace_id = $1 and d.id = ${many ? 'any($2::uuid[])' : '$2'} and $3::int > 0`
}

const rowsOf = (raw: Raw, parts: readonly Include[]): DealRows => ({
  deal: raw.deal,
  account: (raw['account'] as Row | null | undefined) ?? null,
  people: (raw['people'] as Row[] | null | undefined) ?? [],
  facts: Object.fromEntries(
    parts.filter((part) => part in KINDS).map((kind) => [kind, (raw[kind] as Row[] | null) ?? []]),
  ),
  summary: raw.summary,
})

/** The rows of a deal in one round trip. Null: there is none. */
export async function dealRows(
  tx: Tx,
  id: string,
  include: readonly Include[] = ['all'],
  limit = MOST,
): Promise<DealRows | null> {
  const parts = wanted(include)
  const query = queryFor(parts, false)
  const [raw] = await tx.rows<Raw>(query.text, [tx.workspaceId, id, limit], query.name)
  return raw ? rowsOf(raw, parts) : null
}

/**
 * A deal with what `include` names, at most `limit` of each kind, newest first. What `access` does not let see is left out. Throws `NotFound`.
 */
export async function loadDeal(
  tx: Tx,
  id: string,
  {
    include = ['all'],
    limit = MOST,
    access,
  }: { include?: readonly Include[]; limit?: number; access: Omit<Access, 'read'> },
): Promise<DealWhole> {
  const rows = await dealRows(tx, id, include, limit)
  if (!rows) throw new NotFound()
  if (!access.sensitive && rows.facts.evidence?.some((row) => row['note_id'] !== null)) {
    // Evidence that was read from a private note quotes it.
    const hidden = await tx.rows<{ id: string }>(
      'select id from note where workspace_id = $1 and deal_id = $2 and private',
      [tx.workspaceId, id],
      'private_notes',
    )
    const notes = new Set(hidden.map((note) => note.id))
    rows.facts.evidence = rows.facts.evidence.filter((row) => !notes.has(row['note_id'] as string))
  }
  return wholeOf(tx, rows, wanted(include), access)
}

/** Many deals with all their facts, in one query; those that are not there are left out. For computing, so nothing is hidden. */
export async function loadDeals(tx: Tx, ids: readonly string[]): Promise<DealWhole[]> {
  const parts = wanted(['all'])
  const query = queryFor(parts, true)
  const raws = await tx.rows<Raw>(query.text, [tx.workspaceId, ids, MOST], query.name)
  return raws.map((raw) => wholeOf(tx, rowsOf(raw, parts), parts, { write: false, sensitive: true, share: false }))
}

/** The rows as records, of what may be seen: personal things by `access`, the address book by the rights of the transaction. */
export function wholeOf(
  { rights }: Pick<Tx, 'rights'>,
  rows: DealRows,
  parts: readonly Include[],
  access: Omit<Access, 'read'>,
): DealWhole {
  const may: FieldRights = { sensitive: access.sensitive, contacts: readsContacts(rights) }
  const deal = recordOf('deal', rows.deal)
  const summary = parts.includes('summary') ? summaryOf(rows.summary, deal.version) : undefined
  return {
    deal,
    ...(parts.includes('account') && rows.account
      ? { account: shownTo(rights, 'account', recordOf('account', rows.account)) }
      : {}),
    ...(parts.includes('people')
      ? {
          people: visible(
            'person',
            rows.people.map((row) => recordOf('person', row)),
            may,
          ),
        }
      : {}),
    ...(Object.fromEntries(
      Object.entries(rows.facts).map(([kind, facts]) => [
        kind,
        visible(
          kind as KindName,
          facts.map((row) => recordOf(kind as KindName, row)),
          may,
        ),
      ]),
    ) as Pick<DealWhole, KindName>),
    ...(summary ? { summary } : {}),
    access: { write: access.write, sensitive: access.sensitive, share: access.share },
  }
}
