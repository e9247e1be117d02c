import { dealOf } from '@sente/client'
import { parseDeal } from '@sente/engine'
import type { Deal, Methodology } from '@sente/engine'
import { InvalidInput } from '../../store/refusal.ts'
import { loadDeal } from '../../store/read.ts'
import { sameValue } from '../../store/records.ts'
import type { Tx } from '../../store/tenant.ts'
import { createWhole } from '../../store/whole.ts'
import type { Batch, Importer, ParsedRow, Prepared } from './batch.ts'
import type { RowFault } from './problem.ts'
import type { KnownDeal } from './lookup.ts'

/**
 * Deal files, one for each row. A file whose `id` is in the books already is compared with what stands there: the same deal says so, another one is
 * refused, because a file cannot tell what of the deal was changed by whom since.
 */
export function dealFileImporter(method: Methodology): Importer {
  return {
    sequential: true,
    async prepare(batch: Batch): Promise<Prepared> {
      const { tx, directory } = batch
      const read = batch.rows.flatMap((row) => {
        const parsed = parseDeal(row.given, method)
        if ('deal' in parsed) return [{ row, deal: parsed.deal }]
        batch.faults.push(...parsed.faults.map(({ path, what, nearest }): RowFault => ({ row: row.row, field: path.join('.').slice(0, 200), what, ...(nearest === undefined ? {} : { nearest }) })))
        return []
      })
      const keys = read.flatMap(({ deal }) => deal.id ?? [])
      const known = new Map<string, KnownDeal>()
      if (keys.length > 0) for (const found of await tx.rows<KnownDeal & { key: string }>('select key, id, owner_id, account_id, name from deal where workspace_id = $1 and key = any($2::text[]) order by id desc', [tx.workspaceId, keys])) known.set(found.key, found)
      await directory.loadAccess(tx, known.values())
      const fresh: { row: ParsedRow; deal: Deal }[] = []
      const outcome = { created: 0, updated: 0, unchanged: 0 }
      const seen = new Set<string>()
      for (const { row, deal } of read) {
        const there = deal.id === undefined ? undefined : known.get(deal.id)
        if (deal.id !== undefined && seen.has(deal.id)) batch.faults.push({ row: row.row, field: 'id', value: deal.id, what: { en: 'Another deal of this list has the same id.', zh: '这个列表里另一个商机用了同样的 id。' } })
        else if (!there) fresh.push({ row, deal })
        else if (directory.mayWrite(there) && (await isSame(tx, there.id, deal))) outcome.unchanged++
        else batch.faults.push({ row: row.row, field: 'id', value: deal.id!, what: { en: 'A deal with this id is in the books already and says something else. Change it there, or give the file another id.', zh: '库里已有这个 id 的商机，内容不同。请在系统里修改，或为文件换一个 id。' } })
        if (deal.id !== undefined) seen.add(deal.id)
      }
      outcome.created = fresh.length
      return {
        outcome,
        ordered: true,
        async write() {
          for (const { row, deal } of fresh) {
            try {
              await createWhole(tx, deal, { ownerId: directory.viewer.memberId })
            } catch (error) {
              if (error instanceof InvalidInput) throw new RowRefused(row.row, error)
              throw error
            }
          }
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
    this.fault = { row, field: (first?.field ?? '').replace(/^body\./, '').slice(0, 200), what: first?.what ?? says ?? { en: 'Refused.', zh: '被拒绝。' } }
  }
}

/** What the books say is what the file says; the account may have had more to say before. */
async function isSame(tx: Tx, id: string, deal: Deal): Promise<boolean> {
  const { account: ours, ...stored } = dealOf(await loadDeal(tx, id, { include: ['all'], limit: 1_000_000, access: { write: false, share: false, sensitive: true } }))
  const { account: theirs, ...given } = deal
  return sameValue(stored, given) && (theirs === undefined ? ours === undefined : Object.entries(theirs).every(([field, value]) => sameValue((ours as Record<string, unknown> | undefined)?.[field], value)))
}
