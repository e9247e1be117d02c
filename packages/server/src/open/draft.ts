import type { DealWhole } from '@sente/api'
import { fieldsOf, KIND_NAMES, kindOf } from '@sente/engine'
import type { KindName } from '@sente/engine'
import { Fault } from '../core/fault.ts'
import { keyFor } from '../store/check-people.ts'
import type { AnyRecord } from './identity.ts'

export type Target = KindName | 'deal' | 'account' | 'person'
export interface Changed {
  kind: Target
  id: string
  before: AnyRecord | undefined
  after: AnyRecord | undefined
}
type Patch = Readonly<Record<string, unknown>>

const gone = (): Fault => new Fault('not-found')

/** The records of one deal while they are changed: what the operations of the API do to them, and nothing of a file. */
export class Draft {
  whole: DealWhole
  readonly #today: string
  /** People and accounts that were made, and are of no deal yet. */
  readonly #waiting: ReadonlyMap<string, AnyRecord>

  constructor(whole: DealWhole, today: string, waiting: ReadonlyMap<string, AnyRecord>) {
    this.whole = structuredClone(whole)
    this.#today = today
    this.#waiting = waiting
  }

  list(kind: KindName | 'person'): AnyRecord[] {
    const lists = this.whole as unknown as Record<string, AnyRecord[]>
    return (lists[kind === 'person' ? 'people' : kind] ??= [])
  }

  find(target: Target, id: string): AnyRecord | undefined {
    if (target !== 'deal' && target !== 'account') return this.list(target).find((one) => one.id === id)
    const one = this.whole[target] as AnyRecord | undefined
    return one?.id === id ? one : undefined
  }

  /** A record with this id is there already: the same request again, and it gets the same answer. */
  create(kind: KindName, given: Patch, now: string): AnyRecord {
    const id = given['id'] as string
    const there = this.find(kind, id)
    if (there) return there
    const record: AnyRecord = {
      ...this.#withDefaults(kind, given),
      id,
      version: 1,
      createdAt: now,
      dealId: this.whole.deal.id,
    }
    if (kind === 'stakeholder') this.#bring(String(record['personId']))
    if (kind === 'stakeholder' || kind === 'rival') record['key'] ??= this.#keyOf(kind, record)
    this.list(kind).push(record)
    return record
  }

  update(target: Target, id: string, patch: Patch, version: number | undefined): AnyRecord {
    const record = this.find(target, id)
    if (!record) throw gone()
    stillAt(record, version)
    const next: AnyRecord = { ...record }
    for (const [field, value] of Object.entries(patch)) {
      if (value === null) delete next[field]
      else if (value !== undefined) next[field] = value
    }
    if (JSON.stringify(next) === JSON.stringify(record)) return record
    next.version++
    if ('updatedAt' in next) next['updatedAt'] = new Date().toISOString()
    if (target === 'deal' && patch['accountId'] !== undefined) this.#account(patch['accountId'])
    this.put(target, id, next)
    return next
  }

  remove(kind: KindName | 'person', id: string, version: number | undefined): void {
    const record = this.find(kind, id)
    if (!record) throw gone()
    stillAt(record, version)
    if (kind === 'stakeholder') {
      const personId = String(record['personId'])
      this.#keep('stance', ({ personId: of }) => of !== personId)
      this.#keep('hold', ({ personId: of }) => of !== personId)
      if (this.#names(personId, record)) throw new Fault('in-use')
    }
    for (const part of KIND_NAMES) {
      const { within } = kindOf(part)
      if (within?.kind === kind && kind !== 'stakeholder') this.#keep(part, (one) => one[within.parent] !== id)
    }
    this.put(kind, id, undefined)
  }

  /** Puts a record in, changed or, without one, takes it out. */
  put(target: Target, id: string, record: AnyRecord | undefined): void {
    if (target === 'deal' || target === 'account') {
      const whole = this.whole as unknown as Record<string, AnyRecord | undefined>
      if (record) whole[target] = record
      else delete whole[target]
      return
    }
    const list = this.list(target)
    const at = list.findIndex((one) => one.id === id)
    if (record && at >= 0) list[at] = record
    else if (record) list.push(record)
    else if (at >= 0) list.splice(at, 1)
  }

  /** What happened on an earlier day and is written now is known from now on. */
  #withDefaults(kind: KindName, given: Patch): Record<string, unknown> {
    const record = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
    )
    const fields = new Map(fieldsOf(kind))
    for (const [name, { standing, silent }] of fields) if (standing !== undefined && !silent) record[name] ??= standing
    const happened = record['on'] ?? record['promisedOn']
    if (fields.has('recordedOn') && typeof happened === 'string' && happened < this.#today)
      record['recordedOn'] ??= this.#today
    return record
  }

  #bring(personId: string): void {
    if (this.find('person', personId)) return
    const person = this.#waiting.get(personId)
    if (!person) throw gone()
    this.list('person').push(person)
  }

  #account(id: unknown): void {
    if (this.whole.account?.id === id) return
    const account = this.#waiting.get(String(id))
    if (!account) throw gone()
    this.put('account', account.id, account)
  }

  #keyOf(kind: 'stakeholder' | 'rival', record: AnyRecord): string {
    const taken = new Set([...this.list('stakeholder'), ...this.list('rival')].map(({ key }) => String(key)))
    const name = kind === 'rival' ? record['name'] : this.find('person', String(record['personId']))?.['name']
    return keyFor(String(name), taken, kind === 'rival' ? 'r' : 'p')
  }

  #keep(kind: KindName, which: (record: AnyRecord) => boolean): void {
    ;(this.whole as unknown as Record<string, AnyRecord[]>)[kind] = this.list(kind).filter(which)
  }

  /** Does anything else of the deal name this person? */
  #names(personId: string, but: AnyRecord): boolean {
    const holds = (value: unknown): boolean =>
      value === personId ||
      (Array.isArray(value) && value.includes(personId)) ||
      (isObject(value) && Object.values(value).some(holds))
    return [
      ...KIND_NAMES.flatMap((kind) => this.list(kind)),
      ...this.list('person'),
      this.whole.deal as unknown as AnyRecord,
    ].some((one) => one !== but && one.id !== personId && Object.values(one).some(holds))
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function stillAt(record: AnyRecord, version: number | undefined): void {
  if (version !== undefined && version !== record.version) throw new Fault('changed-since', { current: record })
}

/** What differs between two states of a deal's records, record by record. */
export function changesOf(before: DealWhole, after: DealWhole): Changed[] {
  const all = (whole: DealWhole): [string, { kind: Target; record: AnyRecord }][] => [
    ...(['deal', 'account'] as const).flatMap((kind) => {
      const record = whole[kind] as AnyRecord | undefined
      return record ? [[record.id, { kind, record }] as [string, { kind: Target; record: AnyRecord }]] : []
    }),
    ...([...KIND_NAMES, 'person'] as const).flatMap((kind) =>
      ((whole[kind === 'person' ? 'people' : kind] ?? []) as unknown as AnyRecord[]).map(
        (record): [string, { kind: Target; record: AnyRecord }] => [record.id, { kind, record }],
      ),
    ),
  ]
  const [was, is] = [new Map(all(before)), new Map(all(after))]
  const changed: Changed[] = []
  for (const [id, { kind, record }] of was) {
    const now = is.get(id)?.record
    if (!now || JSON.stringify(now) !== JSON.stringify(record)) changed.push({ kind, id, before: record, after: now })
  }
  for (const [id, { kind, record }] of is)
    if (!was.has(id)) changed.push({ kind, id, before: undefined, after: record })
  return changed
}
