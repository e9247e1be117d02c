import { AccountFields, DealFields, FIELD_SCHEMAS, KIND_NAMES, PersonFields } from '@sente/api'
import type { Account, Deal, Fact, FactInput, KindName, Person } from '@sente/api'
import { fieldsOf, kindOf } from '@sente/engine'
import type { Text } from '@sente/engine'
import type { z } from 'zod'

/** How records of the API and rows of the tables say the same: mechanically, camel case against snake case. */
export type RecordKind = 'account' | 'person' | 'deal' | KindName
/** A row as JSON: days and instants are text, money is exact text. Holds the columns of its spec only. */
export type Row = Record<string, unknown> & { id: string; version: number; known_none: string[] }

type Inputs = {
  account: z.infer<z.ZodObject<typeof AccountFields>>
  person: z.infer<z.ZodObject<typeof PersonFields>>
  deal: z.infer<z.ZodObject<typeof DealFields>>
} & { [K in KindName]: FactInput<K> & { dealId: string } }
type Outputs = { account: Account; person: Person; deal: Deal } & { [K in KindName]: Fact<K> }
/** What a create takes; the gateway makes the id where none is named. */
export type InputOf<K extends RecordKind> = Inputs[K] & { id?: string | undefined }
export type RecordOf<K extends RecordKind> = Outputs[K]
/** What an update takes; `null` takes a field back to "not known". */
export type PatchOf<K extends RecordKind> = { [F in keyof Inputs[K]]?: Inputs[K][F] | null }

export interface RecordSpec {
  kind: RecordKind
  table: string
  /** Of the API, without what every stored record carries. */
  fields: ReadonlySet<string>
  required: ReadonlySet<string>
  /** Fields that take `false` for "known to be none". */
  known: ReadonlySet<string>
  /** What a column holds when nothing is said, where that is not null. */
  defaults: Readonly<Record<string, unknown>>
  /** Columns whose default a record leaves out. */
  silent: ReadonlySet<string>
  /** Every column that is written and kept in the audit trail. */
  columns: readonly string[]
  /** A fact of a deal. */
  fact: boolean
  /** Fields that hold ids of people of the customer: one, or a list. */
  persons: readonly { field: string; many: boolean }[]
  /** Fields that hold the id of a person, the key of a rival or `us`. */
  subjects: readonly string[]
  parent?: { field: string; kind: KindName }
  /** Columns of which the second may hold no day before that in the first. */
  order: readonly (readonly [earlier: string, later: string, says: Text])[]
}

export const snake = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const camel = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Of a deal, columns with a default of their own: silence and "none" are the same there. Kinds declare theirs. */
const DEAL_DEFAULTS = { status: 'open', empty_lists: [] }

const BEFORE = { fact: ['workspace_id', 'deal_id', 'id'], other: ['workspace_id', 'id'] }
const AFTER = {
  fact: ['known_none', 'version', 'created_at', 'created_by'],
  other: ['known_none', 'version', 'created_at', 'created_by', 'updated_at'],
}

type Rest = Pick<RecordSpec, 'fact' | 'persons' | 'subjects' | 'defaults' | 'silent' | 'order'> & {
  parent?: NonNullable<RecordSpec['parent']>
}

function specOf(kind: RecordKind, table: string, fields: z.ZodRawShape, rest: Rest): RecordSpec {
  const names = Object.keys(fields)
  const takes = (name: string, value: unknown): boolean => (fields[name] as z.ZodType).safeParse(value).success
  const place = rest.fact ? 'fact' : 'other'
  return {
    kind,
    table,
    fields: new Set(names),
    required: new Set(names.filter((name) => !takes(name, undefined))),
    known: new Set(names.filter((name) => takes(name, false) && !takes(name, true))),
    columns: [
      ...BEFORE[place],
      ...names.flatMap((name) => (kind === 'deal' && name === 'amount' ? ['amount', 'currency'] : [snake(name)])),
      ...AFTER[place],
    ],
    ...rest,
  }
}

/** What the declaration of a kind says of its rows. */
function declaredSpec(kind: KindName): RecordSpec {
  const { table, order = [] } = kindOf(kind)
  const fields = fieldsOf(kind)
  const parent = fields.find(([, field]) => field.type === 'parent')
  return specOf(kind, table, FIELD_SCHEMAS[kind], {
    fact: true,
    persons: fields.flatMap(([field, { type }]) =>
      type === 'person' || type === 'people' ? [{ field, many: type === 'people' }] : [],
    ),
    subjects: fields.flatMap(([field, { type }]) => (type === 'subject' ? [field] : [])),
    defaults: Object.fromEntries(
      fields.flatMap(([name, { standing }]) => (standing === undefined ? [] : [[snake(name), standing]])),
    ),
    silent: new Set(fields.flatMap(([name, { silent }]) => (silent ? [snake(name)] : []))),
    order: order.map(([earlier, later, says]) => [snake(earlier), snake(later), says] as const),
    ...(parent ? { parent: { field: parent[0], kind: parent[1].of as KindName } } : {}),
  })
}

const OTHER: Rest = { fact: false, persons: [], subjects: [], defaults: {}, silent: new Set(), order: [] }
export const SPECS = {
  account: specOf('account', 'account', AccountFields, OTHER),
  person: specOf('person', 'person', PersonFields, OTHER),
  deal: specOf('deal', 'deal', DealFields, {
    ...OTHER,
    defaults: DEAL_DEFAULTS,
    silent: new Set(['empty_lists']),
    order: [
      ['opened_on', 'closed_on', { en: 'Closed before it was opened.', zh: '关闭早于立单。' }],
      ['first_contact_on', 'closed_on', { en: 'Closed before the first contact.', zh: '关闭早于首次接触。' }],
    ],
  }),
  ...(Object.fromEntries(KIND_NAMES.map((kind) => [kind, declaredSpec(kind)])) as Record<KindName, RecordSpec>),
} satisfies Record<RecordKind, RecordSpec>

export const specFor = (kind: RecordKind): RecordSpec => SPECS[kind]

/** A row with what `patch` says put into it; `null` and silence become the default. The row itself stays. */
export function withFields(spec: RecordSpec, row: Row, patch: Readonly<Record<string, unknown>>): Row {
  const next: Row = { ...row }
  const none = new Set(row.known_none)
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined || !spec.fields.has(field)) continue
    if (spec.kind === 'deal' && field === 'amount') {
      const money = value as { value: string; currency: string } | null
      next['amount'] = money?.value ?? null
      next['currency'] = money?.currency ?? null
      continue
    }
    const column = snake(field)
    const isNone = value === false && spec.known.has(field)
    if (isNone) none.add(column)
    else none.delete(column)
    next[column] = isNone ? null : (value ?? spec.defaults[column] ?? null)
  }
  next.known_none = [...none].sort()
  return next
}

/** A row in which nothing is said yet. */
export function emptyRow(spec: RecordSpec, given: Readonly<Record<string, unknown>>): Row {
  return {
    ...Object.fromEntries(spec.columns.map((column) => [column, null])),
    version: 1,
    known_none: [],
    ...spec.defaults,
    ...given,
  } as unknown as Row
}

/** The record of the API that a row holds. */
export function recordOf<K extends RecordKind>(kind: K, row: Row): RecordOf<K> {
  const spec = specFor(kind)
  const record: Record<string, unknown> = { id: row.id, version: row.version }
  if (spec.fact) record['dealId'] = row['deal_id']
  const none = row.known_none
  for (const field of spec.fields) {
    if (kind === 'deal' && field === 'amount') {
      if (row['amount'] !== null && row['amount'] !== undefined)
        record['amount'] = { value: String(row['amount']), currency: row['currency'] }
      continue
    }
    const column = snake(field)
    const value = row[column]
    if (none.length > 0 && none.includes(column)) record[field] = false
    else if (value === null || value === undefined) continue
    else if (spec.silent.has(column) && (value === false || (value as unknown[]).length === 0)) continue
    else record[field] = value
  }
  record['createdAt'] = row['created_at']
  if (row['created_by'] !== null && row['created_by'] !== undefined) record['createdBy'] = row['created_by']
  if (!spec.fact) record['updatedAt'] = row['updated_at']
  return record as RecordOf<K>
}

/** Same values, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false
  const [of, to] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(of)
  return keys.length === Object.keys(to).length && keys.every((key) => key in to && sameValue(of[key], to[key]))
}

/** Columns that say nothing of the record itself. */
const ACCOUNTING = new Set(['version', 'updated_at', 'created_at', 'created_by'])
/** Fields in which two rows differ. */
export function changedColumns(spec: RecordSpec, before: Row, after: Row): string[] {
  return spec.columns.filter(
    (column) => !ACCOUNTING.has(column) && !sameValue(before[column] ?? null, after[column] ?? null),
  )
}
