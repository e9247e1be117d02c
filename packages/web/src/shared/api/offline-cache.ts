import type { Me } from '@sente/api'
import { hashKey } from '@tanstack/react-query'
import type { QueryFunction, QueryFunctionContext, QueryKey, Query } from '@tanstack/react-query'
import { clear, createStore, del, get, set } from 'idb-keyval'
import { filesPlace } from '../files/files.ts'
import { end, lose, reach } from './connection.ts'
import { problemOf } from './problem.ts'
import { areaOf, isTooOld, keepable, ownerOf, shown, surplus } from './offline-cache-model.ts'
import type { Entry } from './offline-cache-model.ts'

interface Index {
  owner: string
  entries: Record<string, Entry>
}
interface Copy {
  data: unknown
  at: number
}
const INDEX = 'index'

// Made with its first use: a page without storage (a private window) still opens.
let store: ReturnType<typeof createStore> | undefined
const shelf = () => (store ??= createStore('sente-seen', 'answers'))

/** One after the other, so that nothing is kept behind what was cleared. A device without room goes on without. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(task: () => Promise<T>): Promise<T | undefined> {
  const result = last.then(task).catch(() => undefined)
  last = result
  return result
}

/** False after leaving: an answer still under way must not be kept. */
let keeping = filesPlace === undefined

/** Set by whoever wants nothing kept on this device, such as a borrowed one; it stays when they sign out. */
const OFF = 'sente.copies'
export function keepsCopies(): boolean {
  if (filesPlace !== undefined) return false
  try {
    return localStorage.getItem(OFF) !== 'off'
  } catch {
    return true
  }
}

/** Keeps what the server said, if it is of a kind that is kept; a copy of somebody else's is cleared first. */
export function keepInCache(queryKey: QueryKey, data: unknown, at = Date.now()): Promise<void> {
  const area = areaOf(queryKey)
  if (!area || !keeping) return Promise.resolve()
  return inTurn(async () => {
    if (!keeping || !keepsCopies()) return
    let index = await get<Index>(INDEX, shelf())
    if (area === 'me' && index?.owner !== ownerOf(data as Me)) {
      await clear(shelf())
      index = { owner: ownerOf(data as Me), entries: {} }
    }
    // Before it is known whose it is, nothing is kept.
    if (!index) return
    const name = hashKey(queryKey)
    const entries = { ...index.entries, [name]: { area, at } }
    await set(name, { data: keepable(area, data), at } satisfies Copy, shelf())
    for (const each of surplus(entries, at)) {
      delete entries[each]
      await del(each, shelf())
    }
    await set(INDEX, { owner: index.owner, entries } satisfies Index, shelf())
    // Another page of the same browser said no meanwhile.
    if (!keepsCopies()) await clear(shelf())
  })
}

async function findSeen(queryKey: QueryKey, now = Date.now()): Promise<Copy | undefined> {
  const area = areaOf(queryKey)
  const copy = area && (await inTurn(() => get<Copy>(hashKey(queryKey), shelf())))
  return copy && !isTooOld(copy.at, now) ? { data: shown(area, copy.data, now), at: copy.at } : undefined
}

/** Whether what is read is kept on this device; `false` deletes at once what is. Notes that wait to be sent are no copies: they stay. */
export async function keepCopies(on: boolean, me: Me): Promise<void> {
  if (on) localStorage.removeItem(OFF)
  else localStorage.setItem(OFF, 'off')
  await (on ? beginCache(['me'], me) : inTurn(() => clear(shelf())))
}

/** Nothing stays on the device, and nothing comes until somebody has entered. */
export function forgetCache(): Promise<void> {
  keeping = false
  return inTurn(() => clear(shelf()))
}

/** From now on copies are kept again: of whom this is. */
export function beginCache(queryKey: QueryKey, me: Me): Promise<void> {
  keeping = true
  return keepInCache(queryKey, me)
}

/**
 * Every query asks through this. What the server says is kept; where it cannot be reached, what it said last stands in, with its time, and
 * the query has the error as well.
 */
export async function throughCache<T>(
  ask: QueryFunction<T, QueryKey, never>,
  context: QueryFunctionContext<QueryKey>,
  query: Query,
): Promise<T> {
  try {
    const data = await ask(context as never)
    if (query.queryKey[0] !== 'methodology') reach()
    void keepInCache(query.queryKey, data)
    return data
  } catch (error) {
    const { kind } = problemOf(error)
    if (kind === 'offline') {
      lose()
      const copy = query.state.data === undefined ? await findSeen(query.queryKey) : undefined
      if (copy && query.state.data === undefined) query.setData(copy.data, { updatedAt: copy.at, manual: true })
    } else if (kind === 'signed-out') {
      end()
      void forgetCache()
    }
    throw error
  }
}
