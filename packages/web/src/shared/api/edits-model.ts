import type { DealWhole, KindName } from '@sente/api'

/** What a deal's page may change: the deal itself, its account, the customer's people, and facts of every kind. */
export type Target = KindName | 'deal' | 'account' | 'person'
export interface AnyRecord {
  id: string
  version: number
  [field: string]: unknown
}
export type Patch = Readonly<Record<string, unknown>>

const LIST: Readonly<Partial<Record<Target, keyof DealWhole>>> = { person: 'people' }
const listOf = (target: Target): keyof DealWhole => LIST[target] ?? (target as keyof DealWhole)

export function recordIn(whole: DealWhole, target: Target, id: string): AnyRecord | undefined {
  if (target === 'deal') return whole.deal as unknown as AnyRecord
  if (target === 'account') return whole.account as unknown as AnyRecord | undefined
  return (whole[listOf(target)] as unknown as AnyRecord[] | undefined)?.find((record) => record.id === id)
}

/** The deal with one record put in, changed or (null) taken out; all other lists stay the very same objects. */
export function withRecord(whole: DealWhole, target: Target, id: string, record: AnyRecord | null): DealWhole {
  if (target === 'deal') return record ? { ...whole, deal: record as never } : whole
  if (target === 'account') return record ? { ...whole, account: record as never } : whole
  const name = listOf(target)
  const list = (whole[name] ?? []) as unknown as AnyRecord[]
  const at = list.findIndex((one) => one.id === id)
  if (!record) return at < 0 ? whole : ({ ...whole, [name]: list.filter((one) => one.id !== id) } as DealWhole)
  return { ...whole, [name]: at < 0 ? [...list, record] : list.with(at, record) } as DealWhole
}

/** A record after a patch: `null` takes a field back to "not known". */
export function patched(record: AnyRecord, patch: Patch): AnyRecord {
  const next: AnyRecord = { ...record }
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete next[field]
    else if (value !== undefined) next[field] = value
  }
  return next
}

/** The same content; key order and absent against undefined do not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return (a ?? null) === (b ?? null)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => same((a as Patch)[name], (b as Patch)[name]))
}

/** Only what a patch really changes; `null` and absent are the same. */
export function effective(record: AnyRecord, patch: Patch): Patch {
  return Object.fromEntries(
    Object.entries(patch).filter(([field, value]) => value !== undefined && !same(record[field], value)),
  )
}

export interface Clash {
  field: string
  /** What it was when the reader began, what they made of it, and what somebody else did meanwhile. */
  before: unknown
  mine: unknown
  theirs: unknown
}

/**
 * Fields that both changed, to different values. None: the change goes onto the newer version without asking, since neither
 * loses anything.
 */
export function clashes(before: AnyRecord, patch: Patch, current: AnyRecord): Clash[] {
  return Object.entries(patch).flatMap(([field, mine]) => {
    const [was, theirs] = [before[field] ?? null, current[field] ?? null]
    return same(was, theirs) || same(mine ?? null, theirs) ? [] : [{ field, before: was, mine: mine ?? null, theirs }]
  })
}
