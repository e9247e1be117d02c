import { ApiError, routes } from '@sente/api'
import type { DealWhole, Route } from '@sente/api'
import { change } from './client.ts'
import type { Changed } from './client.ts'
import { raiseConflict } from './conflicts.ts'
import { clashes, effective, patched, recordIn, withRecord } from './edits-model.ts'
import type { AnyRecord, Patch, Target } from './edits-model.ts'
import { keys } from './keys.ts'
import { problemOf } from './problem.ts'
import { queryClient } from './query-client.ts'
import { currentOf } from './send-or-ask.ts'
import { undoChange } from './undo-change.ts'

/** What a finished change tells its caller; a failed one is told by `failed` and resolves to undefined. */
export interface Done {
  record?: AnyRecord
  undo: () => Promise<void>
}
export interface Outcome {
  /** Called when the server has it: offer the way back. */
  done?: (done: Done) => void
  failed: (error: unknown) => void
  /** Nothing differed from what is there. */
  unchanged?: () => void
  /** What the record is called, should somebody else have changed it as well. */
  name?: string
}

/** Changes of one deal go out one after the other: a second edit rests on the version the first one made. */
const queues = new Map<string, Promise<unknown>>()
let underWay = 0
/** Versions our own changes have led to since: `id@version` the reader saw → version now. */
const successors = new Map<string, number>()
const newest = (id: string, version: number): number => {
  const next = successors.get(`${id}@${version}`)
  return next === undefined ? version : newest(id, next)
}

/** True while changes are on their way: what the server says meanwhile may not have them yet. */
export const isChanging = (): boolean => underWay > 0

const wholeOf = (dealId: string): DealWhole | undefined => queryClient.getQueryData<DealWhole>(keys.dealWhole(dealId))
const putRecord = (dealId: string, target: Target, id: string, record: AnyRecord | null): void =>
  void queryClient.setQueryData<DealWhole>(
    keys.dealWhole(dealId),
    (whole) => whole && withRecord(whole, target, id, record),
  )

function enqueue<T>(dealId: string, work: () => Promise<T>): Promise<T> {
  underWay++
  const before = queues.get(dealId) ?? Promise.resolve()
  const result = before.then(work, work)
  const settled = result
    .catch(() => {})
    .then(() => {
      underWay--
      if (queues.get(dealId) === settled) queues.delete(dealId)
      if (underWay === 0) refreshLists(dealId)
    })
  queues.set(dealId, settled)
  return result
}

/** What shows a summary of the deal elsewhere. */
function refreshLists(dealId: string): void {
  for (const queryKey of [keys.deals, keys.today, keys.accounts, keys.dealPlan(dealId), keys.dealHistory(dealId)])
    void queryClient.invalidateQueries({ queryKey })
}

/** A right was taken away, or the deal is gone: the page follows. */
function lookAgain(dealId: string, error: unknown): void {
  const { kind } = problemOf(error)
  if (kind !== 'forbidden' && kind !== 'not-found') return
  for (const queryKey of [keys.me, keys.deal(dealId)]) void queryClient.invalidateQueries({ queryKey })
}

function contractOf(target: Target, action: 'create' | 'update' | 'remove'): Route {
  const area =
    target === 'deal'
      ? routes.deals
      : target === 'account'
        ? routes.accounts
        : target === 'person'
          ? routes.people
          : routes.facts[target]
  return area[action]
}
function paramsOf(dealId: string, target: Target, id: string): Record<string, string> {
  return target === 'deal'
    ? { dealId }
    : target === 'account'
      ? { accountId: id }
      : target === 'person'
        ? { personId: id }
        : { dealId, id }
}
const call = (contract: Route, input: object): Promise<Changed<AnyRecord>> =>
  change(contract, input as never) as unknown as Promise<Changed<AnyRecord>>

async function undo(dealId: string, recordId: string, changeSet: string | undefined): Promise<void> {
  await undoChange({ dealId, recordId, changeSet })
  await queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
  refreshLists(dealId)
}

/** A record that the server has, and that what is being changed now will bring into the deal. */
export const bringRecord = (dealId: string, target: Target, record: AnyRecord): void =>
  putRecord(dealId, target, record.id, record)

/** Adds a record; it stands on the page at once. */
export function createRecord(
  dealId: string,
  target: Exclude<Target, 'deal' | 'account'>,
  id: string,
  fields: Patch,
  { done, failed }: Outcome,
): void {
  const draft: AnyRecord = {
    ...fields,
    id,
    version: 0,
    createdAt: new Date().toISOString(),
    ...(target === 'person' ? {} : { dealId }),
  }
  void queryClient.cancelQueries({ queryKey: keys.dealWhole(dealId) })
  putRecord(dealId, target, id, draft)
  void enqueue(dealId, async () => {
    try {
      const { value, changeSet } = await call(contractOf(target, 'create'), {
        params: target === 'person' ? undefined : { dealId },
        body: { id, ...fields },
        idempotencyKey: id,
      })
      successors.set(`${id}@0`, value.version)
      putRecord(dealId, target, id, value)
      done?.({ record: value, undo: () => undo(dealId, id, changeSet) })
    } catch (error) {
      putRecord(dealId, target, id, null)
      lookAgain(dealId, error)
      failed(error)
    }
  })
}

/**
 * Changes fields of a record. `base` is the record as the reader saw it. When somebody else changed the same fields meanwhile
 * the reader is asked; when it was other fields, both changes stand.
 */
export function updateRecord(dealId: string, target: Target, base: AnyRecord, wanted: Patch, outcome: Outcome): void {
  const patch = effective(base, wanted)
  if (Object.keys(patch).length === 0) return outcome.unchanged?.()
  void queryClient.cancelQueries({ queryKey: keys.dealWhole(dealId) })
  const shown = wholeOf(dealId)
  putRecord(dealId, target, base.id, patched((shown && recordIn(shown, target, base.id)) ?? base, patch))
  void enqueue(dealId, () => send(dealId, target, base, patch, outcome))
}

async function send(dealId: string, target: Target, base: AnyRecord, patch: Patch, outcome: Outcome): Promise<void> {
  const version = newest(base.id, base.version)
  try {
    const { value, changeSet } = await call(contractOf(target, 'update'), {
      params: paramsOf(dealId, target, base.id),
      body: patch,
      version,
    })
    if (value.version !== version) successors.set(`${base.id}@${version}`, value.version)
    putRecord(dealId, target, base.id, value)
    outcome.done?.({ record: value, undo: () => undo(dealId, base.id, changeSet) })
  } catch (error) {
    const current = currentOf(error)
    if (!current) {
      // Only this record goes back: other edits of the page stand.
      const whole = wholeOf(dealId)
      const now = whole && recordIn(whole, target, base.id)
      if (now)
        putRecord(dealId, target, base.id, {
          ...patched(now, Object.fromEntries(Object.keys(patch).map((field) => [field, base[field] ?? null]))),
          version,
        })
      lookAgain(dealId, error)
      outcome.failed(error)
      return
    }
    const both = clashes(base, patch, current)
    const rest = Object.fromEntries(
      Object.entries(patch).filter(([field]) => !both.some((clash) => clash.field === field)),
    )
    putRecord(dealId, target, base.id, current)
    if (both.length === 0) return send(dealId, target, current, patch, outcome)
    raiseConflict({
      target,
      dealId,
      name: outcome.name ?? '',
      clashes: both,
      current,
      settle: (mine) =>
        updateRecord(
          dealId,
          target,
          current,
          { ...rest, ...Object.fromEntries(mine.map((field) => [field, patch[field]])) },
          outcome,
        ),
    })
  }
}

/** Takes a record out; the audit trail keeps it, and it can be undone. */
export function removeRecord(
  dealId: string,
  target: Exclude<Target, 'deal' | 'account'>,
  base: AnyRecord,
  { done, failed }: Outcome,
): void {
  void queryClient.cancelQueries({ queryKey: keys.dealWhole(dealId) })
  putRecord(dealId, target, base.id, null)
  void enqueue(dealId, async () => {
    try {
      const { changeSet } = await call(contractOf(target, 'remove'), {
        params: paramsOf(dealId, target, base.id),
        version: newest(base.id, base.version),
      })
      done?.({ undo: () => undo(dealId, base.id, changeSet) })
    } catch (error) {
      const current = error instanceof ApiError ? (error.problem.current as AnyRecord | undefined) : undefined
      putRecord(dealId, target, base.id, current ?? base)
      // Whoever has seen what became of it and still wants it out takes out that version.
      const version = newest(base.id, base.version)
      if (current && current.version !== version) successors.set(`${base.id}@${version}`, current.version)
      lookAgain(dealId, error)
      failed(error)
    }
  })
}
