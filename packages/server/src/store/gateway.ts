import { newId } from './ids.ts'
import type { KindName } from '@sente/api'
import { reindexDeals } from './entries.ts'
import type { ChangeEvent } from './events.ts'
import { checkWrites, shownTo } from './field-rights.ts'
import { ACCESS, accessOf } from './visibility.ts'
import type { Access, AccessRow, Viewer } from './visibility.ts'
import { refusedByDatabase } from './refused-by-database.ts'
import { recordOf, specFor } from './records.ts'
import type { RecordKind, Row } from './records.ts'
import { ChangedSince, NotFound } from './refusal.ts'
import { SEARCHED, statementsFor } from './statements.ts'
import type { Tx } from './tenant.ts'
import { entryOf } from './words.ts'

/** What the gateway knows of a deal that it is about to change; the deal is locked until the transaction ends. */
export interface DealContext {
  id: string
  accountId: string | null
  /** In the time zone of the workspace. */
  today: string
  /** The day on which the deal came into the database. */
  since: string
}

/**
 * Locks a deal, so that its facts have one writer at a time, and says what the checks need. Nothing else is read along: a query that waits for a
 * lock sees the rest as it was before the wait.
 */
export async function lockDeal(tx: Tx, dealId: string): Promise<DealContext> {
  const [row] = await tx.rows<DealRow>(
    `select ${DEAL_CONTEXT} where d.workspace_id = $1 and d.id = $2 for no key update of d`,
    [tx.workspaceId, dealId],
    'lock_deal',
  )
  if (!row) throw new NotFound()
  return contextOf(tx, dealId, row)
}

/** Locks deals in the order in which everybody does; those that are not there are passed over. */
export async function lockDeals(tx: Tx, dealIds: readonly string[]): Promise<void> {
  await tx.rows(
    `select
     from deal
     where workspace_id = $1 and id = any($2::uuid[])
     order by id
     for no key update`,
    [tx.workspaceId, dealIds],
    'lock_deals',
  )
}

/** Like `lockDeal`, for who may change the deal, with what else they may; for anybody else nothing is locked, and the answer is `undefined`. */
export async function lockDealFor(
  tx: Tx,
  viewer: Viewer,
  dealId: string,
): Promise<{ deal: DealContext; access: Access } | undefined> {
  if (!viewer.write) return undefined
  const [row] = await tx.rows<DealRow & AccessRow>(
    `select ${ACCESS.columns}, ${DEAL_CONTEXT} ${ACCESS.join}
     where d.workspace_id = $1 and d.id = $2 and ${ACCESS.writable}
     for no key update of d`,
    [tx.workspaceId, dealId, ...ACCESS.values(viewer)],
    'lock_deal_for',
  )
  return row && { deal: contextOf(tx, dealId, row), access: accessOf(viewer, row) }
}

interface DealRow {
  account_id: string | null
  today: string
  since: string
}
const DEAL_CONTEXT = `d.account_id, (now() at time zone w.time_zone)::date::text as today, (d.created_at at time zone w.time_zone)::date::text as since
  from deal d join workspace w on w.id = d.workspace_id`
function contextOf(tx: Tx, id: string, row: DealRow): DealContext {
  const today = tx.today ?? row.today
  return { id, accountId: row.account_id, today, since: row.since < today ? row.since : today }
}

/** The row as it is, locked. */
export async function lockRow(tx: Tx, kind: RecordKind, id: string): Promise<Row> {
  const [found] = await tx.rows<{ row: Row }>(statementsFor(kind).lock, [tx.workspaceId, id], `lock_${kind}`)
  if (!found) throw new NotFound()
  return found.row
}

export function checkVersion(tx: Tx, kind: RecordKind, row: Row, expected: number | undefined): void {
  if (expected !== undefined && row.version !== expected)
    throw new ChangedSince(shownTo(tx.rights, kind, recordOf(kind, row)))
}

const dealOfRow = (kind: RecordKind, row: Row): string | null =>
  kind === 'deal' ? row.id : ((row['deal_id'] as string | undefined) ?? null)
const accountOfRow = (kind: RecordKind, row: Row): string | null =>
  kind === 'account' ? row.id : ((row['account_id'] as string | undefined) ?? null)

/** One write through the gateway: row, mark, version of the deal, search entry and event. Checks nothing but the right to the kind. Answers the row as it stands now. */
export async function writeRow(
  tx: Tx,
  action: 'create' | 'update' | 'delete',
  kind: RecordKind,
  row: Row,
  before?: Row,
): Promise<Row> {
  checkWrites(tx.rights, kind)
  const statements = statementsFor(kind)
  const text = action === 'create' ? statements.create : action === 'update' ? statements.update : statements.remove
  const entry = SEARCHED.has(kind) && action !== 'delete' ? entryOf(kind, row) : null
  const values: unknown[] = [
    JSON.stringify(row),
    tx.workspaceId,
    newId(),
    tx.changeSet,
    tx.actorId ?? null,
    tx.via,
    row.id,
    dealOfRow(kind, row),
    accountOfRow(kind, row),
    entry ? JSON.stringify(entry) : null,
  ]
  if (action === 'update') values.push(JSON.stringify(before))
  const [written] = await tx
    .rows<{ row: Row; deal_version: number | null }>(text, values, `${action}_${kind}`)
    .catch((error: unknown) => {
      throw refusedByDatabase(error, action, kind)
    })
  if (kind === 'account' && before && ACCOUNT_WORDS.some((column) => before[column] !== row[column]))
    await reindexDeals(tx, row.id)
  if (kind === 'note' && before && (before['private'] === true) !== (row['private'] === true))
    await hideEvidence(tx, row)
  tx.events.push(eventOf(tx, action, kind, written!.row))
  return written!.row
}

const ACCOUNT_WORDS = ['name', 'goal', 'industry', 'region'] as const

/** What was read from a note is found by whom the note is found by. */
async function hideEvidence(tx: Tx, note: Row): Promise<void> {
  await tx.rows(
    `update search_entry s set sensitive = $3 from evidence e
     where s.workspace_id = $1
       and s.kind = 'evidence'
       and s.id = e.id
       and e.workspace_id = $1
       and e.note_id = $2`,
    [tx.workspaceId, note.id, note['private'] === true],
  )
}

export function eventOf(tx: Tx, action: ChangeEvent['action'], kind: RecordKind, row: Row): ChangeEvent {
  const dealId = dealOfRow(kind, row)
  return {
    workspaceId: tx.workspaceId,
    ...(dealId === null ? {} : { dealId }),
    kind,
    id: row.id,
    version: row.version,
    action,
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  }
}

/** Counts a new version of deals whose people or account were changed, so that their briefs are computed anew. */
export async function bumpDeals(tx: Tx, which: string, id: string): Promise<void> {
  const bumped = await tx.rows<{ id: string; version: number }>(
    `with locked as (select d.id from deal d where d.workspace_id = $1 and ${which} order by d.id for no key update)
     update deal d
     set version = d.version + 1, updated_at = now()
     from locked
     where d.workspace_id = $1 and d.id = locked.id
     returning d.id, d.version`,
    [tx.workspaceId, id],
  )
  for (const deal of bumped)
    tx.events.push({
      workspaceId: tx.workspaceId,
      dealId: deal.id,
      kind: 'deal',
      id: deal.id,
      version: deal.version,
      action: 'update',
      ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
    })
}

export const DEALS_OF_PERSON =
  'd.id in (select s.deal_id from stakeholder s where s.workspace_id = $1 and s.person_id = $2)'
export const DEALS_OF_ACCOUNT = 'd.account_id = $2'

/** The deal that a fact belongs to. */
export async function dealOfFact(tx: Tx, kind: KindName, id: string): Promise<string> {
  const [found] = await tx.rows<{ deal_id: string }>(
    `select deal_id from "${specFor(kind).table}" where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id],
    `deal_of_${kind}`,
  )
  if (!found) throw new NotFound()
  return found.deal_id
}

/**
 * Of these ids, those that deals had which were deleted. History and earlier moments go by the id: a new deal with it would show what was written of
 * the other one to whoever makes it.
 */
export async function deletedDeals(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `select distinct c.record_id as id
     from change c
     where c.workspace_id = $1
       and c.record_id = any($2::uuid[])
       and c.kind = 'deal'
       and c.action = 'delete'
       and not exists (select from deal d where d.workspace_id = $1 and d.id = c.record_id)`,
    [tx.workspaceId, ids],
    'deleted_deals',
  )
  return new Set(rows.map(({ id }) => id))
}

export const WAS_DELETED = {
  en: 'A deal with this id was deleted: undo that, or take another id.',
  zh: '有这个 id 的商机已被删除：请撤销删除，或换一个 id。',
}
