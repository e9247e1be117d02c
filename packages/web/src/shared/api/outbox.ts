import { routes } from '@sente/api'
import type { CallInput, Me } from '@sente/api'
import { clear, createStore, del, entries, set } from 'idb-keyval'
import { useEffect, useSyncExternalStore } from 'react'
import { change, newId } from './client.ts'
import { keys } from './keys.ts'
import { useMe } from './me.ts'
import { problemOf } from './problem.ts'
import { queryClient } from './query-client.ts'

type CaptureBody = CallInput<typeof routes.deals.capture>['body']
/** A captured note that the server does not have yet. Its id makes sending it twice harmless. */
export interface Waiting {
  id: string
  dealId: string
  body: CaptureBody
  at: string
  /** The member who wrote it: nobody else sends or sees it. */
  by?: string
  /** The server refused it: it stays until somebody looks. */
  refused?: string
}

// Made with its first use: a page without storage (a private window) still opens.
let store: ReturnType<typeof createStore> | undefined
const shelf = () => (store ??= createStore('sente-outbox', 'captures'))

let waiting: readonly Waiting[] = []
const listeners = new Set<() => void>()
const show = (next: readonly Waiting[]): void => {
  waiting = next
  for (const listener of listeners) listener()
}

const me = (): string | undefined => queryClient.getQueryData<Me>(keys.me)?.member.id

async function look(): Promise<void> {
  const all = await entries<string, Waiting>(shelf()).catch(() => [])
  show(
    all
      .map(([, one]) => one)
      .filter(({ by }) => by === undefined || by === me())
      .sort((a, b) => a.at.localeCompare(b.at)),
  )
}

/** Where a captured note is now; one that the server has can be taken back. */
export interface Captured {
  state: 'sent' | 'kept'
  noteId: string
  changeSet?: string
}

/** Sends a captured note, or keeps it on this device when the server cannot be reached. Throws what the server refuses. */
export async function sendCapture(dealId: string, body: CaptureBody): Promise<Captured> {
  const id = body.note.id ?? newId()
  const by = me()
  const entry: Waiting = {
    id,
    dealId,
    body: { ...body, note: { ...body.note, id } },
    at: new Date().toISOString(),
    ...(by !== undefined && { by }),
  }
  try {
    const changeSet = await deliver(entry)
    return { state: 'sent', noteId: id, ...(changeSet !== undefined && { changeSet }) }
  } catch (error) {
    if (problemOf(error).kind !== 'offline') throw error
    await set(id, entry, shelf())
    await look()
    return { state: 'kept', noteId: id }
  }
}

async function deliver({ id, dealId, body }: Waiting): Promise<string | undefined> {
  const { changeSet } = await change(routes.deals.capture, { params: { dealId }, body, idempotencyKey: id })
  await queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
  for (const queryKey of [keys.deals, keys.today]) void queryClient.invalidateQueries({ queryKey })
  return changeSet
}

let sending: Promise<{ sent: number; left: number }> | undefined
/** Sends what waits, oldest first; stops when the server is out of reach again. Returns how many went out, and how many did not. */
export function sendWaiting(): Promise<{ sent: number; left: number }> {
  return (sending ??= (async () => {
    await look()
    let sent = 0
    for (const entry of waiting) {
      try {
        await deliver(entry)
        await del(entry.id, shelf())
        sent++
      } catch (error) {
        const problem = problemOf(error)
        if (problem.kind === 'offline' || problem.kind === 'signed-out') break
        await set(entry.id, { ...entry, refused: problem.code ?? 'internal' }, shelf())
      }
    }
    await look()
    return { sent, left: waiting.length }
  })().finally(() => (sending = undefined)))
}

export async function dropWaiting(id: string): Promise<void> {
  await del(id, shelf())
  await look()
}

export async function dropAllWaiting(): Promise<void> {
  await clear(shelf()).catch(() => {})
  show([])
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Notes that wait on this device. */
export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(subscribe, () => waiting)

/** While mounted, notes that wait are sent as soon as the server can be reached and it is known who wrote them. */
export function useOutbox(onSent: (count: number) => void): void {
  const writer = useMe()?.member.id
  useEffect(() => {
    if (writer === undefined) return
    const attempt = (): void => void sendWaiting().then(({ sent }) => sent > 0 && onSent(sent))
    attempt()
    addEventListener('online', attempt)
    const timer = setInterval(() => waiting.length > 0 && navigator.onLine && attempt(), 30_000)
    return () => {
      removeEventListener('online', attempt)
      clearInterval(timer)
    }
  }, [onSent, writer])
}
