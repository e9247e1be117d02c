import { KINDS } from '@sente/api'
import type { ChangeEvent } from './events.ts'
import { newId } from './ids.ts'

const DONE = { create: 'created', update: 'updated', delete: 'deleted' } as const
const RECORDS = new Set(['deal', 'account', 'person'])

/** What webhooks are told of a change: ids and its kind. Nothing that anybody wrote. */
interface Told {
  id: string
  type: string
  body: string
}

/** The messages of a request's changes; summaries that were computed, members and imports are no changes of records. */
export function messagesOf(events: readonly ChangeEvent[], changeSet: string, at = new Date()): Told[] {
  return events.flatMap(({ workspaceId, dealId, kind, id, version, action }) => {
    if (action === 'summary' || !(RECORDS.has(kind) || kind in KINDS)) return []
    const type = `${RECORDS.has(kind) ? kind : 'fact'}.${DONE[action]}`
    const data = { workspaceId, ...(dealId === undefined ? {} : { dealId }), kind, id, version, changeSet }
    return [{ id: newId(), type, body: JSON.stringify({ type, timestamp: at.toISOString(), data }) }]
  })
}

/**
 * Writes them for every webhook that wants them, in the transaction of the changes: what is committed is told, and nothing else. A webhook that is being deleted
 * is waited for, and then is none: its end fails nobody's change.
 */
export const OUTBOX = `
  with wanted as (select workspace_id, id, events from webhook where workspace_id = $1 and active and events && $3::text[] for key share),
    numbered as (select w.*, row_number() over (order by w.id) as nth from wanted w)
  insert into webhook_delivery (workspace_id, id, webhook_id, event, body)
  select w.workspace_id, case when w.nth = 1 then m.id else gen_random_uuid() end, w.id, m.type, m.body
  from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality m(id, type, body, place)
  join numbered w on m.type = any(w.events)
  order by m.place`
