import { FIELD_SCHEMAS } from '@sente/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { allows } from '../src/features/deal/forms/allows.ts'
import type { Limit } from '../src/features/deal/forms/allows.ts'

describe('what a form lets through', () => {
  test('is what the contract lets through, field by field', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '2026-11-25',
        '2026-13-01',
        'vendor',
        'asked',
        'a b',
        'need',
        '01930000-0000-7000-8000-000000000000',
      ),
    )
    const value = fc.oneof(
      text,
      fc.double({ noNaN: true, min: -20, max: 20_000 }),
      fc.integer({ min: -3, max: 6 }),
      fc.boolean(),
      fc.array(text, { maxLength: 4 }),
    )
    for (const [kind, fields] of Object.entries(FIELD_SCHEMAS)) {
      for (const [name, schema] of Object.entries(fields as Record<string, z.ZodType>)) {
        const limit = (
          z.toJSONSchema(z.object({ [name]: schema }), { io: 'input', unrepresentable: 'any' }) as {
            properties: Record<string, Limit>
          }
        ).properties[name]!
        // Records are judged by the server alone.
        if (limit.type === 'object') continue
        fc.assert(
          fc.property(value, (tried) => {
            // Blanks around a text are cut off by the contract; a form does so before.
            if ([tried].flat().some((one) => typeof one === 'string' && one !== one.trim())) return
            const may = schema.safeParse(tried).success
            expect([kind, name, tried, allows(limit, tried)]).toEqual([kind, name, tried, may])
          }),
          { numRuns: 60 },
        )
      }
    }
  })
})
