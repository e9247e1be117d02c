import { KIND_NAMES } from '@sente/api'
import type { KindName } from '@sente/api'
import { newId } from './ids.ts'
import { eventOf, lockDeal, writeRow } from './gateway.ts'
import { specFor, snake } from './records.ts'
import type { RecordKind, Row } from './records.ts'
import { InUse } from './refusal.ts'
import { rowJson } from './statements.ts'
import type { Tx } from './tenant.ts'
import { countDeal } from './totals.ts'

/** Removes a locked row with what is part of it. Throws `InUse`. Who takes back the making of a record means nothing that came to it `since`. */
export async function removeRow(
  tx: Tx,
  kind: RecordKind,
  row: Row,
  { since = true }: { since?: boolean } = {},
): Promise<void> {
  if (kind === 'deal') return removeDeal(tx, row)
  const used = (await usedBy(tx, kind, row)).filter((by) => !since || !OWN.includes(by as KindName))
  if (used.length > 0)
    throw new InUse({ en: `Still referred to by: ${used.join(', ')}.`, zh: `仍被引用：${used.join('、')}。` })
  // How somebody stands in a deal says nothing without their part in it.
  if (kind === 'stakeholder' && since)
    for (const part of OWN)
      await removeParts(tx, part, 'person_id', row['person_id'] as string, row['deal_id'] as string)
  if (kind === 'rival') await removeParts(tx, 'rivalContact', 'rival_id', row.id)
  if (kind === 'proof') await removeParts(tx, 'proofStatus', 'proof_id', row.id)
  if (kind === 'jointItem') await removeParts(tx, 'jointSuggestion', 'item_id', row.id)
  if (kind === 'note') await removeReadings(tx, row)
  await writeRow(tx, 'delete', kind, row)
}

async function removeParts(tx: Tx, kind: KindName, column: string, id: string, dealId?: string): Promise<void> {
  const within = dealId === undefined ? '' : ' and t.deal_id = $3'
  const parts = await tx.rows<{ row: Row }>(
    `select ${rowJson(kind, 't')} as row
     from ${specFor(kind).table} t
     where t.workspace_id = $1 and t.${column} = $2${within}
     order by t.id`,
    [tx.workspaceId, id, ...(dealId === undefined ? [] : [dealId])],
  )
  for (const { row } of parts) await writeRow(tx, 'delete', kind, row)
}

/**
 * What somebody judged outlives the note that it was read from; what is only a suggestion goes with it. Evidence of a private note goes in any
 * case: it would be there for everybody when nothing says any more where it comes from.
 */
async function removeReadings(tx: Tx, note: Row): Promise<void> {
  const read = await tx.rows<{ row: Row }>(
    `select ${rowJson('evidence', 't')} as row
     from evidence t
     where t.workspace_id = $1 and t.note_id = $2
     order by t.id`,
    [tx.workspaceId, note.id],
  )
  for (const { row } of read)
    if (note['private'] === true || row['status'] === 'suggested') await writeRow(tx, 'delete', 'evidence', row)
    else await writeRow(tx, 'update', 'evidence', { ...row, note_id: null, span: null, version: row.version + 1 }, row)
}

/** What still points to a record, by kind. */
async function usedBy(tx: Tx, kind: RecordKind, row: Row): Promise<string[]> {
  const asked = QUESTIONS[kind]
  if (!asked) return []
  const values = [tx.workspaceId, ...asked.values(row)]
  const found = await tx.rows<{ kind: string }>(
    Object.entries(asked.where)
      .map(([name, where]) => `select '${name}' as kind where exists (select from ${where})`)
      .join(' union all '),
    values,
  )
  return found.map((each) => each.kind)
}

/** What is said of a person's standing in one deal. */
const OWN: readonly KindName[] = ['stance', 'hold']

const namesPerson = Object.fromEntries(
  KIND_NAMES.filter((kind) => kind !== 'stakeholder').flatMap((kind) => {
    const { table, persons, subjects } = specFor(kind)
    const named = [
      ...persons.map(({ field, many }) => (many ? `$3 = any("${snake(field)}")` : `"${snake(field)}" = $3`)),
      ...subjects.map((field) => `"${snake(field)}" = $3::uuid::text`),
    ]
    return named.length === 0
      ? []
      : [[kind, `"${table}" where workspace_id = $1 and deal_id = $2 and (${named.join(' or ')})`]]
  }),
) as Record<string, string>

const QUESTIONS: Partial<Record<RecordKind, { where: Record<string, string>; values: (row: Row) => unknown[] }>> = {
  stakeholder: {
    where: {
      ...namesPerson,
      deal: `deal where workspace_id = $1 and id = $2 and exec_plan -> 'targets' ? $3::uuid::text`,
    },
    values: (row) => [row['deal_id'], row['person_id']],
  },
  rival: {
    where: {
      ucv: `ucv where workspace_id = $1 and deal_id = $2 and differs_from ? $3::text`,
      ...Object.fromEntries(
        KIND_NAMES.flatMap((kind) => {
          const { table, subjects } = specFor(kind)
          return subjects.map((field) => [
            kind,
            `"${table}" where workspace_id = $1 and deal_id = $2 and "${snake(field)}" = $3::text`,
          ])
        }),
      ),
    },
    values: (row) => [row['deal_id'], row['key']],
  },
  person: {
    where: {
      stakeholder: 'stakeholder where workspace_id = $1 and person_id = $2',
      person: 'person where workspace_id = $1 and reports_to = $2',
    },
    values: (row) => [row.id],
  },
  account: {
    where: {
      deal: 'deal where workspace_id = $1 and account_id = $2',
      person: 'person where workspace_id = $1 and account_id = $2',
      account: 'account where workspace_id = $1 and parent_id = $2',
    },
    values: (row) => [row.id],
  },
}

/** A deal goes with all its facts and shares, and each leaves its last state in the audit trail: children first, so that undoing brings parents first. */
async function removeDeal(tx: Tx, row: Row): Promise<void> {
  await lockDeal(tx, row.id)
  await countDeal(tx, row, null)
  for (const kind of KIND_NAMES.toReversed()) {
    const facts = await tx.rows<{ row: Row }>(
      `select ${rowJson(kind, 't')} as row
       from "${specFor(kind).table}" t
       where t.workspace_id = $1 and t.deal_id = $2
       order by t.id desc`,
      [tx.workspaceId, row.id],
      `facts_${kind}`,
    )
    await markRemoved(
      tx,
      kind,
      row.id,
      facts.map((fact) => fact.row),
    )
  }
  const shares = await tx.rows<{ row: Row }>(
    'select to_jsonb(s) as row from deal_share s where s.workspace_id = $1 and s.deal_id = $2',
    [tx.workspaceId, row.id],
  )
  await markRemoved(
    tx,
    'dealShare',
    row.id,
    shares.map((share) => share.row),
  )
  await tx.rows('delete from search_entry where workspace_id = $1 and deal_id = $2', [tx.workspaceId, row.id])
  // Its facts go with it by their foreign keys.
  await writeRow(tx, 'delete', 'deal', row)
}

async function markRemoved(
  tx: Tx,
  kind: RecordKind | 'dealShare',
  dealId: string,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.rows(
    `insert into change (workspace_id, id, change_set, actor_id, via, kind, record_id, deal_id, action, before)
     select $1, c.id, $2, $3, $4, $5, (c.before ->> 'id')::uuid, $6, 'delete', c.before
     from json_to_recordset($7::json) c (id uuid, before jsonb)`,
    [
      tx.workspaceId,
      tx.changeSet,
      tx.actorId ?? null,
      tx.via,
      kind,
      dealId,
      JSON.stringify(rows.map((before) => ({ id: newId(), before }))),
    ],
  )
  if (kind !== 'dealShare') for (const row of rows.slice(0, 50)) tx.events.push(eventOf(tx, 'delete', kind, row))
}
