import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { brief } from '@sente/engine'
import { asOfs, rawDeals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

/** Where two briefs differ by more than the last bits, which `Math.exp` and `Math.log` may round otherwise in another engine. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(a)) ? [] : [`${path}: ${a} ${b}`]
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object')
    return a === b ? [] : [`${path}: ${String(a)} ${String(b)}`]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`),
  )
}

test('the engine and the method run unchanged in a browser and give the same brief as in Node', async () => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('./support/browser-entry.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'iife' })
  await bundle.close()
  const [{ code }] = output
  expect(code).not.toMatch(/\bnode:|\brequire\(/)

  await withPage(async (page) => {
    await page.addScriptTag({ content: code })
    for (const [file, asOf] of fc.sample(fc.tuple(rawDeals, asOfs), { numRuns: 12, seed: 20_251_124 })) {
      const there = await page.evaluate(
        ([raw, day]) =>
          (globalThis as unknown as { briefBytes: (raw: unknown, asOf: string) => string }).briefBytes(raw, day),
        [file, asOf as string] as const,
      )
      expect(differences(JSON.parse(there), JSON.parse(JSON.stringify(brief(read(file), METHOD, asOf))))).toEqual([])
    }
  })
})
