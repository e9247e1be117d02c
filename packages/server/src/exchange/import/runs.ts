import { ROLE_VISIBILITY } from '@sente/api'
import type { ImportRun } from '@sente/api'
import { NotFound } from '../../store/refusal.ts'
import type { Viewer } from '../../store/visibility.ts'
import type { Tx } from '../../store/tenant.ts'
import type { ImportKind } from '../files/fields.ts'
import type { RowFault } from '../files/problem.ts'

/** The books of imports: what was started, how far it is, what it found. */
interface RunRow {
  id: string
  kind: ImportKind
  source: string | null
  dry_run: boolean
  status: ImportRun['status']
  position: number
  total: number | null
  created: number
  updated: number
  unchanged: number
  failed: number
  error: unknown
  report: NonNullable<ImportRun['report']> | null
  created_at: Date
  finished_at: Date | null
}
const COLUMNS =
  'id, kind, source, dry_run, status, position, total, created, updated, unchanged, failed, error, report, created_at, finished_at'

const shape = (row: RunRow): ImportRun => ({
  id: row.id,
  kind: row.kind,
  ...(row.source === null ? {} : { source: row.source }),
  dryRun: row.dry_run,
  status: row.status,
  position: row.position,
  ...(row.total === null ? {} : { total: row.total }),
  created: row.created,
  updated: row.updated,
  unchanged: row.unchanged,
  failed: row.failed,
  ...(row.error === null ? {} : { error: row.error }),
  ...(row.report === null ? {} : { report: row.report }),
  createdAt: row.created_at.toISOString(),
  ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
})

export async function createRun(
  tx: Tx,
  run: { id: string; kind: ImportKind; source: string | undefined; dryRun: boolean; mapping: unknown },
): Promise<void> {
  await tx.rows(
    `insert into import_run (workspace_id, id, member_id, kind, source, dry_run, mapping)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.workspaceId,
      run.id,
      tx.actorId,
      run.kind,
      run.source ?? null,
      run.dryRun,
      run.mapping === undefined ? null : JSON.stringify(run.mapping),
    ],
  )
}

/** Whose runs are meant: one member's, or everybody's. What an import found wrong quotes what was imported. */
export type Whose = string | undefined
export const runsSeenBy = ({ memberId, role }: Pick<Viewer, 'memberId' | 'role'>): Whose =>
  ROLE_VISIBILITY[role] === 'all' ? undefined : memberId

export async function readRun(tx: Tx, id: string, whose: Whose): Promise<ImportRun> {
  const [row] = await tx.rows<RunRow>(
    `select ${COLUMNS}
     from import_run
     where workspace_id = $1 and id = $2 and ($3::uuid is null or member_id = $3)`,
    [tx.workspaceId, id, whose ?? null],
  )
  if (!row) throw new NotFound()
  return shape(row)
}

/** Newest first; `before` is the last one of the page before. */
export async function listRuns(tx: Tx, limit: number, whose: Whose, before?: string): Promise<ImportRun[]> {
  const rows = await tx.rows<RunRow>(
    `select ${COLUMNS}
     from import_run
     where workspace_id = $1
       and ($4::uuid is null or member_id = $4)
       and ($3::uuid is null or (created_at, id) < (select created_at, id from import_run where workspace_id = $1 and id = $3))
     order by created_at desc, id desc
     limit $2`,
    [tx.workspaceId, limit, before ?? null, whose ?? null],
  )
  return rows.map(shape)
}

export interface Counted {
  rows: number
  created: number
  updated: number
  unchanged: number
  failed: number
}

/** Counts a batch. False: the run was cancelled meanwhile, and nothing of the batch may be kept. */
export async function advance(
  tx: Tx,
  id: string,
  { rows, created, updated, unchanged, failed }: Counted,
): Promise<boolean> {
  const [row] = await tx.rows<{ position: number }>(
    `update import_run
     set position = position + $3, created = created + $4, updated = updated + $5, unchanged = unchanged + $6, failed = failed + $7
     where workspace_id = $1 and id = $2 and status = 'running' returning position`,
    [tx.workspaceId, id, rows, created, updated, unchanged, failed],
    'import_advance',
  )
  if (!row) return false
  // Not `update`: that is the word to begin with the work that comes after an import.
  tx.events.push({
    workspaceId: tx.workspaceId,
    kind: 'import',
    id,
    version: row.position,
    action: 'summary',
    ...(tx.actorId === undefined ? {} : { actorId: tx.actorId }),
  })
  return true
}

/** A report longer than this is read by nobody; the counts go on. */
export const MOST_FAULTS = 10_000

export async function keepFaults(tx: Tx, runId: string, faults: readonly RowFault[]): Promise<void> {
  if (faults.length === 0) return
  await tx.rows(
    `insert into import_fault (workspace_id, run_id, row, field, fault)
     select $1::uuid, $2::uuid, f.row, f.field, f.fault
     from json_to_recordset($3::json) f (row int, field text, fault jsonb)
     where (select count(*) from import_fault where workspace_id = $1 and run_id = $2) < ${MOST_FAULTS}
     on conflict do nothing`,
    [
      tx.workspaceId,
      runId,
      JSON.stringify(
        faults.map(({ row, field, ...fault }) => ({ row, field, fault })),
        storable,
      ),
    ],
  )
}

/** What is wrong with a text may be that PostgreSQL does not take it: the report must not fail by what it reports. */
const storable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value

export async function listFaults(
  tx: Tx,
  runId: string,
  limit: number,
  after: { row: number; field: string } | undefined,
): Promise<RowFault[]> {
  const rows = await tx.rows<{ row: number; field: string; fault: Omit<RowFault, 'row' | 'field'> }>(
    `select row, field, fault
     from import_fault
     where workspace_id = $1 and run_id = $2 and ($4::int is null or (row, field) > ($4::int, $5::text))
     order by row, field
     limit $3`,
    [tx.workspaceId, runId, limit, after?.row ?? null, after?.field ?? null],
  )
  return rows.map(({ row, field, fault }) => ({ row, field, ...fault }))
}

export async function finishRun(
  tx: Tx,
  id: string,
  status: 'done' | 'failed' | 'interrupted' | 'waiting',
  error?: unknown,
): Promise<void> {
  ended(
    tx,
    await tx.rows<Ended>(
      `update import_run
       set status = $3, error = $4, finished_at = clock_timestamp(), total = case when $3 = 'done' then position else total end
       where workspace_id = $1 and id = $2 and status = 'running'
       returning id, position`,
      [tx.workspaceId, id, status, error === undefined ? null : JSON.stringify(error)],
    ),
  )
}

interface Ended {
  id: string
  position: number
}

/** The word to begin with what comes after an import. It may be lost: that it is owed stands in `settled_at`. */
function ended(tx: Tx, runs: readonly Ended[]): void {
  for (const { id, position } of runs)
    tx.events.push({ workspaceId: tx.workspaceId, kind: 'import', id, version: position, action: 'update' })
}

/** Stops a run after the batch under way; one that has ended stays as it is. */
export async function cancelRun(tx: Tx, id: string, whose: Whose): Promise<ImportRun> {
  await readRun(tx, id, whose)
  ended(
    tx,
    await tx.rows<Ended>(
      `update import_run
       set status = 'cancelled', finished_at = clock_timestamp()
       where workspace_id = $1 and id = $2 and status = 'running'
       returning id, position`,
      [tx.workspaceId, id],
    ),
  )
  return readRun(tx, id, whose)
}

/** The lock that whoever works on a run holds for as long as it lives. */
export const claimOf = (workspaceId: string, id: string): string => `import ${workspaceId} ${id}`
const CLAIM = `hashtextextended('import ' || r.workspace_id || ' ' || r.id, 0)`

export const INTERRUPTED = { en: 'The import was interrupted; it can be gone on with.', zh: '导入中断，可以继续。' }

/**
 * Runs that say they are under way while nobody holds their claim were left by a process that is gone. Only the claim is looked at, never taken:
 * whoever goes on with the run at this moment is not kept from it. Answers how many there were.
 */
export async function noticeInterrupted(tx: Tx): Promise<number> {
  const left = await tx.rows<Ended>(
    `update import_run r set status = 'interrupted', error = $2, finished_at = clock_timestamp()
     where r.workspace_id = $1 and r.status = 'running' and not exists (
       select
       from pg_locks l
       where l.locktype = 'advisory'
         and l.objsubid = 1
         and l.database = (select oid from pg_database where datname = current_database())
         and l.classid::bigint = (${CLAIM} >> 32) & 4294967295 and l.objid::bigint = ${CLAIM} & 4294967295)
     returning r.id, r.position`,
    [tx.workspaceId, JSON.stringify(INTERRUPTED)],
    'notice_interrupted',
  )
  ended(tx, left)
  return left.length
}

/** Whether search entries and totals are still owed to runs that have ended. */
export async function owesImports(tx: Tx): Promise<boolean> {
  return (
    (
      await tx.rows(
        `select
         from import_run
         where workspace_id = $1 and settled_at is null and not dry_run and status <> 'running'
         limit 1`,
        [tx.workspaceId],
      )
    ).length > 0
  )
}

/** They are made for all that had ended by then; what ends later is owed anew. */
export async function settleImports(tx: Tx, began: string): Promise<void> {
  await tx.rows(
    `update import_run
     set settled_at = clock_timestamp()
     where workspace_id = $1 and settled_at is null and status <> 'running' and finished_at <= $2::timestamptz`,
    [tx.workspaceId, began],
  )
}

/** Takes an interrupted run up again, with a list of its own kind: where it stopped. */
export async function reopenRun(
  tx: Tx,
  id: string,
  kind: ImportKind,
  whose: Whose,
): Promise<{ dryRun: boolean; position: number; mapping: unknown; answers: unknown }> {
  const [row] = await tx.rows<{ dry_run: boolean; position: number; mapping: unknown; answers: unknown }>(
    `update import_run
     set status = 'running', finished_at = null, settled_at = null, error = null
     where workspace_id = $1
       and id = $2
       and status <> 'done'
       and kind = $3
       and ($4::uuid is null or member_id = $4)
     returning dry_run, position, mapping, answers`,
    [tx.workspaceId, id, kind, whose ?? null],
  )
  if (!row)
    throw new NotFound({
      en: 'There is no import with this id that could be gone on with.',
      zh: '没有可以继续的这个导入。',
    })
  return { dryRun: row.dry_run, position: row.position, mapping: row.mapping, answers: row.answers }
}

/** What was found in the source and what was said about it. */
export async function keepReport(
  tx: Tx,
  id: string,
  { report, answers, fingerprint }: { report: unknown; answers: unknown; fingerprint: string },
): Promise<void> {
  await tx.rows(
    `update import_run
     set report = $3, answers = $4, fingerprint = $5
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id, JSON.stringify(report, storable), JSON.stringify(answers), fingerprint],
  )
}

/** What was said about this source the last time that it was written from. */
export async function rememberedAnswers(tx: Tx, fingerprint: string): Promise<unknown> {
  const [row] = await tx.rows<{ answers: unknown }>(
    `select answers
     from import_run
     where workspace_id = $1 and fingerprint = $2 and status = 'done' and not dry_run
     order by created_at desc
     limit 1`,
    [tx.workspaceId, fingerprint],
  )
  return row?.answers ?? undefined
}
