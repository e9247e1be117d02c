import { KIND_NAMES } from '@sente/api'
import type { DealWhole, KindName } from '@sente/api'
import { dealRows, wholeOf } from './read.ts'
import type { DealRows, Include } from './read.ts'
import type { RecordKind, Row } from './records.ts'
import { NotFound } from './refusal.ts'
import type { Access } from './visibility.ts'
import { rowJson } from './statements.ts'
import type { Tx } from './tenant.ts'

/** The first thing that happened to a record after a moment: what it was until then, or nothing when it was only created. */
interface Later {
  kind: RecordKind
  record_id: string
  before: Row | null
}

/**
 * A deal as it stood in the database at an earlier moment (RFC 3339): a record is the `before` of its first change after that moment, else what it
 * is now; what was created since is not there. Records that were imported without marks came with their `created_at`. Throws `NotFound` when the
 * deal was not there. The deal's version is that of its own last change, as versions of its facts are not kept.
 */
export async function dealAt(
  tx: Tx,
  id: string,
  moment: string,
  { include = ['all'], access }: { include?: readonly Include[]; access: Omit<Access, 'read'> },
): Promise<DealWhole> {
  const now = await dealRows(tx, id, [...KIND_NAMES])
  const [at] = await tx.rows<{ at: string }>(`select to_json($1::timestamptz) #>> '{}' as at`, [moment])
  const later = await tx.rows<Later>(
    `select distinct on (record_id) kind, record_id, before from change
     where workspace_id = $1 and deal_id = $2 and at > $3::timestamptz order by record_id, at, id`,
    [tx.workspaceId, id, moment],
  )
  const then = <K extends RecordKind>(kind: K, rows: readonly Row[]): Row[] =>
    atMoment(
      rows,
      later.filter((change) => change.kind === kind),
      at!.at,
    )
  const [deal] = then('deal', now ? [now.deal] : [])
  if (!deal)
    throw new NotFound({ en: 'The deal was not in the database at that moment.', zh: '当时还没有这个商机的记录。' })
  const facts = Object.fromEntries(KIND_NAMES.map((kind) => [kind, then(kind, now?.facts[kind] ?? [])])) as Record<
    KindName,
    Row[]
  >
  const people = await recordsThen(
    tx,
    'person',
    facts.stakeholder.map((row) => row['person_id'] as string),
    moment,
    at!.at,
  )
  const accounts =
    deal['account_id'] === null ? [] : await recordsThen(tx, 'account', [deal['account_id'] as string], moment, at!.at)
  const all = include.includes('all')
  const parts: Include[] = [...KIND_NAMES, 'account' as const, 'people' as const].filter(
    (part) => all || include.includes(part),
  )
  const rows: DealRows = {
    deal,
    account: accounts[0] ?? null,
    people,
    facts: Object.fromEntries(Object.entries(facts).filter(([kind]) => parts.includes(kind as KindName))),
    summary: now?.summary as DealRows['summary'],
  }
  return wholeOf(tx, rows, parts, access)
}

/** Moments as JSON are text of one form and one offset, so that text order is the order of time. */
function atMoment(now: readonly Row[], later: readonly Later[], moment: string): Row[] {
  const changed = new Set(later.map((change) => change.record_id))
  return [
    ...now.filter((row) => !changed.has(row.id) && (row['created_at'] as string) <= moment),
    ...later.flatMap(({ before }) => before ?? []),
  ]
}

async function recordsThen(
  tx: Tx,
  kind: 'person' | 'account',
  ids: readonly string[],
  moment: string,
  at: string,
): Promise<Row[]> {
  const now = await tx.rows<{ row: Row }>(
    `select ${rowJson(kind, 't')} as row
     from ${kind} t
     where t.workspace_id = $1 and t.id = any($2::uuid[])`,
    [tx.workspaceId, ids],
  )
  const later = await tx.rows<Later>(
    `select distinct on (record_id) kind, record_id, before from change
     where workspace_id = $1 and record_id = any($2::uuid[]) and at > $3::timestamptz
     order by record_id, at, id`,
    [tx.workspaceId, ids, moment],
  )
  return atMoment(
    now.map(({ row }) => row),
    later,
    at,
  )
}
