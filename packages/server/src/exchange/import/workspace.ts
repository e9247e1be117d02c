import { Id, KIND_NAMES, KINDS } from '@sente/api'
import type { KindName } from '@sente/api'
import { methodFaults } from '../../store/check-method.ts'
import { rowFaults } from '../../store/check-row.ts'
import { deletedDeals, WAS_DELETED } from '../../store/gateway.ts'
import { outdate } from '../../store/outdate.ts'
import { specFor } from '../../store/records.ts'
import type { PatchOf, RecordKind, Row } from '../../store/records.ts'
import { rowJson } from '../../store/statements.ts'
import type { Tx } from '../../store/tenant.ts'
import { insertRows, rowFor } from '../../store/whole.ts'
import { recount } from '../../store/totals.ts'
import { update } from '../../store/write.ts'
import type { Batch, Importer, Outcome, Prepared } from './batch.ts'
import { NOT_TO_GIVE } from './directory.ts'
import { LaterReferences } from './later.ts'
import { patchFor } from './match.ts'
import type { Lookup } from './lookup.ts'
import { fieldShapes } from './shapes.ts'
import { shown } from '../files/values.ts'
import type { RowFault } from '../files/problem.ts'
import { linesOf, people, rowFaultsOf, settings, shares } from './workspace-members.ts'
import type { Line } from './workspace-members.ts'

/** Kinds of lines, in the order in which a batch writes them: what others point to comes first. */
const RECORDS: readonly RecordKind[] = ['account', 'person', 'deal', ...KIND_NAMES]
const SELF: Partial<Record<RecordKind, { field: 'parentId' | 'reportsTo'; column: 'parent_id' | 'reports_to' }>> = {
  account: { field: 'parentId', column: 'parent_id' },
  person: { field: 'reportsTo', column: 'reports_to' },
}
/**
 * The lines of an export of ours. Records keep their ids: what has the same id is the same record. Members and teams come along when an
 * administrator imports; anybody else needs owners who are here already.
 */
export function workspaceImporter(): Importer {
  const later = {
    account: new LaterReferences('account', 'parent_id', 'parentId'),
    person: new LaterReferences('person', 'reports_to', 'reportsTo'),
  }
  return {
    sequential: true,
    async finish(tx, _directory, dryRun) {
      if (!dryRun) await recount(tx)
      return [
        ...(await later.account.finish(tx, dryRun, byId('account'), (name) => name)),
        ...(await later.person.finish(tx, dryRun, byId('person'), (name) => name)),
      ]
    },
    async prepare(batch: Batch): Promise<Prepared> {
      const lines = batch.rows.map((row): Line => ({ row, kind: String(row.given['record']), record: row.given }))
      const outcome: Outcome = { created: 0, updated: 0, unchanged: 0 }
      const writes: (() => Promise<void>)[] = []
      await settings(batch, linesOf(lines, ['workspace']), outcome, writes)
      await people(batch, lines, outcome, writes)
      for (const kind of RECORDS) await records(batch, kind, linesOf(lines, [kind]), outcome, writes, later)
      await shares(batch, linesOf(lines, ['share']), outcome, writes)
      for (const { row, kind } of lines)
        if (!KNOWN.has(kind))
          batch.faults.push({
            row: row.row,
            field: 'record',
            value: shown(kind),
            what: { en: 'There is no such kind of record.', zh: '没有这种记录。' },
          })
      return {
        outcome,
        ordered: true,
        async write() {
          for (const write of writes) await write()
        },
      }
    },
  }
}

const KNOWN = new Set<string>([...RECORDS, 'workspace', 'member', 'team', 'share'])

/** Records of one kind: those that are there are changed, the others come in by the bulk path, under their own ids. */
async function records(
  batch: Batch,
  kind: RecordKind,
  lines: readonly Line[],
  outcome: Outcome,
  writes: (() => Promise<void>)[],
  later: Record<'account' | 'person', LaterReferences>,
): Promise<void> {
  if (lines.length === 0) return
  const { tx, directory, faults, afterCommit } = batch
  const spec = specFor(kind)
  const shape = fieldShapes[kind]
  const ids = lines.flatMap(({ record }) =>
    typeof record['id'] === 'string' && /^[0-9a-f-]{36}$/.test(record['id']) ? [record['id']] : [],
  )
  const existing = await existingOf(tx, kind, ids)
  await loadAccess(batch, kind, lines, existing)
  // Who sees all may bring back from an export what was deleted.
  const gone = kind === 'deal' && !directory.seesAll ? await deletedDeals(tx, ids) : new Set<string>()
  const privateNotes = await privateAmong(tx, kind, lines, existing)
  const inserts: Row[] = []
  const here = new Set(ids)
  const self = SELF[kind]
  for (const { row, record } of lines) {
    const { record: _, ...given } = record
    const before = existing.get(given['id'] as string)
    if (!spec.fact) giveOwner(batch, kind, row, given, before)
    const parsed = shape.safeParse(given)
    if (!parsed.success) {
      faults.push(...rowFaultsOf(row, parsed.error, shape))
      continue
    }
    const refused = refusal(directory, kind, given, before, { gone, privateNotes })
    if (refused) {
      faults.push({ row: row.row, ...refused })
      continue
    }
    const target = self ? given[self.field] : undefined
    if (before) {
      const { id: __, dealId: ___, ...fields } = given
      const patch = patchFor(kind, before, fields)
      outcome[patch ? 'updated' : 'unchanged']++
      if (patch) writes.push(async () => void (await update(tx, kind, before.id, patch as PatchOf<typeof kind>)))
      continue
    }
    if (self && typeof target === 'string' && !here.has(target)) {
      delete given[self.field]
      const id = given['id'] as string
      afterCommit.push(() =>
        later[kind as 'account' | 'person'].add({ row: row.row, id, externalId: undefined, name: target }),
      )
    }
    const fresh = rowFor(tx, kind, given)
    const found = [...rowFaults(spec, fresh), ...methodFaults(kind, given, fresh, tx.store.methodology)]
    faults.push(
      ...found.map(({ field, what, nearest }): RowFault => ({
        row: row.row,
        field: field.replace(/^body\./, ''),
        what,
        ...(nearest === undefined ? {} : { nearest }),
      })),
    )
    outcome.created++
    inserts.push(fresh)
    if (kind === 'deal') directory.allowWriting(fresh.id)
  }
  writes.push(async () => {
    await insertRows(tx, kind, inserts, { marks: false, search: false })
    if (spec.fact) await outdate(tx, new Set(inserts.map((row) => row['deal_id'] as string)))
  })
}

async function existingOf(tx: Tx, kind: RecordKind, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await tx.rows<{ row: Row }>(
    `select ${rowJson(kind, 't')} as row
     from "${specFor(kind).table}" t
     where t.workspace_id = $1 and t.id = any($2::uuid[])`,
    [tx.workspaceId, ids],
  )
  return new Map(rows.map(({ row }) => [row.id, row]))
}

/** Which deals these lines are of, or are, and may be written by who imports. */
async function loadAccess(
  { tx, directory }: Batch,
  kind: RecordKind,
  lines: readonly Line[],
  existing: ReadonlyMap<string, Row>,
): Promise<void> {
  if (kind === 'deal') await directory.loadAccess(tx, existing.keys())
  if (!specFor(kind).fact) return
  const dealIds = new Set(lines.map(({ record }) => record['dealId'] as string))
  const there = await tx.rows<{ id: string }>(
    `select id
    from deal
    where workspace_id = $1 and id = any($2::uuid[])`,
    [tx.workspaceId, [...dealIds].filter((id) => /^[0-9a-f-]{36}$/.test(String(id)))],
  )
  await directory.loadAccess(
    tx,
    there.map(({ id }) => id),
  )
}

/** Whose an account, person or deal is: said by address only. (The owner of a fact is somebody of the customer, in words.) */
function giveOwner(
  { directory, faults }: Batch,
  kind: RecordKind,
  row: Line['row'],
  given: Record<string, unknown>,
  before: Row | undefined,
): void {
  const { owner } = given
  delete given['owner']
  if (kind === 'deal') delete given['ownerId']
  if (owner === undefined) {
    if (kind === 'deal' && !before) given['ownerId'] = directory.viewer.memberId
    return
  }
  const member = directory.member(String(owner))
  if (kind === 'deal') {
    given['ownerId'] = directory.owner({ ...row, given: { owner } }, faults, { past: true })
    if (before && given['ownerId'] !== before['owner_id'] && !directory.mayPassOn(before['owner_id'] as string))
      faults.push({ row: row.row, field: 'owner', value: shown(owner), what: NOT_TO_GIVE })
  } else if (member) given['ownerId'] = member.id
}

/** Why this record may not be written by who imports. */
function refusal(
  directory: Batch['directory'],
  kind: RecordKind,
  given: Readonly<Record<string, unknown>>,
  before: Row | undefined,
  { gone, privateNotes }: { gone: ReadonlySet<string>; privateNotes: ReadonlySet<unknown> },
): Omit<RowFault, 'row'> | undefined {
  const { fact } = specFor(kind)
  const dealId = (fact ? given['dealId'] : given['id']) as string
  if ((fact || (kind === 'deal' && before)) && !directory.mayWrite(dealId))
    return {
      field: fact ? 'dealId' : 'id',
      value: dealId,
      what: { en: 'There is no such deal, or it is not yours to change.', zh: '没有这个商机，或你无权修改。' },
    }
  if (!before && gone.has(dealId)) return { field: 'id', value: dealId, what: WAS_DELETED }
  if (!fact) return undefined
  if (before && before['deal_id'] !== dealId)
    return {
      field: 'id',
      value: before.id,
      what: { en: 'This record is of another deal.', zh: '这条记录属于另一个商机。' },
    }
  if (!directory.maySeePersonal(dealId) && isPersonal(kind as KindName, given, before, privateNotes))
    return {
      field: '',
      what: {
        en: 'This is personal, and you may not see what is personal in this deal.',
        zh: '属于个人信息，你无权查看这个商机中的个人信息。',
      },
    }
  return undefined
}

/** Notes that are private, of those that pieces of evidence come from, or will be. */
async function privateAmong(
  tx: Tx,
  kind: RecordKind,
  lines: readonly Line[],
  existing: ReadonlyMap<string, Row>,
): Promise<ReadonlySet<unknown>> {
  if (kind !== 'evidence') return new Set()
  const named = [
    ...lines.map(({ record }) => record['noteId']),
    ...[...existing.values()].map((row) => row['note_id']),
  ].filter((id) => Id.safeParse(id).success)
  return new Set(
    (
      await tx.rows<{ id: string }>(
        'select id from note where workspace_id = $1 and id = any($2::uuid[]) and private',
        [tx.workspaceId, named],
      )
    ).map(({ id }) => id),
  )
}

/** Is it for those only who may see what is personal: as it is, or as it would become? */
function isPersonal(
  kind: KindName,
  given: Readonly<Record<string, unknown>>,
  before: Row | undefined,
  privateNotes: ReadonlySet<unknown>,
): boolean {
  const { sensitive } = KINDS[kind] as { sensitive?: true | readonly string[] }
  if (sensitive !== undefined) return sensitive === true || sensitive.some((field) => field in given)
  if (kind === 'note') return given['private'] === true || before?.['private'] === true
  return privateNotes.has(given['noteId']) || privateNotes.has(before?.['note_id'])
}

/** Finds records by their own ids. */
function byId(table: 'account' | 'person'): Lookup<{ id: string }> {
  const found = new Set<string>()
  return {
    load: async (tx: Tx, _: Iterable<string>, ids: Iterable<string>) => {
      for (const { id } of await tx.rows<{ id: string }>(
        `select id from "${table}" where workspace_id = $1 and id = any($2::uuid[])`,
        [tx.workspaceId, [...ids]],
      ))
        found.add(id)
    },
    byExternalId: () => undefined,
    byName: (id: string) => (found.has(id) ? { id } : undefined),
  } as unknown as Lookup<{ id: string }>
}
