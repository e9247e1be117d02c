import type { PlainDate } from '@sente/engine'
import type { Tx } from './tenant.ts'

/** The day it is in the workspace. */
export async function todayOf(tx: Tx): Promise<PlainDate> {
  if (tx.today) return tx.today
  const [row] = await tx.rows<{ today: PlainDate }>(
    'select (now() at time zone time_zone)::date::text as today from workspace where id = $1',
    [tx.workspaceId],
    'today',
  )
  return row!.today
}
