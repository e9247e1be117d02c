import fastJson from 'fast-json-stringify'
import { z } from 'zod'
import type { Route } from '@sente/client'
import { Json } from './operation.ts'

/** Writes the value of an answer as JSON. */
export type Write = (value: unknown) => string | Uint8Array

/** An answer that is not what its contract promises: a fault of the program. */
export class BrokenAnswer extends Error {
  constructor(contract: Route, why: string) {
    super(`${contract.method} ${contract.path} answers what its contract does not allow: ${why}`)
    this.name = 'BrokenAnswer'
  }
}

/**
 * In production a serializer is made from the schema: it is fast, and writes only what the contract names, so that no column slips out.
 * Where answers are checked (tests), Zod reads the written answer back and a difference is an error.
 */
export function writerOf(contract: Route, check: boolean): Write {
  const schema = contract.output!
  if (check) {
    return (value) => {
      const text = value instanceof Json ? value.text : JSON.stringify(value)
      const result = schema.safeParse(JSON.parse(typeof text === 'string' ? text : Buffer.from(text).toString()))
      if (!result.success) throw new BrokenAnswer(contract, z.prettifyError(result.error))
      return text
    }
  }
  let write: ((value: unknown) => string) | undefined
  return (value) => {
    if (value instanceof Json) return value.text
    // Made at the first use: making all of them would double the time of the start.
    write ??= compile(schema)
    return write(value)
  }
}

/** Exported for the test that compares it with JSON.stringify. */
export function compile(schema: z.ZodType): (value: unknown) => string {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'output', reused: 'inline' })
  delete json['$schema']
  // Values decide which branch of a union is written, and a pattern that one of them does not match would lose it; the types tell the branches apart.
  return fastJson(json as Parameters<typeof fastJson>[0], { rounding: 'round' }) as (value: unknown) => string
}
