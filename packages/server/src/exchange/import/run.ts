import { newId } from '../../store/ids.ts'
import type { ImportRun } from '@sente/api'
import { Conflict } from '../../store/refusal.ts'
import type { Viewer } from '../../store/visibility.ts'
import { fromOutside } from '../../store/pool.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Store, Tx, Who } from '../../store/tenant.ts'
import { accountImporter } from './accounts.ts'
import { activityImporter } from './activities.ts'
import { UNDER_WAY } from './batch.ts'
import type { Importer } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import { dealImporter } from './deals.ts'
import { Directory } from './directory.ts'
import type { ImportRights } from './directory.ts'
import type { ImportKind } from '../files/fields.ts'
import type { Format } from '../files/formats.ts'
import type { Mapping } from '../files/mapping.ts'
import type { Answers } from '../intake/doubts.ts'
import { openRows, UNANSWERED } from './rows.ts'
import type { OpenedRows } from './rows.ts'
import { peopleImporter } from './people.ts'
import { ImportProblem } from '../files/problem.ts'
import {
  claimOf,
  createRun,
  finishRun,
  INTERRUPTED,
  keepFaults,
  noticeInterrupted,
  readRun,
  reopenRun,
  runsSeenBy,
} from './runs.ts'
import { dealFileImporter } from './whole.ts'
import { workspaceImporter } from './workspace.ts'
import { writeSideBySide } from './side-by-side.ts'
import type { Within } from './write-batch.ts'

export interface ImportOptions {
  kind: ImportKind
  filename?: string | undefined
  format?: Format | undefined
  mapping?: Mapping | undefined
  dryRun?: boolean
  /** A run to go on with. */
  resume?: string | undefined
  /** What is said about the source; with what was said about the same one before. */
  answers?: Answers | undefined
  /** What a faulty row takes with it: its whole batch, or only itself. */
  faulty?: 'batch' | 'row'
  signal?: AbortSignal
  /** The rows may make members and teams and set up the workspace. */
  administers?: boolean
  /** What of these rights is left; nothing where the import may not go on. Asked with every batch. */
  rightsNow?: (tx: Tx) => Promise<ImportRights | undefined>
  /** Rows that are written together or not at all. */
  batch?: number
  /** Batches that are under way at a time. */
  sideBySide?: number
  /** Told after each batch. */
  onProgress?: (run: { id: string; position: number }) => void
}

/** Rows of a batch where nothing else is said: more would gain nothing and lose more with a fault. */
export const BATCH = 1000

/**
 * Imports a stream of rows. Reading goes on while the database works on the batch before; nothing but two batches is in memory. Answers the run
 * as it ended; what was wrong with rows is in its faults. Throws `Conflict` when the run to go on with is still under way.
 */
export async function runImport(
  store: Store,
  who: Who & { actorId: string },
  viewer: Viewer,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportRun> {
  const within: Within = (what, how) =>
    withWorkspace(store, { ...who, via: 'import' }, what, { ...how, pool: 'batches' })
  const giveBack = await store.database.slots.imports.take(who.workspaceId, options.signal)
  try {
    const id = options.resume ?? newId()
    return await claimed(store, who.workspaceId, id, (lost) => {
      const signal = options.signal ? AbortSignal.any([options.signal, lost]) : lost
      return run(store, within, viewer, fromOutside(bytes), id, { ...options, signal })
    })
  } finally {
    giveBack()
  }
}

async function run(
  store: Store,
  within: Within,
  viewer: Viewer,
  bytes: AsyncIterable<Uint8Array>,
  id: string,
  options: ImportOptions,
): Promise<ImportRun> {
  const whose = runsSeenBy(viewer)
  const { kind } = options
  const resumed = options.resume === undefined ? undefined : await within((tx) => reopenRun(tx, id, kind, whose))
  const dryRun = resumed?.dryRun ?? options.dryRun ?? false
  const mapping = options.mapping ?? (resumed?.mapping as Mapping | null | undefined) ?? undefined
  if (!resumed) await within((tx) => createRun(tx, { id, kind, source: options.filename, dryRun, mapping }))
  try {
    await work({
      within,
      id,
      kind,
      dryRun,
      viewer,
      bytes,
      options: {
        ...options,
        mapping,
        answers: { ...(resumed?.answers as Answers | null | undefined), ...options.answers },
      },
      skip: resumed?.position ?? 0,
      store,
    })
  } catch (error) {
    // Whoever has taken the run up since has its claim, and says how it ends.
    if (error instanceof ClaimLost)
      return within(async (tx) => {
        await noticeInterrupted(tx)
        return readRun(tx, id, whose)
      })
    await within((tx) =>
      error instanceof ImportProblem
        ? finishRun(tx, id, 'failed', error.says)
        : finishRun(tx, id, 'interrupted', INTERRUPTED),
    )
    if (!(error instanceof ImportProblem)) throw error
  }
  return within((tx) => readRun(tx, id, whose))
}

class ClaimLost extends Error {}

/** One process works on a run at a time: its claim ends with its connection, however the process ends. Without the claim the work must stop. */
function claimed<T>(store: Store, workspaceId: string, id: string, use: (lost: AbortSignal) => Promise<T>): Promise<T> {
  return store.database.long.hold(async (client) => {
    const claim = [claimOf(workspaceId, id)]
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      claim,
    )
    if (!rows[0]!.mine) throw new Conflict({ en: 'This import is still under way.', zh: '这个导入仍在进行。' })
    const lost = new AbortController()
    const onEnd = (): void => lost.abort(new ClaimLost('the claim of this import was lost with its connection'))
    client.once('end', onEnd)
    try {
      return await use(lost.signal)
    } finally {
      client.off('end', onEnd)
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', claim).catch(() => {})
    }
  })
}

interface Work {
  within: Within
  id: string
  kind: ImportKind
  dryRun: boolean
  viewer: Viewer
  bytes: AsyncIterable<Uint8Array>
  options: ImportOptions
  skip: number
  store: Store
}

async function work({ within, id, kind, dryRun, viewer, bytes, options, skip, store }: Work): Promise<void> {
  const ours = await within(async (tx) => {
    const [row] = await tx.rows<{ today: string; currency: string; timeZone: string }>(
      `select (now() at time zone time_zone)::date::text as today, currency, time_zone as "timeZone"
       from workspace
       where id = $1`,
      [tx.workspaceId],
    )
    return row!
  })
  const opened = await openRows({
    owner: viewer.memberId,
    within,
    id,
    kind,
    bytes,
    options,
    ours,
    method: store.methodology,
  })
  try {
    if (!dryRun && opened.waits) return await within((tx) => finishRun(tx, id, 'waiting', UNANSWERED))
    await writeRows({ within, id, kind, dryRun, viewer, bytes, options, skip, store }, opened, ours)
  } finally {
    await opened.drop()
  }
}

async function writeRows(
  { within, id, kind, dryRun, viewer, options, skip, store }: Work,
  { rows, answers }: OpenedRows,
  ours: { today: string; currency: string },
): Promise<void> {
  const directory = new Directory({ viewer, administers: options.administers ?? false }, options.rightsNow)
  if (answers) directory.keepNames(answers.owner)
  const importer = importerFor(kind, answers?.currency ?? options.answers?.currency ?? ours.currency, ours.today, store)
  const batchWork = { within, id, directory, importer, dryRun, faulty: options.faulty ?? 'batch' } as const
  let position = skip
  let batches = 0
  const settled = async (count: number): Promise<void> => {
    position += count
    if (!dryRun && ANALYSED.has(++batches)) await analyse(store, kind)
    options.onProgress?.({ id, position })
  }
  const inBatches = batched(rows, skip, options.batch ?? BATCH)
  if (
    !(await writeSideBySide(batchWork, inBatches, {
      atOnce: options.sideBySide ?? UNDER_WAY,
      settled,
      signal: options.signal,
    }))
  )
    return
  await within(async (tx) => {
    await directory.open(tx)
    await keepFaults(tx, id, (await importer.finish?.(tx, directory, dryRun)) ?? [])
    await finishRun(tx, id, 'done')
  })
}

/**
 * Batches after which the planner is told how large the tables have become. A plan made for an empty table goes through all rows of the workspace
 * for each reference it checks, since every index begins with the workspace: an import into a new database would slow down with its square.
 */
const ANALYSED = new Set([1, 5, 25, 100, 400])
const TABLES: Readonly<Record<ImportKind, readonly string[]>> = {
  accounts: ['account'],
  people: ['account', 'person'],
  deals: ['account', 'deal'],
  activities: ['deal', 'touch', 'note', 'stakeholder'],
  'deal-files': ['account', 'person', 'deal', 'stakeholder', 'evidence', 'touch'],
  workspace: ['account', 'person', 'deal', 'stakeholder', 'evidence', 'touch', 'proof'],
}

/**
 * A look at a tenth of what is usual tells how large tables are, which is what matters here, and costs the import a tenth of the time; the
 * database's own housekeeping looks properly later. Only the owner of the tables may.
 */
async function analyse(store: Store, kind: ImportKind): Promise<void> {
  await store.database.owner
    .query(`set local default_statistics_target = 10; analyze ${TABLES[kind].join(', ')}`)
    .catch(() => {})
}

function importerFor(kind: ImportKind, currency: string | undefined, today: string, store: Store): Importer {
  switch (kind) {
    case 'accounts':
      return accountImporter()
    case 'people':
      return peopleImporter()
    case 'deals':
      return dealImporter(currency, today)
    case 'activities':
      return activityImporter()
    case 'deal-files':
      return dealFileImporter(store.methodology)
    case 'workspace':
      return workspaceImporter()
  }
}

/** Batches of parsed rows; the next one is read while the one before is written. Rows that are done already are passed over. */
async function* batched(lots: AsyncIterable<ParsedRow[]>, skip: number, size: number): AsyncGenerator<ParsedRow[]> {
  const inner = (async function* () {
    let batch: ParsedRow[] = []
    let left = skip
    for await (const lot of lots) {
      for (const row of lot) {
        if (left > 0) {
          left--
          continue
        }
        batch.push(row)
        if (batch.length < size) continue
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  })()
  let next = inner.next()
  for (;;) {
    const { done, value } = await next
    if (done === true) return
    next = inner.next()
    // Its fault is thrown when its turn comes.
    next.catch(() => {})
    yield value
  }
}
