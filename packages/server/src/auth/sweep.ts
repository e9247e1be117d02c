import type { Database } from '../store/connect.ts'
import { STALE_CODES } from './granted-tokens.ts'

/** Takes away what has had its time: ended sessions, used links, stored answers, forgotten mistakes. For all workspaces, so as the owner. */
export async function sweep(db: Database): Promise<void> {
  await db.owner.query('delete from session where expires_at < now()')
  await db.owner.query(
    `delete from one_time_link
     where expires_at < now() - interval '7 days' or used_at < now() - interval '7 days'`,
  )
  await db.owner.query(`delete from api_token where expires_at < now() - interval '30 days' or (${STALE_CODES})`)
  await db.owner.query(`delete from idempotency where created_at < now() - interval '24 hours'`)
  await db.owner.query(`delete from sign_in_guard where failed_at < now() - interval '1 day'`)
}
