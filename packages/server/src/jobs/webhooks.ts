import type { PgBoss } from 'pg-boss'
import type { Store } from '../store/tenant.ts'
import { deliverDue } from '../webhooks/deliver.ts'
import type { DeliverOptions } from '../webhooks/deliver.ts'
import { targetsOf } from '../webhooks/targets.ts'

const WEBHOOKS = 'webhooks'
/** Changes are gathered so long before anybody is told. */
const GATHER_MS = 100
/** Whoever waits longer than this for a next try is found by the sweep, every five minutes. */
const KEPT_S = 600

/** Workspaces told at once: most of the time is spent waiting for answers. */
const AT_ONCE = 4

interface Means extends Partial<Omit<DeliverOptions, 'signal'>> {
  looking: object
  log: (line: string, error?: unknown) => void
  signal: AbortSignal
}

/**
 * Tells webhooks what is due. The table of messages says what that is, so that a job is only the word that it is time: a lost or doubled word harms nothing.
 */
export async function workOnWebhooks(
  boss: PgBoss,
  store: Store,
  { looking, log, signal, targets = targetsOf(process.env['SENTE_WEBHOOK_HOSTS']), ...how }: Means,
): Promise<{ wake: (workspaceId: string) => void; sweep: () => Promise<void>; stop: () => void }> {
  const all = {
    heartbeatSeconds: 12,
    deleteAfterSeconds: 3600,
    notify: true,
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 3600,
  }
  await boss.createQueue(WEBHOOKS, { policy: 'stately', ...all })
  await boss.updateQueue(WEBHOOKS, all)
  const waiting = new Map<string, { timer: NodeJS.Timeout; at: number }>()
  const wake = (workspaceId: string, afterMs = GATHER_MS): void => {
    const at = Date.now() + afterMs
    const before = waiting.get(workspaceId)
    if ((before && before.at <= at) || signal.aborted) return
    clearTimeout(before?.timer)
    const send = (): void => {
      waiting.delete(workspaceId)
      boss
        .send(WEBHOOKS, { workspaceId }, { singletonKey: workspaceId })
        .catch((error: unknown) => log('webhooks wait for the next sweep', error))
    }
    waiting.set(workspaceId, { timer: setTimeout(send, afterMs), at })
  }
  await boss.work<{ workspaceId: string }>(WEBHOOKS, { ...looking, localConcurrency: AT_ONCE }, async ([job]) => {
    const { workspaceId } = job!.data
    const seconds = await deliverDue(store, workspaceId, { targets, signal, ...how })
    if (seconds !== undefined && seconds < KEPT_S) wake(workspaceId, seconds * 1000 + GATHER_MS + 1)
  })
  return {
    wake,
    async sweep() {
      const { rows } = await store.database.app.query<{ id: string }>('select workspace_id as id from webhooks_due()')
      for (const { id } of rows) await boss.send(WEBHOOKS, { workspaceId: id }, { singletonKey: id })
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer)
    },
  }
}
