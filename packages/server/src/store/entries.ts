import { allWords, asPrivate, ENTRY } from './entry-sql.ts'
import type { RecordKind, Row } from './records.ts'
import { rowJson } from './statements.ts'
import type { Tx } from './tenant.ts'
import { entryOf } from './words.ts'

/** Search entries of rows that have none yet, or an older one. */
export async function insertEntries(tx: Tx, kind: RecordKind, rows: readonly Row[]): Promise<void> {
  const entries = rows.flatMap((row) => {
    const entry = entryOf(kind, row)
    return entry
      ? [
          {
            ...entry,
            id: row.id,
            deal_id: kind === 'deal' ? row.id : (row['deal_id'] ?? null),
            account_id: kind === 'account' ? row.id : (row['account_id'] ?? null),
          },
        ]
      : []
  })
  if (entries.length === 0) return
  await tx.rows(
    `insert into search_entry (workspace_id, kind, id, deal_id, account_id, "on", sensitive, title, body, words)
     select $1, e.kind, e.id, e.deal_id, e.account_id, e."on", ${asPrivate('$1')}, e.title, e.body, ${allWords('$1')}
     from json_to_recordset($2::json) e (id uuid, deal_id uuid, account_id uuid, ${ENTRY})
     on conflict (workspace_id, kind, id)
     do update set title = excluded.title, body = excluded.body, words = excluded.words, sensitive = excluded.sensitive, "on" = excluded."on"`,
    [tx.workspaceId, JSON.stringify(entries)],
    'insert_entries',
  )
}

/** After an account is called otherwise, its deals are found by its new words. */
export async function reindexDeals(tx: Tx, accountId: string): Promise<void> {
  const deals = await tx.rows<{ row: Row }>(
    `select ${rowJson('deal', 'd')} as row
     from deal d
     where d.workspace_id = $1 and d.account_id = $2`,
    [tx.workspaceId, accountId],
  )
  await insertEntries(
    tx,
    'deal',
    deals.map(({ row }) => row),
  )
}
