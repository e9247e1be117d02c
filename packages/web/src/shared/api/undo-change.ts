import { routes } from '@sente/api'
import { api, change } from './client.ts'

/**
 * Takes back all changes of one request. Where the change's answer did not say its change set, the history of the deal does:
 * the newest entry of that record.
 */
export async function undoChange({
  dealId,
  recordId,
  changeSet,
}: {
  dealId?: string | undefined
  recordId?: string | undefined
  changeSet?: string | undefined
}): Promise<void> {
  const found = changeSet ?? (dealId && recordId ? await changeSetOf(dealId, recordId) : undefined)
  if (found === undefined) throw new Error('nothing to undo was found')
  await change(routes.work.undo, { params: { changeSet: found } })
}

async function changeSetOf(dealId: string, recordId: string): Promise<string | undefined> {
  const { items } = await api.call(routes.deals.history, { params: { dealId }, query: { limit: 50 } })
  return items.find((entry) => entry.recordId === recordId && !entry.undone)?.changeSet
}
