import { routes } from '@sente/api'
import type { Me } from '@sente/api'
import { dropPrefetched } from './prefetch.ts'
import { change, keepCsrfToken } from './client.ts'
import { resume } from './connection.ts'
import { keys } from './keys.ts'
import { dropAllWaiting, sendWaiting } from './outbox.ts'
import { problemOf } from './problem.ts'
import { queryClient } from './query-client.ts'
import { beginCache, forgetCache } from './offline-cache.ts'

/** Set when somebody left without a connection: the server has yet to be told. */
const OWED = 'sente.leaving'
const stored = (): Storage | undefined => {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
export const hasLeft = (): boolean => stored()?.getItem(OWED) === 'yes'
addEventListener('online', () => hasLeft() && void endSession())

/** Somebody signed in: what was of another is gone, and what is theirs is kept from now on. */
export function enter(me: Me): void {
  dropPrefetched()
  stored()?.removeItem(OWED)
  queryClient.clear()
  keepCsrfToken(me.csrfToken)
  resume()
  queryClient.setQueryData(keys.me, me)
  void beginCache(keys.me, me)
}

/** Notes that were never sent and could not be now: leaving would lose them. */
export async function unsent(): Promise<number> {
  return (await sendWaiting()).left
}

/** Ends the session at the server; without a connection, as soon as there is one. */
export async function endSession(): Promise<void> {
  try {
    await change(routes.auth.signOut, {})
    stored()?.removeItem(OWED)
  } catch (error) {
    if (problemOf(error).kind === 'offline') stored()?.setItem(OWED, 'yes')
    else stored()?.removeItem(OWED)
  }
  keepCsrfToken(undefined)
}

/** Nothing of one person's may be read by the next one at this device. */
export async function clearDevice(): Promise<void> {
  dropPrefetched()
  await queryClient.cancelQueries()
  queryClient.clear()
  await Promise.all([forgetCache(), dropAllWaiting()])
}
