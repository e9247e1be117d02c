import { PgBoss } from 'pg-boss'
import type { PlainDate } from '@sente/engine'
import { noticeInterrupted, owesImports, settleImports } from '../exchange/import/runs.ts'
import { settleReviews, thinReviews } from '../store/review-lines.ts'
import { indexMissing } from '../store/search.ts'
import { forgetOtherMethods, isMuchDue, settleWorkspace, workspacesDue } from '../store/summaries.ts'
import type { Store } from '../store/tenant.ts'
import { withWorkspace } from '../store/tenant.ts'
import { todayOf } from '../store/today.ts'
import { recount } from '../store/totals.ts'
import { forgetOldMessages } from '../webhooks/deliver.ts'
import type { DeliverOptions } from '../webhooks/deliver.ts'
import { workOnWebhooks } from './webhooks.ts'

export interface JobsOptions {
  log?: (line: string, error?: unknown) => void
  /** How long changes are gathered before their summaries are computed, in milliseconds. */
  gatherMs?: number
  /** How often jobs are looked for that nobody tells of (of a process that died, to be tried again), in seconds. */
  lookedAfterS?: number
  /** Where webhooks may go, and how they are tried; by default as the environment says. */
  webhooks?: Partial<Omit<DeliverOptions, 'signal'>>
}

export interface Jobs {
  /** Has the summaries of a workspace computed soon. Events of changes do it by themselves; a bulk import, which tells none, calls it. */
  wake(workspaceId: string): void
  /** Makes the search entries that a bulk import left to be made, and counts its totals. */
  afterImport(workspaceId: string): Promise<void>
  /** Ends after the batch under way. */
  stop(): Promise<void>
}

const SUMMARIES = 'summaries'
/** A share of much work of `summaries`: all processes that have time take one. */
const SHARE = 'summaries-share'
const SHARES = 7
/** Lines of the pipeline review, after the summaries: each needs a plan. */
const REVIEWS = 'reviews'
/** Seconds in which changes are gathered for them; somebody who works through a deal makes many. */
const REVIEWS_AFTER_S = 10
const SWEEP = 'sweep'
const AFTER_IMPORT = 'after-import'
const NIGHTLY = 'nightly'
/** Seconds without a sign of life after which a job is another's. */
const HEARTBEAT_S = 12
/** Room for a batch to end. */
const GRACE_MS = 5_000

interface OfWorkspace {
  workspaceId: string
}

/**
 * The work behind the requests. The table of deals itself says what there is to compute (`brief_version`, `brief_on`), so a job is only the word
 * that it is time: lost, late or doubled words harm nothing. The word goes out when a change is heard of, and every few minutes in any case, which
 * also rolls all deals forward once their workspace has a new day.
 */
export async function startJobs(store: Store, options: JobsOptions = {}): Promise<Jobs> {
  const stopping = new AbortController()
  const boss = bossOf(store, options)
  boss.on('error', (error) => {
    if (!stopping.signal.aborted) (options.log ?? console.error)('jobs', error)
  })
  try {
    return await startWith(boss, store, options, stopping)
  } catch (error) {
    // What has been started of it, its connections too, is left by nobody.
    stopping.abort()
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  }
}

function bossOf(store: Store, { lookedAfterS = 10 }: JobsOptions): PgBoss {
  const { options } = store.database.owner
  return new PgBoss({
    ...(options as object),
    ...(options.password === undefined ? {} : { password: options.password as string }),
    max: 4,
    application_name: 'sente jobs',
    schema: 'pgboss',
    useListenNotify: true,
    superviseIntervalSeconds: lookedAfterS,
    monitorIntervalSeconds: lookedAfterS,
  })
}

async function startWith(
  boss: PgBoss,
  store: Store,
  { log = console.error, gatherMs = 40, lookedAfterS = 10, webhooks = {} }: JobsOptions,
  stopping: AbortController,
): Promise<Jobs> {
  const looking = { notifyPollingIntervalSeconds: lookedAfterS, pollingIntervalSeconds: Math.min(2, lookedAfterS) }
  await boss.start()
  // One waiting and one running for each workspace: whoever asks while one waits has asked already. A job whose process was killed is given to
  // another after the time of a heartbeat; until then nobody would work for its workspace.
  const queue = async (name: string, how: object): Promise<void> => {
    const all = { heartbeatSeconds: HEARTBEAT_S, deleteAfterSeconds: 3600, ...how }
    await boss.createQueue(name, { policy: 'stately', ...all })
    // A queue that is there already keeps what it was made with.
    await boss.updateQueue(name, all)
  }
  await queue(SUMMARIES, { notify: true, retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 3600 })
  await queue(SHARE, { notify: true, retryLimit: 0, expireInSeconds: 3600 })
  await queue(REVIEWS, { retryLimit: 2, expireInSeconds: 6 * 3600 })
  await queue(AFTER_IMPORT, { notify: true, retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 3600 })
  await queue(SWEEP, { retryLimit: 0 })
  await queue(NIGHTLY, { retryLimit: 2 })

  const hooks = await workOnWebhooks(boss, store, { looking, log, signal: stopping.signal, ...webhooks })

  const send = async (to: string, workspaceId: string, share = ''): Promise<void> => {
    await boss.send(to, { workspaceId } satisfies OfWorkspace, { singletonKey: workspaceId + share })
  }
  const later = async (workspaceId: string): Promise<void> => {
    await boss.send(REVIEWS, { workspaceId } satisfies OfWorkspace, {
      singletonKey: workspaceId,
      startAfter: REVIEWS_AFTER_S,
    })
  }
  const waiting = new Map<string, NodeJS.Timeout>()
  const wake = (workspaceId: string): void => {
    if (waiting.has(workspaceId) || stopping.signal.aborted) return
    waiting.set(
      workspaceId,
      setTimeout(() => {
        waiting.delete(workspaceId)
        send(SUMMARIES, workspaceId).catch((error: unknown) => log('a change waits for the next sweep', error))
      }, gatherMs),
    )
  }
  const sweep = async (): Promise<void> => {
    for (const { id } of (
      await store.database.app.query<{ id: string }>(`select id
      from imports_open()`)
    ).rows) {
      const owed = await withWorkspace(store, { workspaceId: id, via: 'job' }, async (tx) => {
        await noticeInterrupted(tx)
        return owesImports(tx)
      })
      if (owed) await send(AFTER_IMPORT, id)
    }
    for (const { id } of await workspacesDue(store)) await send(SUMMARIES, id)
    await hooks.sweep()
  }

  await boss.work<OfWorkspace>(
    SUMMARIES,
    { ...looking, batchSize: 8, burstWhenBatchFull: true, localConcurrency: 1 },
    async (jobs) => {
      for (const workspaceId of new Set(jobs.map(({ data }) => data.workspaceId))) {
        const today = await todayIn(store, workspaceId)
        // A night or an import is work for all. Nobody waits for them: deals are taken one batch at a time, by whoever comes.
        if (await isMuchDue(store, workspaceId, today))
          for (let share = 1; share <= SHARES; share++) await send(SHARE, workspaceId, ` ${share}`)
        await settleWorkspace(store, workspaceId, today, stopping.signal)
        await later(workspaceId)
      }
    },
  )
  await boss.work<OfWorkspace>(SHARE, { ...looking, localConcurrency: 1 }, async ([job]) => {
    const { workspaceId } = job!.data
    await settleWorkspace(store, workspaceId, await todayIn(store, workspaceId), stopping.signal)
  })
  await boss.work<OfWorkspace>(REVIEWS, { ...looking, localConcurrency: 1 }, async ([job]) => {
    const { workspaceId } = job!.data
    const today = await todayIn(store, workspaceId)
    // Summaries come first, everybody reads them: also of what is imported while lines are being made.
    const busy = (): Promise<boolean> => isMuchDue(store, workspaceId, today)
    await settleReviews(store, workspaceId, today, stopping.signal, busy)
    if (await busy()) await later(workspaceId)
  })
  await boss.work<OfWorkspace>(AFTER_IMPORT, looking, async ([job]) => {
    const who = { workspaceId: job!.data.workspaceId, via: 'job' }
    const began = await withWorkspace(
      store,
      who,
      async (tx) => (await tx.rows<{ now: string }>('select clock_timestamp()::text as now'))[0]!.now,
    )
    await withWorkspace(store, who, recount)
    for (let n = -1; n !== 0;) {
      if (stopping.signal.aborted) return
      n = await withWorkspace(store, who, (tx) => indexMissing(tx))
    }
    await withWorkspace(store, who, (tx) => settleImports(tx, began))
  })
  await boss.work(SWEEP, sweep)
  await boss.work(NIGHTLY, async () => {
    for (const { id } of (
      await store.database.app.query<{ id: string }>(`select id
      from workspaces()`)
    ).rows) {
      await withWorkspace(store, { workspaceId: id, via: 'job' }, async (tx) => {
        await recount(tx)
        await forgetOldMessages(tx)
        await thinReviews(tx, await todayOf(tx))
        await tx.rows(
          `delete from brief_cache
          where workspace_id = $1 and created_at < now() - interval '2 days'`,
          [id],
        )
      })
    }
  })
  await boss.schedule(SWEEP, '*/5 * * * *')
  await boss.schedule(NIGHTLY, '17 2 * * *')

  const unsubscribe = await store.events.subscribe('*', (event) => {
    if ('missed' in event) void sweep().catch((error: unknown) => log('sweep', error))
    else if (event.action !== 'summary') {
      wake(event.workspaceId)
      hooks.wake(event.workspaceId)
    }
  })
  for (const { id } of (
    await store.database.app.query<{ id: string }>(`select id
    from workspaces()`)
  ).rows) {
    await forgetOtherMethods(store, id)
    // Lines that an earlier process did not come to, or that the version before did not know.
    await later(id)
  }
  await sweep()

  return {
    wake,
    afterImport: async (workspaceId) => {
      await send(AFTER_IMPORT, workspaceId)
      wake(workspaceId)
    },
    async stop() {
      unsubscribe()
      stopping.abort()
      hooks.stop()
      for (const timer of waiting.values()) clearTimeout(timer)
      await boss.stop({ graceful: true, timeout: GRACE_MS })
    },
  }
}

async function todayIn(store: Store, workspaceId: string): Promise<PlainDate> {
  return withWorkspace(
    store,
    { workspaceId, via: 'job' },
    async (tx) =>
      (
        await tx.rows<{ today: PlainDate }>(
          'select (now() at time zone time_zone)::date::text as today from workspace where id = $1',
          [workspaceId],
        )
      )[0]!.today,
    { readOnly: true },
  )
}
