import { Id } from '@sente/api'
import { parseDeal } from '@sente/engine'
import type { Deal, Methodology } from '@sente/engine'
import { dealWithoutSensitive } from '../../access/without-sensitive.ts'
import { InvalidInput } from '../../store/refusal.ts'
import type { Tx } from '../../store/tenant.ts'
import { createWhole } from '../../store/whole.ts'
import { create, update } from '../../store/write.ts'
import type { Batch, Importer, Prepared } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import { changesOf } from './deal-changes.ts'
import type { DealChanges } from './deal-changes.ts'
import { saysOf } from './deal-words.ts'
import { newId } from '../../store/ids.ts'
import type { KnownDeal } from './lookup.ts'
import type { RowFault } from '../files/problem.ts'

/**
 * Deal files, one for each row. A file whose `id` is in the database already brings that deal up to date: what the file says is written by the gateway,
 * with its marks in the audit trail and as one change that can be undone; what the file does not say stays.
 */
export function dealFileImporter(method: Methodology): Importer {
  return {
    sequential: true,
    tried: true,
    async prepare(batch: Batch): Promise<Prepared> {
      const { tx, directory } = batch
      const read = batch.rows.flatMap((row) => {
        const parsed = parseDeal(row.given, method)
        if ('deal' in parsed) return [{ row, deal: parsed.deal }]
        batch.faults.push(
          ...parsed.faults.map(({ path, what, nearest }): RowFault => ({
            row: row.row,
            field: path.join('.').slice(0, 200),
            what,
            ...(nearest === undefined ? {} : { nearest }),
          })),
        )
        return []
      })
      const keys = read.flatMap(({ deal }) => deal.id ?? [])
      const known = new Map<string, KnownDeal>()
      // By its own id; a deal that has none bears that of the database in its file.
      const find = `select coalesce(key, id::text) as key, id, owner_id, account_id, name
         from deal
         where workspace_id = $1 and (key = any($2::text[]) or (key is null and id = any($3::uuid[])))
         order by id desc`
      if (keys.length > 0)
        for (const found of await tx.rows<KnownDeal & { key: string }>(find, [
          tx.workspaceId,
          keys,
          keys.filter((key) => Id.safeParse(key).success),
        ]))
          known.set(found.key, found)
      await directory.loadAccess(
        tx,
        [...known.values()].map(({ id }) => id),
      )
      const fresh: { row: ParsedRow; deal: Deal }[] = []
      const changed: { row: ParsedRow; id: string; changes: DealChanges; changeSet: string }[] = []
      const outcome = { created: 0, updated: 0, unchanged: 0 }
      const seen = new Set<string>()
      for (const { row, deal } of read) {
        const there = deal.id === undefined ? undefined : known.get(deal.id)
        if (deal.id !== undefined && seen.has(deal.id))
          batch.faults.push({
            row: row.row,
            field: 'id',
            value: deal.id,
            what: { en: 'Another deal of this list has the same id.', zh: '这个列表里另一个商机用了同样的 id。' },
          })
        else if (!there) fresh.push({ row, deal: directory.viewer.sensitive ? deal : dealWithoutSensitive(deal) })
        else if (!directory.mayWrite(there.id))
          batch.faults.push({
            row: row.row,
            field: 'id',
            value: deal.id!,
            what: {
              en: 'A deal with this id is in the database already, and it is not yours to change.',
              zh: '库里已有这个 id 的商机，你无权修改。',
            },
          })
        else {
          const changes = await changesOf(tx, there.id, deal, row.given, directory.maySeePersonal(there.id))
          const changeSet = newId()
          outcome[changes.writes.length > 0 ? 'updated' : 'unchanged']++
          const what = saysOf(changes, { dryRun: batch.dryRun, changeSet })
          if (what) batch.notes.push({ row: row.row, field: '', what, note: true })
          changed.push({ row, id: there.id, changes, changeSet })
        }
        if (deal.id !== undefined) seen.add(deal.id)
      }
      outcome.created = fresh.length
      return {
        outcome,
        ordered: true,
        async write() {
          for (const { row, deal } of fresh)
            await refusing(row, () => createWhole(tx, deal, { ownerId: directory.viewer.memberId }))
          for (const { row, changes, changeSet } of changed)
            await refusing(row, () => write(changing(tx, changeSet), changes))
        },
      }
    },
  }
}

/** The store refuses a row while it is written; nothing of its batch is kept. */
export class RowRefused extends Error {
  readonly fault: RowFault
  constructor(row: number, { faults, says }: InvalidInput) {
    super('row refused')
    const first = faults[0]
    this.fault = {
      row,
      field: (first?.field ?? '').replace(/^body\./, '').slice(0, 200),
      what: first?.what ?? says ?? { en: 'Refused.', zh: '被拒绝。' },
    }
  }
}

async function refusing(row: ParsedRow, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof InvalidInput) throw new RowRefused(row.row, error)
    throw error
  }
}

/** The same transaction under a change of its own: each deal can be undone without the others. */
const changing = (tx: Tx, changeSet: string): Tx => Object.create(tx, { changeSet: { value: changeSet } }) as Tx

async function write(tx: Tx, { writes }: DealChanges): Promise<void> {
  for (const { kind, action, id, fields } of writes) {
    if (action === 'create') await create(tx, kind, fields as never)
    else await update(tx, kind, id, fields as never)
  }
}
