import fc from 'fast-check'
import type { ApiDocument, ApiOperation, JsonSchema } from '../../src/http/openapi.ts'

/** Requests that an OpenAPI document allows, and requests that are nearly so. Ids are drawn from `ids`, so that some mean something. */
export interface Asked {
  operationId: string
  method: string
  /** Filled in, with the query. */
  url: string
  headers: Record<string, string>
  body: unknown
}

export interface DocumentOperation {
  path: string
  method: string
  operation: ApiOperation
}
export const operationsOf = (document: ApiDocument): DocumentOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

export interface Making {
  document: ApiDocument
  ids: readonly string[]
  /** Path parameters that must be these. */
  params?: Readonly<Record<string, string>>
  /** Spoil some of them. */
  spoilt?: boolean
}

export function requestOf({ path, method, operation }: DocumentOperation, making: Making): fc.Arbitrary<Asked> {
  const parameters = operation.parameters ?? []
  const valueOf = (name: string): fc.Arbitrary<unknown> => {
    const parameter = parameters.find((one) => one.name === name)!
    return making.params?.[name] !== undefined ? fc.constant(making.params[name]) : valuesOf(parameter.schema, making)
  }
  const record = (place: string) => {
    const mine = parameters.filter((one) => one.in === place)
    return fc.record(Object.fromEntries(mine.map((one) => [one.name, valueOf(one.name)])), {
      requiredKeys: mine.filter((one) => one.required).map((one) => one.name) as never,
    })
  }
  const json = operation.requestBody?.content['application/json']
  const headers = making.spoilt
    ? fc.record(
        {
          'if-match': fc.constantFrom('"1"', '"7"', '*', 'nonsense'),
          'idempotency-key': fc.constantFrom('random-key-1', 'random-key-2', 'x'),
          'if-none-match': fc.constantFrom('*', '"1"'),
        },
        { requiredKeys: [] },
      )
    : fc.constant({})
  const body = json
    ? valuesOf(json.schema, making)
    : operation.requestBody
      ? fc.constantFrom('name,amount\nA,1\n', '{"name":"A"}\n', '\u0000\u0001', '')
      : fc.constant(undefined)
  return fc
    .record({
      path: record('path'),
      query: record('query'),
      headers,
      body,
      spoil: making.spoilt ? spoiling : fc.constant(undefined),
    })
    .map(({ path: values, query, headers: sent, body: made, spoil }) => ({
      operationId: operation.operationId,
      method,
      url: address(path, values, spoil?.where === 'query' ? { ...query, [spoil.key]: spoil.junk } : query),
      headers: sent as Record<string, string>,
      body: spoil?.where === 'body' && json ? spoilt(made, spoil) : made,
    }))
}

function address(path: string, params: Record<string, unknown>, query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined)
      search.set(
        name,
        Array.isArray(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value),
      )
  return `${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))}${search.size > 0 ? `?${search.toString()}` : ''}`
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    true,
    [],
    {},
    '\u0000',
    '\ud800',
    'x'.repeat(3000),
    '9999-99-99',
    "'; drop table deal; --",
    [[[]]],
    { a: null },
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const spoiling = fc.option(
  fc.record({
    where: fc.constantFrom('body', 'query'),
    at: fc.nat(),
    key: fc.constantFrom(
      'name',
      'id',
      'limit',
      'cursor',
      'sort',
      'order',
      '__proto',
      'constructor',
      'unknownField',
      'on',
    ),
    junk,
    how: fc.constantFrom('replace', 'remove', 'add'),
  }),
  { nil: undefined, freq: 1 },
)

function spoilt(
  value: unknown,
  { at, key, junk: with_, how }: { at: number; key: string; junk: unknown; how: string },
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return with_
  const keys = Object.keys(value)
  if (how === 'add' || keys.length === 0) return { ...value, [key]: with_ }
  const chosen = keys[at % keys.length]!
  if (how === 'remove') return Object.fromEntries(Object.entries(value).filter(([name]) => name !== chosen))
  return { ...value, [chosen]: with_ }
}

/** Values that a schema of the document allows. */
export function valuesOf(schema: JsonSchema, making: Pick<Making, 'document' | 'ids'>): fc.Arbitrary<unknown> {
  const of = (inner: unknown): fc.Arbitrary<unknown> => valuesOf(inner as JsonSchema, making)
  const {
    $ref,
    anyOf,
    oneOf,
    allOf,
    enum: allowed,
    const: only,
    type,
  } = schema as {
    $ref?: string
    anyOf?: unknown[]
    oneOf?: unknown[]
    allOf?: unknown[]
    enum?: unknown[]
    const?: unknown
    type?: string | string[]
  }
  if ($ref !== undefined) return of(making.document.components.schemas[$ref.split('/').at(-1)!])
  if (only !== undefined) return fc.constant(only)
  if (allowed) return fc.constantFrom(...allowed)
  if (anyOf ?? oneOf) return fc.oneof(...(anyOf ?? oneOf)!.map(of))
  if (allOf) return of(Object.assign({}, ...allOf) as JsonSchema)
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => of({ ...schema, type: one })))
  switch (type) {
    case 'string':
      return strings(schema, making.ids)
    case 'integer':
      return fc.integer({
        min: Number(schema['minimum'] ?? -1000),
        max: Math.min(Number(schema['maximum'] ?? 100_000), 2_000_000_000),
      })
    case 'number':
      return fc.double({
        min: Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? -1e6),
        max: Number(schema['maximum'] ?? 1e6),
        minExcluded: schema['exclusiveMinimum'] !== undefined,
        noNaN: true,
        noDefaultInfinity: true,
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(of(schema['items'] ?? {}), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.max(Number(schema['minItems'] ?? 0), Math.min(Number(schema['maxItems'] ?? 3), 3)),
      })
    case 'object':
      return objects(schema, of)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objects(schema: JsonSchema, of: (inner: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const {
    properties,
    required = [],
    additionalProperties,
    propertyNames,
  } = schema as {
    properties?: Record<string, unknown>
    required?: string[]
    additionalProperties?: unknown
    propertyNames?: JsonSchema
  }
  if (properties)
    return fc.record(Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, of(inner)])), {
      requiredKeys: required as never,
    })
  const names = propertyNames?.['enum'] as string[] | undefined
  if (names)
    return fc.record(Object.fromEntries(names.map((name) => [name, of(additionalProperties ?? {})])), {
      requiredKeys: required as never,
    })
  const key = fc.stringMatching(/^[a-z]{1,8}$/)
  return fc.dictionary(key, of(additionalProperties ?? {}), { maxKeys: 3 })
}

const DAYS = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const WORDS = fc.constantFrom(
  'Core banking',
  '上海电网调度',
  'Zhou Min',
  '他们问周日晚上谁来',
  "O'Brien & Söhne",
  '50 %',
  '🦉 owl',
  ' x ',
  'e\u0301',
)
function strings(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const {
    format,
    pattern,
    minLength = 0,
    maxLength = 60,
  } = schema as { format?: string; pattern?: string; minLength?: number; maxLength?: number }
  switch (format) {
    case 'uuid':
      return ids.length > 0
        ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid({ version: 7 }) })
        : fc.uuid({ version: 7 })
    case 'date':
      return DAYS.map((day) => day.toISOString().slice(0, 10))
    case 'date-time':
      return DAYS.map((day) => day.toISOString())
    case 'email':
      return fc.stringMatching(/^[a-z]{3,8}@[a-z]{3,8}\.com$/)
    default:
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
  const long = Math.min(maxLength, 60)
  return fc
    .oneof(WORDS, fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(long, minLength) }))
    .filter((text) => text.trim().length >= minLength && text.length <= maxLength)
}
