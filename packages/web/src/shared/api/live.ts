import { addressOf, routes } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { useEffect } from 'react'
import { recordIn } from './edits-model.ts'
import type { Target } from './edits-model.ts'
import { isChanging } from './edits.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** What the server tells of a change that was committed, by whomever. */
interface ChangeEvent {
  dealId?: string
  kind?: string
  id?: string
  version?: number
  action?: 'create' | 'update' | 'delete' | 'summary'
  /** The connection was lost for a while: look at everything anew. */
  missed?: true
}

/** A burst of changes is looked at once. */
const PAUSE_MS = 250
let stale = new Set<string>()
let everything = false
let timer: ReturnType<typeof setTimeout> | undefined

/** Our own change comes back as an event too; what the page has already is no news. */
function isNews({ dealId, kind, id, version, action }: ChangeEvent): boolean {
  if (action === 'summary') return true
  const whole = dealId === undefined ? undefined : queryClient.getQueryData<DealWhole>(keys.dealWhole(dealId))
  if (!whole || kind === undefined || id === undefined) return true
  const have = recordIn(whole, kind as Target, id)
  return action === 'delete' ? have !== undefined : !(have && version !== undefined && have.version >= version)
}

function look(): void {
  timer = undefined
  if (isChanging()) return void (timer = setTimeout(look, PAUSE_MS))
  const [deals, all] = [stale, everything]
  stale = new Set()
  everything = false
  if (all) return void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'methodology' })
  for (const dealId of deals) void queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
  for (const queryKey of [keys.deals, keys.today, keys.accounts]) void queryClient.invalidateQueries({ queryKey })
}

function hear(data: string): void {
  let event: ChangeEvent
  try {
    event = JSON.parse(data) as ChangeEvent
  } catch {
    return
  }
  if (event.missed) everything = true
  else if (!isNews(event)) return
  else if (event.dealId !== undefined && event.action !== 'summary') stale.add(event.dealId)
  timer ??= setTimeout(look, PAUSE_MS)
}

let source: EventSource | undefined
let users = 0
let retry: ReturnType<typeof setTimeout> | undefined
/** A browser comes back by itself after a lost connection, but not after a refusal (a restart, a session that ended). */
const AGAIN_MS = 30_000

function connect(): void {
  retry = undefined
  source = new EventSource(addressOf(routes.work.events))
  source.addEventListener('change', ({ data }: MessageEvent<string>) => hear(data))
  source.addEventListener('missed', () => hear('{"missed":true}'))
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED || retry) return
    retry = setTimeout(connect, AGAIN_MS)
  })
}

/** Keeps what is shown up to date while mounted; one connection for the page, however many ask for it. */
export function useLive(): void {
  useEffect(() => {
    users++
    if (!source) connect()
    return () => {
      if (--users > 0) return
      clearTimeout(retry)
      source?.close()
      source = undefined
    }
  }, [])
}
