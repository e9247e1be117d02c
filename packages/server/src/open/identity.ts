import { createHash } from 'node:crypto'
import { recordsOf } from '@sente/api'
import type { DealWhole } from '@sente/api'
import { fieldsOf, KIND_NAMES, kindOf } from '@sente/engine'
import type { Deal, KindName } from '@sente/engine'
import { commonOf } from '../exchange/files/deal-rewrite.ts'

/** A record of any kind, by its fields. */
export interface AnyRecord {
  id: string
  version: number
  [field: string]: unknown
}

/** Facts of a file are numbered from here on (2004), so far apart that others fit between; what a browser makes is of today, and comes after them. */
const FIRST = 2 ** 40
const APART = 2 ** 20

/** A UUID of version 7 that is the same for the same place and words; ids of facts are the order of their list. */
export function idAt(time: number, ...words: string[]): string {
  const digest = createHash('sha256').update(words.join('\u0000')).digest('hex')
  const stamp = Math.floor(time).toString(16).padStart(12, '0').slice(-12)
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`
}
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

export const dealIdOf = (path: string): string => idAt(FIRST, 'deal', path)

/**
 * The records of a deal as it was just read. What says the same as before keeps its id and version; what stands in the place of something else keeps the
 * id and counts a version more, so that whoever rests on what was there before is told (`changed-since`). `before` is left as it is.
 */
export function recordsOfFile(
  path: string,
  deal: Deal,
  { before, ownerId, readAt }: { before: DealWhole | undefined; ownerId: string; readAt: string },
): DealWhole {
  let made = 0
  const known = new Map((before?.stakeholder ?? []).map(({ key, personId }) => [key, personId]))
  const fresh = recordsOf(deal, {
    // The first is the deal's: account and people have theirs.
    newId: () => (made++ === 0 ? dealIdOf(path) : idAt(FIRST + made * APART, path, String(made))),
    ownerId,
    createdAt: readAt,
    accountId: before?.account?.id ?? idAt(FIRST, 'account', path),
    personId: ({ id }) => known.get(id) ?? idAt(FIRST, 'person', path, id),
  })
  if (!before) return fresh
  return {
    ...fresh,
    deal: same(before.deal, fresh.deal),
    ...(fresh.account && { account: same(before.account, fresh.account) }),
    people: (fresh.people ?? []).map((person) =>
      same(
        before.people?.find(({ id }) => id === person.id),
        person,
      ),
    ),
    ...factsOf(before, fresh, path),
  } as DealWhole
}

/** What every record has, or the file does not say. */
const BESIDES = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'ownerId', 'externalId'])
const wordsOf = (record: object): string =>
  JSON.stringify(
    Object.entries(record)
      .filter(([name, value]) => !BESIDES.has(name) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

function same<T extends object>(was: T | undefined, is: T): T {
  if (!was) return is
  if (wordsOf(was) === wordsOf(is)) return was
  const { id, version, createdAt } = was as unknown as AnyRecord
  return { ...is, id, createdAt, version: version + 1 }
}

/** Parts after those they belong to: their words name these. */
const ORDER = [
  ...KIND_NAMES.filter((kind) => !kindOf(kind).within),
  ...KIND_NAMES.filter((kind) => kindOf(kind).within),
]
const PARENTS = ['rivalId', 'proofId'] as const

function factsOf(before: DealWhole, fresh: DealWhole, path: string): object {
  const now = new Map<unknown, string>()
  const named = (record: AnyRecord): AnyRecord => {
    const to = PARENTS.find((name) => now.has(record[name]))
    return to === undefined ? record : { ...record, [to]: now.get(record[to]) }
  }
  return Object.fromEntries(
    ORDER.map((kind) => {
      const was = ((before[kind] ?? []) as unknown as AnyRecord[]).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      const is = ((fresh[kind] ?? []) as unknown as AnyRecord[]).map(named)
      const kept = placed(kind, was, is, path)
      for (const [i, record] of is.entries()) now.set(record.id, kept[i]!.id)
      return [kind, kept]
    }),
  )
}

/** Of a record what the file says of it, with what is not said filled in where that stands for something. */
function saidOf(kind: KindName, record: AnyRecord): unknown[] {
  const { within } = kindOf(kind)
  const fields = fieldsOf(kind).filter(
    ([name, { file }]) => file !== false || name === 'side' || name === within?.parent,
  )
  return fields.map(([name, { standing }]) => record[name] ?? standing ?? null)
}

function placed(kind: KindName, was: readonly AnyRecord[], is: readonly AnyRecord[], path: string): AnyRecord[] {
  const from = new Map<number, AnyRecord>()
  const exact = new Set<number>()
  const anchors = commonOf(
    was.map((record) => saidOf(kind, record)),
    is.map((record) => saidOf(kind, record)),
  )
  let [i, j] = [0, 0]
  for (const [a, b] of [...anchors, [was.length, is.length] as const]) {
    for (let k = 0; i + k < a && j + k < b; k++) from.set(j + k, was[i + k]!)
    if (b < is.length) {
      from.set(b, was[a]!)
      exact.add(b)
    }
    ;[i, j] = [a + 1, b + 1]
  }
  let last = ''
  return is.map((record, at) => {
    const old = from.get(at)
    if (old && old.id > last) {
      last = old.id
      if (exact.has(at)) return old
      return { ...record, id: old.id, createdAt: old['createdAt'], version: old.version + 1 }
    }
    const next = [...from]
      .flatMap(([place, { id }]) => (place > at && id > last ? [timeOf(id)] : []))
      .sort((a, b) => a - b)[0]
    const low = last === '' ? FIRST : timeOf(last)
    const time = next === undefined ? Math.max(low + APART, FIRST) : low + Math.max(1, Math.floor((next - low) / 2))
    last = idAt(time, path, kind, String(at), JSON.stringify(record))
    return { ...record, id: last }
  })
}
