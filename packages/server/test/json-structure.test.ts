import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LARGEST_STRUCTURE, structureOf } from '../src/http/json-structure.ts'

test('what stands in strings of a long body is no structure, whatever it holds; what stands outside is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(200), (part, more) => {
      const long = 'x'.repeat(LARGEST_STRUCTURE)
      const text = JSON.stringify({ text: `${long}${part}"\\`, more: Array.from({ length: more }, (_, i) => i) })
      const outside = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '""').length
      expect(structureOf(text)).toBe(outside)
    }),
  )
})

test('a long body that is no JSON is counted to its end', () => {
  expect(structureOf('"'.padEnd(LARGEST_STRUCTURE * 3, 'x'))).toBeGreaterThan(LARGEST_STRUCTURE)
  expect(structureOf('['.repeat(LARGEST_STRUCTURE * 3))).toBeGreaterThan(LARGEST_STRUCTURE)
})
