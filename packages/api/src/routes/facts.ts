import { KIND_NAMES, KINDS } from '@sente/engine'
import type { KindName } from '@sente/engine'
import { z } from 'zod'
import { FIELD_SCHEMAS } from '../records/kinds.ts'
import type { FieldSchemas } from '../records/kinds.ts'
import { Id } from '../records/shapes.ts'
import { route } from '../route.ts'
import { factShape, Page, pageOf, patchOf } from '../records/records.ts'

const inDeal = z.strictObject({ dealId: Id })
const inFact = z.strictObject({ dealId: Id, id: Id })

/** The four operations on the facts of a kind. */
function factRoutes<K extends KindName>(kind: K) {
  const { path } = KINDS[kind]
  const fields = FIELD_SCHEMAS[kind]
  const base = `/deals/{dealId}/${path}` as const
  const item = factShape(kind)
  return {
    list: route({
      method: 'GET',
      path: base,
      tag: 'Facts',
      summary: `List the ${path} of a deal in the order in which they were written down`,
      permission: 'deals:read',
      params: inDeal,
      query: z.strictObject(Page),
      output: pageOf(item),
      errors: ['bad-cursor'],
    }),
    create: route({
      method: 'POST',
      path: base,
      tag: 'Facts',
      summary: `Add to the ${path} of a deal`,
      permission: 'deals:write',
      params: inDeal,
      body: z.strictObject({ id: Id.optional(), ...fields }) as unknown as z.ZodObject<
        FieldSchemas<K> & { id: z.ZodOptional<typeof Id> }
      >,
      output: item,
      status: 201,
      idempotent: true,
      versioned: true,
      errors: ['conflict'],
    }),
    update: route({
      method: 'PATCH',
      path: `${base}/{id}`,
      tag: 'Facts',
      summary: `Correct one of the ${path} of a deal`,
      permission: 'deals:write',
      params: inFact,
      body: patchOf(fields) as unknown as z.ZodObject<{
        [F in keyof FieldSchemas<K>]: z.ZodOptional<z.ZodNullable<FieldSchemas<K>[F] & z.ZodType>>
      }>,
      output: item,
      versioned: true,
      errors: ['changed-since', 'conflict'],
    }),
    remove: route({
      method: 'DELETE',
      path: `${base}/{id}`,
      tag: 'Facts',
      summary: `Take one of the ${path} out of a deal; the audit trail keeps it`,
      permission: 'deals:write',
      params: inFact,
      versioned: true,
      errors: ['changed-since', 'in-use'],
    }),
  }
}

export const facts = Object.fromEntries(KIND_NAMES.map((kind) => [kind, factRoutes(kind)])) as {
  [K in KindName]: ReturnType<typeof factRoutes<K>>
}
