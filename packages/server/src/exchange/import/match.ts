import { changedColumns, recordOf, specFor, withFields } from '../../store/records.ts'
import type { RecordKind, Row } from '../../store/records.ts'
import { rowJson } from '../../store/statements.ts'
import { canonicalId, formsOf, spellings } from '../intake/identity.ts'
import { faultOf } from '../files/row.ts'
import { textList } from './bulk.ts'
import type { Batch } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import type { RowFault } from '../files/problem.ts'

/** A record that a row stands for. */
export interface Existing {
  id: string
  row: Row
}

interface Matches {
  of: (row: ParsedRow) => Existing | undefined
  /** Names decided: the first row of a name takes the record, so rows before must be in the database. */
  byName: boolean
  faults: RowFault[]
}

/** Kinds of which an import makes some by name only, for other rows: a list of them later gives them their ids in the CRM. */
const ADOPTED: ReadonlySet<RecordKind> = new Set(['account', 'person'])

/**
 * What of the rows is in the database already: by the id in the CRM; a row without one, or with one that is new, by what people would call the
 * same (`keyOf`, looked up by `byKey`: $1 workspace, $2 keys; answers `key` and `id`). A record that has another id in the CRM is another one.
 */
export async function matchExisting(
  { tx, directory }: Batch,
  kind: RecordKind,
  rows: readonly ParsedRow[],
  keyOf: (row: ParsedRow) => string | undefined,
  byKey: string,
): Promise<Matches> {
  const { table } = specFor(kind)
  const externalIds = (await directory.isNew(tx, table))
    ? []
    : rows.flatMap(({ given }) => (typeof given['externalId'] === 'string' ? [given['externalId']] : []))
  const select = `select ${rowJson(kind, 't')} as row
    from "${table}" t
    where t.workspace_id = $1 and `
  const byExternalId = new Map<string, Existing>()
  if (externalIds.length > 0) {
    for (const { row } of await tx.rows<{ row: Row }>(
      `${select}t.external_id = any($2::text[])`,
      [tx.workspaceId, textList(externalIds.flatMap(formsOf))],
      `match_${kind}`,
    ))
      byExternalId.set(canonicalId(row['external_id'] as string), { id: row.id, row })
  }
  const keys = new Set(
    rows.flatMap((row) =>
      byExternalId.has(row.given['externalId'] as string) ||
      (!ADOPTED.has(kind) && row.given['externalId'] !== undefined)
        ? []
        : [keyOf(row) ?? []].flat(),
    ),
  )
  // A name may stand in the database with brackets of another width.
  const plain = new Map([...keys].flatMap((key) => spellings(key).map((spelling): [string, string] => [spelling, key])))
  const found =
    keys.size === 0 ? [] : await tx.rows<{ key: string; id: string }>(byKey, [tx.workspaceId, textList(plain.keys())])
  const named = new Map<string, string[]>()
  for (const { key: spelling, id } of found) {
    const key = plain.get(spelling) ?? spelling
    named.set(key, [...(named.get(key) ?? []), id])
  }
  const ids = [...named.values()].flat()
  const byId = new Map<string, Row>()
  if (ids.length > 0)
    for (const { row } of await tx.rows<{ row: Row }>(`${select}t.id = any($2::uuid[])`, [tx.workspaceId, ids]))
      byId.set(row.id, row)

  const faults: RowFault[] = []
  const answers = new Map<ParsedRow, Existing>()
  for (const row of rows) {
    const externalId = row.given['externalId'] as string | undefined
    const same = externalId === undefined ? undefined : byExternalId.get(externalId)
    if (same) {
      answers.set(row, same)
      continue
    }
    const key = keyOf(row)
    const candidates = (key === undefined ? [] : (named.get(key) ?? []))
      .map((id) => byId.get(id)!)
      .filter((candidate) => externalId === undefined || (candidate['external_id'] ?? null) === null)
    if (candidates.length === 1) answers.set(row, { id: candidates[0]!.id, row: candidates[0]! })
    else if (candidates.length > 1 && externalId === undefined)
      faults.push(
        faultOf(row, 'name', {
          en: `There are ${candidates.length} of this name: give each row its id in the CRM.`,
          zh: `有 ${candidates.length} 条同名记录，请为每行提供 CRM 编号。`,
        }),
      )
  }
  return { of: (row) => answers.get(row), byName: found.length > 0, faults }
}

/** What of the given fields differs from the record; undefined when nothing does. */
export function patchFor(
  kind: RecordKind,
  row: Row,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const spec = specFor(kind)
  if (changedColumns(spec, row, withFields(spec, row, given)).length === 0) return undefined
  const before = recordOf(kind, row) as unknown as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => JSON.stringify(before[field]) !== JSON.stringify(value)),
  )
}
