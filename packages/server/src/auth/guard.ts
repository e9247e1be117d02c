import { plainAddress } from '@sente/api'
import type { Database } from '../store/connect.ts'
import { Fault } from '../core/fault.ts'
import { hashOf } from './secrets.ts'

/** So many mistakes are free; then each doubles the wait, from half a minute up to an hour. A day without one forgets them. */
const FREE = 5
const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 3600

const keyOf = (address: string): Buffer => hashOf(`sign-in ${plainAddress(address)}`)

/**
 * Counts an attempt before the password is looked at, so that many at once, over several processes, cannot slip through together;
 * throws while the address is locked. Whether somebody has the address makes no difference. On success call `forgive`.
 *
 * It works outside of any transaction of the caller: a failed attempt must count although the request fails.
 */
export async function countAttempt(db: Database, address: string): Promise<void> {
  const key = keyOf(address)
  const { rowCount } = await db.app.query(
    `insert into sign_in_guard as g (address_hash, failed) values ($1, 1)
     on conflict (address_hash) do update set
       failed = case when g.failed_at < now() - interval '1 day' then 1 else g.failed + 1 end,
       locked_until = case when g.failed_at >= now() - interval '1 day' and g.failed + 1 >= $2
         then now() + make_interval(secs => least($3 * power(2, least(g.failed + 1 - $2, 20)), $4)) end,
       failed_at = now()
     where g.locked_until is null or g.locked_until <= now()
     returning 1`,
    [key, FREE, FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS],
  )
  if (rowCount) return
  const { rows } = await db.app.query<{ seconds: number }>(
    `select extract(epoch from locked_until - now())::float8 as seconds
     from sign_in_guard
     where address_hash = $1`,
    [key],
  )
  throw new Fault('locked-out', { retryAfter: Math.max(1, Math.ceil(rows[0]?.seconds ?? 1)) })
}

export async function forgive(db: Database, address: string): Promise<void> {
  await db.app.query('delete from sign_in_guard where address_hash = $1', [keyOf(address)])
}
