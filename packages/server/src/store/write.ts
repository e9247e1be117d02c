import type { FieldFault, KindName } from '@sente/api'
import { newId } from './ids.ts'
import { methodFaults, spelled } from './check-method.ts'
import { checkNeighbours, checkReportsTo, keyFor, namedPeople, newcomers } from './check-people.ts'
import { fault, recordedOn, rowFaults } from './check-row.ts'
import {
  bumpDeals,
  checkVersion,
  dealOfFact,
  deletedDeals,
  DEALS_OF_ACCOUNT,
  DEALS_OF_PERSON,
  lockDeal,
  lockRow,
  WAS_DELETED,
  writeRow,
} from './gateway.ts'
import { checkWrites, shownTo } from './field-rights.ts'
import type { DealContext } from './gateway.ts'
import { changedColumns, emptyRow, recordOf, specFor, withFields } from './records.ts'
import type { InputOf, PatchOf, RecordKind, RecordOf, RecordSpec, Row } from './records.ts'
import { Conflict, InvalidInput } from './refusal.ts'
import { removeRow } from './remove.ts'
import type { Tx } from './tenant.ts'
import { countDeal } from './totals.ts'

/**
 * The gateway of all business writes. Whatever changes an account, a person, a deal or a fact of a deal goes through here (bulk imports through
 * `whole.ts`), so that the audit trail is complete, the deal's version counts every change, and search and totals agree with the records.
 * Who may do it is the caller's question (`visibility.ts`).
 */

/** Writes something new; `locked`: its deal, if the caller holds it already. Throws `InvalidInput`, `Conflict`, or `NotFound` when its deal is not there. */
export async function create<K extends RecordKind>(
  tx: Tx,
  kind: K,
  input: InputOf<K>,
  locked?: DealContext,
): Promise<RecordOf<K>> {
  checkWrites(tx.rights, kind)
  const spec = specFor(kind)
  const given = spelled(kind, input as unknown as Record<string, unknown>)
  const id = (given['id'] as string | undefined) ?? newId()
  if (kind === 'deal' && given['id'] !== undefined && (await deletedDeals(tx, [id])).has(id))
    throw new Conflict(WAS_DELETED)
  const named = namedPeople(spec, given)
  const dealId = spec.fact ? (given['dealId'] as string) : undefined
  const deal = dealId === undefined ? undefined : (locked ?? (await lockDeal(tx, dealId)))

  const blank = emptyRow(spec, {
    workspace_id: tx.workspaceId,
    id,
    created_by: tx.actorId ?? null,
    ...(dealId === undefined ? {} : { deal_id: dealId }),
  })
  const row = withFields(spec, blank, given)
  if (kind === 'deal') row['owner_id'] ??= tx.actorId ?? null
  if (deal && given['recordedOn'] === undefined) row['recorded_on'] = recordedOn(spec, row, deal.today, deal.since)
  refuse([
    ...rowFaults(spec, row),
    ...(kind === 'deal' && row['owner_id'] === null
      ? [fault('ownerId', { en: 'A deal needs an owner.', zh: '商机需要负责人。' })]
      : []),
    ...methodFaults(kind, given, row, tx.store.methodology),
  ])
  if (deal) {
    await join(tx, deal, named)
    await checkNeighbours(tx, spec, given, row)
    await giveKey(tx, spec, row)
  }
  if (kind === 'deal' && named.length > 0)
    refuse([
      fault('execPlan.targets', {
        en: 'A new deal has no people yet: add them first.',
        zh: '新商机还没有人员，请先添加。',
      }),
    ])
  if (kind === 'person') await checkReportsTo(tx, id, row['reports_to'])
  const written = await writeRow(tx, 'create', kind, row)
  if (kind === 'deal') await countDeal(tx, null, written)
  return shownTo(tx.rights, kind, recordOf(kind, written))
}

/**
 * Changes fields of a record; what is the same already is not written. Answers the record as it stands now. `locked`: the deal of a fact, if the
 * caller holds it already. Throws `ChangedSince` when it is not
 * the version `expected`, `NotFound`, `InvalidInput`, `Conflict`.
 */
export async function update<K extends RecordKind>(
  tx: Tx,
  kind: K,
  id: string,
  patch: PatchOf<K>,
  expected?: number,
  locked?: DealContext,
): Promise<RecordOf<K>> {
  checkWrites(tx.rights, kind)
  const spec = specFor(kind)
  const given = spelled(kind, patch as Record<string, unknown>)
  const named = namedPeople(spec, given)
  // The deal first, then what is below it: all writers take their locks in this order.
  const deal = spec.fact
    ? (locked ?? (await lockDeal(tx, await dealOfFact(tx, kind as KindName, id))))
    : kind === 'deal'
      ? await lockDeal(tx, id)
      : undefined
  const before = await lockRow(tx, kind, id)
  checkVersion(tx, kind, before, expected)
  if (kind === 'deal') closing(given, before, deal!)

  const row = withFields(spec, before, given)
  if (changedColumns(spec, before, row).length === 0) return shownTo(tx.rights, kind, recordOf(kind, before))
  row.version = before.version + 1
  refuse([
    ...rowFaults(spec, row),
    ...(kind === 'deal' && row['owner_id'] === null
      ? [fault('ownerId', { en: 'A deal needs an owner.', zh: '商机需要负责人。' })]
      : []),
    ...methodFaults(kind, given, row, tx.store.methodology),
  ])
  if (deal) {
    await join(tx, deal, named)
    // Whoever joined counted a version of the deal as well.
    if (kind === 'deal') row.version = (await lockRow(tx, kind, id)).version + 1
    if (spec.fact) await checkNeighbours(tx, spec, given, row)
  }
  if (kind === 'person') await checkReportsTo(tx, id, given['reportsTo'])
  // Deals before search entries, as all writers take their locks.
  if (kind === 'person') await bumpDeals(tx, DEALS_OF_PERSON, id)
  if (kind === 'account') await bumpDeals(tx, DEALS_OF_ACCOUNT, id)
  const written = await writeRow(tx, 'update', kind, row, before)
  if (kind === 'deal') await countDeal(tx, before, written)
  return shownTo(tx.rights, kind, recordOf(kind, written))
}

/**
 * Takes a record away; the audit trail keeps it, and it can be undone. What is part of it goes along: a deal's facts, a rival's contacts, the
 * statuses of a proof. Throws `InUse` when something else still points to it, `ChangedSince`, `NotFound`.
 */
export async function remove(
  tx: Tx,
  kind: RecordKind,
  id: string,
  expected?: number,
  locked?: DealContext,
): Promise<void> {
  checkWrites(tx.rights, kind)
  const spec = specFor(kind)
  if (spec.fact && !locked) await lockDeal(tx, await dealOfFact(tx, kind as KindName, id))
  const row = await lockRow(tx, kind, id)
  checkVersion(tx, kind, row, expected)
  await removeRow(tx, kind, row)
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new InvalidInput([...faults])
}

/** People who are named for the first time become people of the deal. */
async function join(tx: Tx, deal: DealContext, named: readonly { id: string; field: string }[]): Promise<void> {
  for (const personId of await newcomers(tx, named, deal))
    await create(tx, 'stakeholder', { dealId: deal.id, personId })
}

/** A deal that is closed without a day is closed today; one that is opened again has neither day nor reason. */
function closing(given: Record<string, unknown>, before: Row, deal: DealContext): void {
  const { status } = given
  if (status === undefined || status === before['status']) return
  if (status === 'open' || status === null) {
    if (given['closedOn'] === undefined) given['closedOn'] = null
    if (given['reason'] === undefined) given['reason'] = null
  } else if (given['closedOn'] === undefined && before['closed_on'] === null) given['closedOn'] = deal.today
}

/** Stakeholders and rivals are known in the deal's file by a key; who gives none gets one made from the name. */
async function giveKey(tx: Tx, spec: RecordSpec, row: Row): Promise<void> {
  if ((spec.kind !== 'stakeholder' && spec.kind !== 'rival') || row['key'] !== null) return
  const taken = new Set(
    (
      await tx.rows<{ key: string }>(
        `select key
        from ${spec.table}
        where workspace_id = $1 and deal_id = $2`,
        [tx.workspaceId, row['deal_id']],
      )
    ).map(({ key }) => key),
  )
  let name = row['name'] as string | undefined
  if (spec.kind === 'stakeholder') {
    const [person] = await tx.rows<{ name: string }>(
      `select name
      from person
      where workspace_id = $1 and id = $2`,
      [tx.workspaceId, row['person_id']],
    )
    if (!person) throw new InvalidInput([fault('personId', { en: 'There is no such person.', zh: '没有这个人。' })])
    name = person.name
  }
  row['key'] = keyFor(name!, taken, spec.kind === 'rival' ? 'r' : 'p')
}
