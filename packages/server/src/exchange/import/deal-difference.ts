import { camel, sameValue, specFor } from '../../store/records.ts'
import type { RecordKind } from '../../store/records.ts'

export type Fields = Record<string, unknown>
export type Stored = Fields & { id: string }

/** Of a record, what a client writes. */
export function asFields(kind: RecordKind, record: Readonly<Fields>): Fields {
  const { fields } = specFor(kind)
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => value !== undefined && fields.has(name)))
}

/** What of the given fields is otherwise in the record. */
export function differing(kind: RecordKind, before: Readonly<Fields>, given: Readonly<Fields>): Fields {
  return Object.fromEntries(
    Object.entries(asFields(kind, given)).filter(([field, value]) => !sameValue(plain(before[field]), plain(value))),
  )
}

/** Money of 1.50 is money of 1.5. */
function plain(value: unknown): unknown {
  const { value: amount, currency } = (value ?? {}) as { value?: unknown; currency?: unknown }
  if (typeof amount !== 'string' || currency === undefined) return value
  return { value: amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount, currency }
}

/** Words of a file by which it says a field. */
const SAID_BY: Readonly<Record<string, readonly string[]>> = { status: ['status', 'confirmed', 'rejected'] }

/** Takes out of a fact what only a default says: silence of a file is no correction. */
export function silentDefaults(kind: RecordKind, fact: Fields, item: Readonly<Fields>): void {
  const { defaults, silent } = specFor(kind)
  for (const column of Object.keys(defaults)) {
    const field = camel(column)
    if (!silent.has(column) && !(SAID_BY[field] ?? [field]).some((word) => item[word] !== undefined)) delete fact[field]
  }
}
