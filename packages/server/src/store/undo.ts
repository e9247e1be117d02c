import { KIND_NAMES } from '@sente/api'
import { namedPeople, namedRivals } from './check-people.ts'
import { bumpDeals, DEALS_OF_ACCOUNT, DEALS_OF_PERSON, lockDeal, writeRow } from './gateway.ts'
import { recordOf, sameValue, SPECS } from './records.ts'
import type { RecordKind, Row } from './records.ts'
import { Conflict, InUse, InvalidInput, NotFound } from './refusal.ts'
import { removeRow } from './remove.ts'
import { markShare } from './share-marks.ts'
import type { ShareRow } from './share-marks.ts'
import { statementsFor } from './statements.ts'
import type { Tx } from './tenant.ts'
import { countDeal } from './totals.ts'

interface Change {
  id: string
  kind: RecordKind | 'dealShare'
  record_id: string
  deal_id: string | null
  action: 'create' | 'update' | 'delete'
  before: Row | null
  after: Row | null
}

const GONE = {
  en: 'It refers to something that is gone: bring that back first.',
  zh: '它引用的内容已不存在，请先恢复后者。',
}
const CHANGED = { en: 'Something of it was changed since.', zh: '其中有内容在此之后又被修改过。' }

/** Records that a later change touched, unless that change was itself undone, or undid another: then all is as before. */
const TOUCHED_SINCE = `
  select distinct later.record_id
  from change mine
  join change later on later.workspace_id = $1
    and later.record_id = mine.record_id
    and later.change_set <> $2
    and (later.at, later.id) > (mine.at, mine.id)
  where mine.workspace_id = $1 and mine.change_set = $2 and later.undone_by is null
    and not exists (select from change undone where undone.workspace_id = $1 and undone.undone_by = later.change_set)`

/**
 * Takes back all changes of one request, in reverse order; itself a change that can be undone. Throws `Conflict` when something of it was changed
 * since or is used by what came later, `NotFound` when there is nothing to undo.
 */
export async function undo(tx: Tx, changeSet: string): Promise<{ undone: number; changeSet: string }> {
  const mine = await tx.rows<Change>(
    `select c.id, c.kind, c.record_id, c.deal_id, c.action, c.before, c.after
     from change c
     where c.workspace_id = $1 and c.change_set = $2 and c.undone_by is null
     order by c.id desc`,
    [tx.workspaceId, changeSet],
  )
  if (mine.length === 0) throw new NotFound()
  // Locks in the order of all writers. A deal that is gone has nothing to lock.
  const deals = [...new Set(mine.flatMap((change) => change.deal_id ?? []))].sort()
  for (const id of deals) await lockDeal(tx, id).catch(ignoreMissing)
  if ((await tx.rows(TOUCHED_SINCE, [tx.workspaceId, changeSet])).length > 0) throw new Conflict(CHANGED)
  for (const change of mine) {
    try {
      await takeBack(tx, change)
    } catch (error) {
      if (error instanceof InUse || error instanceof NotFound) throw new Conflict(error.says ?? CHANGED, error)
      if (error instanceof InvalidInput) throw new Conflict(GONE, error)
      throw error
    }
  }
  for (const dealId of deals) await checkNamed(tx, dealId, mine)
  await tx.rows('update change set undone_by = $3 where workspace_id = $1 and change_set = $2', [
    tx.workspaceId,
    changeSet,
    tx.changeSet,
  ])
  // Undoing an undo brings back what that had undone: it counts again.
  await tx.rows('update change set undone_by = null where workspace_id = $1 and undone_by = $2', [
    tx.workspaceId,
    changeSet,
  ])
  return { undone: mine.length, changeSet: tx.changeSet }
}

/** Lists of people and keys of rivals are no foreign keys: whom a fact that came back names may have left the deal meanwhile. */
async function checkNamed(tx: Tx, dealId: string, changes: readonly Change[]): Promise<void> {
  // Newest first: what stands last of a record is how it is now.
  const last = new Map(
    changes.filter((change) => change.deal_id === dealId).map((change) => [change.record_id, change]),
  )
  const back = [...last.values()].flatMap(({ kind, before }) =>
    before && kind !== 'dealShare'
      ? [{ kind, record: recordOf(kind, before) as unknown as Record<string, unknown> }]
      : [],
  )
  const people = [...new Set(back.flatMap(({ kind, record }) => namedPeople(SPECS[kind], record).map(({ id }) => id)))]
  const rivals = [
    ...new Set(back.flatMap(({ kind, record }) => namedRivals(SPECS[kind], record).map(({ key }) => key))),
  ]
  if (people.length + rivals.length === 0) return
  const missing = await tx.rows(
    `select
     from unnest($3::uuid[]) p
     where not exists (select from stakeholder s where s.workspace_id = $1 and s.deal_id = $2 and s.person_id = p)
     union all
     select
     from unnest($4::text[]) k
     where not exists (select from rival r where r.workspace_id = $1 and r.deal_id = $2 and r.key = k)`,
    [tx.workspaceId, dealId, people, rivals],
  )
  if (missing.length > 0) throw new Conflict(GONE)
}

const ignoreMissing = (error: unknown): void => {
  if (!(error instanceof NotFound)) throw error
}

async function takeBack(tx: Tx, change: Change): Promise<void> {
  const { kind, record_id: id, before } = change
  if (kind === 'dealShare') return takeBackShare(tx, change)
  const [found] = await tx.rows<{ row: Row }>(statementsFor(kind).lock, [tx.workspaceId, id])
  const now = found?.row
  if (change.action === 'delete') {
    if (now) throw new Conflict(CHANGED)
    await written(tx, 'create', kind, { ...before!, version: before!.version + 1 })
  } else {
    if (!now) throw new Conflict(CHANGED)
    if (change.action === 'create') await uncreate(tx, kind, now)
    else {
      // What an update did to other columns stays where nothing of them is in doubt: only whole rows are compared.
      if (
        SPECS[kind].columns.some(
          (column) => !KEPT.has(column) && !sameValue(now[column] ?? null, change.after![column] ?? null),
        )
      )
        throw new Conflict(CHANGED)
      await written(tx, 'update', kind, { ...before!, version: now.version + 1 }, now)
    }
  }
}

const KEPT = new Set(['version', 'updated_at'])

async function uncreate(tx: Tx, kind: RecordKind, now: Row): Promise<void> {
  if (kind === 'deal') {
    const facts = await tx.rows(
      KIND_NAMES.map(
        (fact) => `select
        from "${SPECS[fact].table}"
        where workspace_id = $1 and deal_id = $2`,
      ).join(' union all ') + ' limit 1',
      [tx.workspaceId, now.id],
    )
    if (facts.length > 0)
      throw new Conflict({ en: 'The deal has facts that were written later.', zh: '商机里有之后写入的内容。' })
  }
  // Parts of its own went before it: what is left was written later.
  const part = PARTS[kind]
  if (
    part &&
    (
      await tx.rows(
        `select
         from ${part.table}
         where workspace_id = $1 and deal_id = $2 and ${part.column} = $3
         limit 1`,
        [tx.workspaceId, now['deal_id'], now.id],
      )
    ).length > 0
  )
    throw new Conflict(CHANGED)
  await removeRow(tx, kind, now, { since: false })
}

const PARTS: Partial<Record<RecordKind, { table: string; column: string }>> = {
  rival: { table: 'rival_contact', column: 'rival_id' },
  proof: { table: 'proof_status', column: 'proof_id' },
  note: { table: 'evidence', column: 'note_id' },
  jointItem: { table: 'joint_suggestion', column: 'item_id' },
}

async function written(tx: Tx, action: 'create' | 'update', kind: RecordKind, row: Row, before?: Row): Promise<void> {
  if (kind === 'person') await bumpDeals(tx, DEALS_OF_PERSON, row.id)
  if (kind === 'account') await bumpDeals(tx, DEALS_OF_ACCOUNT, row.id)
  const now = await writeRow(tx, action, kind, row, before)
  if (kind === 'deal') await countDeal(tx, before ?? null, now)
}

/** A share that is undone is gone, one that was changed or ended is as it was, unless its member or team is gone. */
async function takeBackShare(tx: Tx, { action, record_id: id, before, after }: Change): Promise<void> {
  const was = before as unknown as ShareRow | null
  const [found] = await tx.rows<{ row: ShareRow }>(
    `select to_jsonb(s) as row
     from deal_share s
     where s.workspace_id = $1 and s.id = $2
     for update`,
    [tx.workspaceId, id],
  )
  const now = found?.row
  if (action === 'delete') {
    const [back] = await tx.rows<{ row: ShareRow; anew: boolean }>(
      `select to_jsonb(r) as row, exists (select
         from deal_share s
         where s.workspace_id = $1 and (s.id = r.id or s.deal_id = r.deal_id and s.member_id is not distinct from r.member_id and s.team_id is not distinct from r.team_id)) as anew
       from jsonb_populate_record(null::deal_share, $2::jsonb) r
       where r.workspace_id = $1
         and (r.member_id is null or exists (select from member m where m.workspace_id = $1 and m.id = r.member_id))
         and (r.team_id is null or exists (select from team t where t.workspace_id = $1 and t.id = r.team_id))`,
      [tx.workspaceId, JSON.stringify(was)],
    )
    if (!back) return
    if (back.anew) throw new Conflict(CHANGED)
    await tx.rows(
      `insert into deal_share
      select *
      from jsonb_populate_record(null::deal_share, $1::jsonb)`,
      [JSON.stringify(was)],
    )
    await markShare(tx, undefined, back.row)
  } else if (action === 'create') {
    if (!now) throw new Conflict(CHANGED)
    await tx.rows('delete from deal_share where workspace_id = $1 and id = $2', [tx.workspaceId, id])
    await markShare(tx, now, undefined)
  } else {
    const then = after as unknown as ShareRow
    if (!now || now.may_write !== then.may_write || now.sensitive !== then.sensitive) throw new Conflict(CHANGED)
    await tx.rows(
      `update deal_share
      set may_write = $3, sensitive = $4
      where workspace_id = $1 and id = $2`,
      [tx.workspaceId, id, was!.may_write, was!.sensitive],
    )
    await markShare(tx, now, was!)
  }
}
