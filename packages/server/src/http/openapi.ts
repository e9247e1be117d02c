import { z } from 'zod'
import { ERRORS, routes } from '@sente/api'
import type { ErrorCode, Route } from '@sente/api'
import { namedSchemas, PROBLEM_SCHEMA } from './openapi-schemas.ts'
import { TAGS } from './openapi-tags.ts'
import { allContracts } from './table.ts'

/** A JSON Schema, as plain data. */
export type JsonSchema = Record<string, unknown>
interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  style?: 'form'
  explode?: false
  schema: JsonSchema
}
export interface ApiOperation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, ApiResponse | { $ref: string }>
}
export interface ApiResponse {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, { schema: JsonSchema }>
}
export interface ApiDocument {
  openapi: '3.1.0'
  info: Record<string, unknown>
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, ApiOperation>>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, ApiResponse>
    securitySchemes: Record<string, unknown>
  }
}

const ABOUT = `Sente keeps a sales team one move ahead of its customer's purchasing process.

Days are \`YYYY-MM-DD\`, instants RFC 3339, money an exact decimal as text beside its currency. A field that is absent says nothing; \`false\` in place of a text or an
object says that there is none. In a change, \`null\` takes a field back to "not known". Unknown fields are refused.

**Programs** send \`Authorization: Bearer sente_…\` with a token made at \`POST /me/tokens\`. **Browsers** have a session in a cookie and send the token of \`GET /me\` as
\`X-CSRF-Token\` with every change.

**Errors** are \`application/problem+json\` with a \`code\` of the catalogue, in the language of \`Accept-Language\` (\`en\`, \`zh\`).

**Versions.** Records carry a \`version\`, answers an ETag that begins with it. A change with \`If-Match\` is refused with 412 and the current record when somebody else was faster.

**Creates** that take an \`Idempotency-Key\` can be repeated safely for 24 hours.

**Lists** answer \`next\` while there is more; send it as \`cursor\`.`

/** The API as OpenAPI 3.1, made from the route table and nothing else. */
export function openApi(contracts = allContracts(), version = '1.0'): ApiDocument {
  const schemas = new Schemas()
  const paths: ApiDocument['paths'] = {}
  for (const { name, contract } of contracts)
    (paths[contract.path] ??= {})[contract.method.toLowerCase()] = describe(name, contract, schemas)
  return {
    openapi: '3.1.0',
    info: { title: 'Sente', version, description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(contracts.map(({ contract }) => contract.tag))].map((name) => ({
      name,
      description: TAGS[name] ?? name,
    })),
    paths,
    components: {
      schemas: {
        ...Object.fromEntries([...schemas.components].sort(([a], [b]) => (a < b ? -1 : 1))),
        Problem: PROBLEM_SCHEMA,
      },
      responses: Object.fromEntries([...schemas.failures].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token, `sente_…`' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sente',
          description: 'The session of a browser (`__Host-sente` with https)',
        },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'Of the session, with every change' },
      },
    },
  }
}

/** Turns schemas of Zod into JSON Schema; those with a name become components. */
class Schemas {
  readonly components = new Map<string, JsonSchema>()
  readonly failures = new Map<string, ApiResponse>()
  readonly #names = namedSchemas(routes)

  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const names = this.#names
    // Zod's own notes, with a name for what is known by one. Names are of answers; what goes in differs in its optional fields.
    const metadata = {
      get: (one: z.ZodType) => ({
        ...z.globalRegistry.get(one),
        ...(io === 'output' && names.has(one) ? { id: names.get(one)! } : {}),
      }),
      has: () => true,
    }
    const made = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      metadata: metadata as unknown as typeof z.globalRegistry,
      override: ({ jsonSchema }) => withoutNoise(jsonSchema as JsonSchema),
    }) as JsonSchema
    const { $schema: _dialect, $defs, ...plain } = made
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>))
      this.#keep(name, definition)
    const own = io === 'output' ? names.get(schema) : undefined
    if (own === undefined) return rewritten(nameless(plain)) as JsonSchema
    this.#keep(own, plain)
    return { $ref: `#/components/schemas/${own}` }
  }

  #keep(name: string, definition: JsonSchema): void {
    if (!this.components.has(name)) this.components.set(name, rewritten(nameless(definition)) as JsonSchema)
  }
}

const nameless = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id' && key !== '$id'))

/** The patterns of known formats are long and say the same again; what every id is need not be said at each. */
function withoutNoise(schema: JsonSchema): void {
  if (schema['format'] === 'uuid' && String(schema['description']).startsWith('UUID,')) delete schema['description']
  if (['uuid', 'date', 'date-time', 'email'].includes(String(schema['format']))) delete schema['pattern']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
}

/** References into the document instead of into the schema. */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : rewritten(inner),
    ]),
  )
}

function describe(name: string, contract: Route, schemas: Schemas): ApiOperation {
  const parameters = parametersOf(contract, schemas)
  const { permission } = contract
  const changes = contract.method !== 'GET'
  const body = contract.body && !contract.accepts ? schemas.of(contract.body, 'input') : undefined
  // Whoever names something by its id may name what is not there.
  const names = JSON.stringify([parameters, body]).includes('"format":"uuid"')
  return {
    operationId: name,
    tags: [contract.tag],
    summary: contract.summary,
    description:
      permission === 'public'
        ? 'Nobody need be signed in.'
        : permission === 'signed-in'
          ? changes
            ? 'For everybody who is signed in; a token must carry all rights of its member.'
            : 'For everybody who is signed in.'
          : `Needs the right \`${permission}\`.`,
    security: permission === 'public' ? [] : [{ token: [] }, { session: [], ...(changes ? { csrf: [] } : {}) }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(contract.accepts
      ? { requestBody: { required: true as const, content: { [contract.accepts]: { schema: {} } } } }
      : body
        ? { requestBody: { required: true as const, content: { 'application/json': { schema: body } } } }
        : {}),
    responses: { ...success(contract, schemas), ...failures(contract, names, schemas) },
  }
}

function parametersOf(contract: Route, schemas: Schemas): Parameter[] {
  const found: Parameter[] = []
  for (const [name, schema] of Object.entries((contract.params?.shape ?? {}) as Record<string, z.ZodType>))
    found.push(parameter(name, 'path', schemas.of(schema, 'output'), true))
  for (const [name, schema] of Object.entries((contract.query?.shape ?? {}) as Record<string, z.ZodType>)) {
    // What comes out says what is meant: a number, a list; what goes in is always text.
    const json = schemas.of(schema, 'output')
    found.push({
      ...parameter(name, 'query', json, !schema.safeParse(undefined).success),
      ...(json['type'] === 'array' ? { style: 'form' as const, explode: false as const } : {}),
    })
  }
  if (contract.versioned && contract.method === 'GET')
    found.push(
      parameter(
        'If-None-Match',
        'header',
        { type: 'string' },
        false,
        'ETag of an answer you have: 304 when it still holds',
      ),
    )
  if (contract.versioned && !contract.idempotent && contract.method !== 'GET')
    found.push(
      parameter(
        'If-Match',
        'header',
        { type: 'string', examples: ['"3"'] },
        false,
        'ETag of the record the change rests on',
      ),
    )
  if (contract.idempotent)
    found.push(
      parameter(
        'Idempotency-Key',
        'header',
        { type: 'string', minLength: 8, maxLength: 200 },
        false,
        'Of your choice, new for each new request',
      ),
    )
  return found
}

function parameter(
  name: string,
  place: Parameter['in'],
  json: JsonSchema,
  required: boolean,
  said?: string,
): Parameter {
  const { description, ...schema } = json
  const text = said ?? (typeof description === 'string' ? description : undefined)
  return { name, in: place, required, ...(text === undefined ? {} : { description: text }), schema }
}

function success(contract: Route, schemas: Schemas): ApiOperation['responses'] {
  const status = String(contract.status ?? (contract.output || contract.produces ? 200 : 204))
  const headers =
    contract.versioned && contract.output
      ? { headers: { ETag: { description: 'Version of the record', schema: { type: 'string' } } } }
      : {}
  if (contract.produces)
    return { [status]: { description: 'A stream', content: { [contract.produces]: { schema: { type: 'string' } } } } }
  if (!contract.output) return { [status]: { description: 'Done' } }
  return {
    [status]: {
      description: 'Done',
      ...headers,
      content: { 'application/json': { schema: schemas.of(contract.output, 'output') } },
    },
  }
}

/** Everything an operation may answer besides success; by status, since several errors may share one. */
function errorsOf(contract: Route, names: boolean): ErrorCode[] {
  const changes = contract.method !== 'GET'
  return [
    ...(contract.permission === 'public' ? [] : (['not-signed-in'] as const)),
    ...(contract.permission === 'public' || (contract.permission === 'signed-in' && !changes)
      ? []
      : (['not-allowed'] as const)),
    ...(changes ? (['csrf'] as const) : []),
    ...(contract.body ? (['not-json', 'unsupported-media', 'too-large'] as const) : []),
    'invalid-input',
    ...(names ? (['not-found'] as const) : []),
    ...(contract.idempotent ? (['key-reused', 'in-progress'] as const) : []),
    ...(contract.query && 'cursor' in contract.query.shape ? (['bad-cursor'] as const) : []),
    ...(contract.errors ?? []),
    'too-many-requests',
    'not-ready',
    'busy',
    ...(changes ? (['disk-full'] as const) : []),
    'internal',
  ]
}

/** One description for each set of errors that share a status, told once for all operations that may answer it. */
function failures(contract: Route, names: boolean, schemas: Schemas): ApiOperation['responses'] {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(errorsOf(contract, names)))
    byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code])
  const responses: ApiOperation['responses'] = {}
  for (const [status, codes] of byStatus) {
    const name = codes.join('_or_')
    schemas.failures.set(name, {
      description: codes.map((code) => `\`${code}\`: ${ERRORS[code].what.en} ${ERRORS[code].remedy.en}`).join('\n\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    responses[String(status)] = { $ref: `#/components/responses/${name}` }
  }
  return responses
}
