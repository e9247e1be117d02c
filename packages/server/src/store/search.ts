import { visibilityOf } from './visibility.ts'
import type { Viewer } from './visibility.ts'
import { SEARCHED, rowJson } from './statements.ts'
import { specFor } from './records.ts'
import type { RecordKind, Row } from './records.ts'
import type { Tx } from './tenant.ts'
import { insertEntries } from './entries.ts'
import { queryOf, termsOf } from './words.ts'
import type { Term } from './words.ts'

export interface Hit {
  kind: string
  id: string
  dealId?: string
  accountId?: string
  /** Name of the deal that a note, touch or piece of evidence is of; of the account that a person or deal is of. */
  of?: string
  on?: string
  title: string
  excerpt?: string
  /** Where the words are in the excerpt, or in the title where there is none: [from, to). */
  marks: [number, number][]
}

/**
 * Finds names, notes, touches and evidence that hold all words of the question, names first, then the newest. Of deals only those the viewer may
 * see; private notes only for who may see what is personal.
 */
export async function search(
  tx: Tx,
  viewer: Viewer,
  { q, kind, limit = 20 }: { q: string; kind?: string | undefined; limit?: number },
): Promise<Hit[]> {
  const terms = termsOf(q)
  const query = queryOf(terms)
  if (query === null) return []
  const visibility = await visibilityOf(tx, viewer)
  const rows = await tx.rows<{
    kind: string
    id: string
    deal_id: string | null
    account_id: string | null
    on: string | null
    title: string
    body: string | null
  }>(
    `select kind, id, deal_id, account_id, "on"::text as "on", title, body
     from search_hits($1::tsquery, $2, $3::uuid[], $4::uuid[], $5, $6::uuid[], $7)`,
    [
      query,
      kind ?? null,
      visibility.all ? null : visibility.owners,
      visibility.all ? [] : visibility.shared,
      viewer.sensitive,
      visibility.all ? [] : visibility.sharedPersonal,
      limit,
    ],
    'search_hits',
  )
  const names = await namesOf(
    tx,
    rows.flatMap((row) => partOf(row) ?? []),
  )
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    ...(row.deal_id === null ? {} : { dealId: row.deal_id }),
    ...(row.account_id === null ? {} : { accountId: row.account_id }),
    ...of(names.get(partOf(row) ?? '')),
    ...(row.on === null ? {} : { on: row.on }),
    ...shown(row.title, row.body, terms),
  }))
}

const of = (name: string | undefined): { of?: string } => (name === undefined ? {} : { of: name })
/** Id of what a hit is part of. */
const partOf = ({
  kind,
  deal_id: dealId,
  account_id: accountId,
}: {
  kind: string
  deal_id: string | null
  account_id: string | null
}): string | null => (kind === 'account' ? null : kind === 'person' || kind === 'deal' ? accountId : dealId)

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; name: string }>(
    `select id, name
     from deal
     where workspace_id = $1 and id = any($2::uuid[])
     union all
     select id, name
     from account
     where workspace_id = $1 and id = any($2::uuid[])`,
    [tx.workspaceId, [...new Set(ids)]],
    'names_of_hits',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const AROUND = 60
const LONGEST = 200

/** A piece of the text around the first word found, with the places of all words in it. */
function shown(title: string, body: string | null, terms: readonly Term[]): Pick<Hit, 'title' | 'excerpt' | 'marks'> {
  if (body === null) return { title, marks: marksIn(title, terms) }
  const all = marksIn(body, terms)
  const first = all[0]?.[0] ?? 0
  let from = Math.max(0, first - AROUND)
  let to = Math.min(body.length, from + LONGEST)
  // Never between the halves of a character outside the basic plane.
  if (/[\uDC00-\uDFFF]/.test(body[from] ?? '')) from--
  if (/[\uDC00-\uDFFF]/.test(body[to] ?? '')) to++
  const [before, after] = [from > 0 ? '…' : '', to < body.length ? '…' : '']
  const shift = before.length - from
  return {
    title,
    excerpt: before + body.slice(from, to) + after,
    marks: all
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]): [number, number] => [start + shift, end + shift]),
  }
}

function marksIn(text: string, terms: readonly Term[]): [number, number][] {
  const lower = text.toLowerCase()
  // A letter that grows when it is made small would move all places behind it.
  const hay = lower.length === text.length ? lower : text
  const found: [number, number][] = []
  for (const { text: term } of terms)
    for (let at = hay.indexOf(term); at >= 0 && found.length < 50; at = hay.indexOf(term, at + term.length))
      found.push([at, at + term.length])
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  return found.reduce<[number, number][]>((apart, mark) => {
    const last = apart.at(-1)
    if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1])
    else apart.push([...mark])
    return apart
  }, [])
}

/** Makes the entries that a bulk import left to be made; answers how many rows it looked at. To be called until it answers 0. */
export async function indexMissing(tx: Tx, most = 2000): Promise<number> {
  let looked = 0
  for (const kind of SEARCHED) {
    const rows = await missing(tx, kind, most - looked)
    await insertEntries(tx, kind, rows)
    looked += rows.length
    if (looked >= most) break
  }
  return looked
}

/** What a kind is found by; a row without all of them has nothing to find. */
const TEXTS: Partial<Record<RecordKind, string>> = {
  touch: `coalesce(t.what, t.note) is not null`,
  evidence: 't.quote is not null',
}

async function missing(tx: Tx, kind: RecordKind, most: number): Promise<Row[]> {
  if (most <= 0) return []
  const rows = await tx.rows<{ row: Row }>(
    `select ${rowJson(kind, 't')} as row
     from "${specFor(kind).table}" t
     where t.workspace_id = $1 and ${TEXTS[kind] ?? 'true'}
       and not exists (select from search_entry s where s.workspace_id = $1 and s.kind = '${kind}' and s.id = t.id)
       limit $2`,
    [tx.workspaceId, most],
  )
  return rows.map(({ row }) => row)
}
