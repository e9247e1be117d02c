import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { plainDate } from '@sente/engine'
import { withPage } from '../../../scripts/test-browser.ts'
import { MODEL_FILE, reader, SIGNALS } from './open.ts'

const NOTES = [
  '上周五见了林总，立项会通过了，编号下来了。财务张总问我们公司才三年，以后还在不在。听说另一家去年就上了。',
  'The RFP is out. Last Friday their CEO had lunch with our competitor. 采购要求再降十个点。 We plan to ask for a visit.',
  'no marks at all here the cfo wants audited accounts and they asked who comes on sunday night when it breaks procurement says the other offer is cheaper',
]

test('the reader runs unchanged in a browser, with the model handed over as bytes, and reads the same as in Node', async () => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('../src/index.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'sente' })
  await bundle.close()
  const [{ code }] = output
  expect(code).not.toMatch(/\bnode:|\brequire\(/)

  const read = await withPage(async (page) => {
    await page.addScriptTag({ content: code })
    return page.evaluate(
      ([model, signals, notes]) => {
        const { sente } = globalThis as unknown as { sente: typeof import('../src/index.ts') }
        const there = sente.openReader(
          Uint8Array.from(atob(model), (character) => character.charCodeAt(0)),
          signals,
        )
        return notes.map((text) =>
          there.read({ on: '2025-03-19' as never, text }, { people: [{ id: 'zhang', name: '张卫东' }] }),
        )
      },
      [MODEL_FILE.toString('base64'), SIGNALS, NOTES] as const,
    )
  })
  const here = NOTES.map((text) =>
    reader.read({ on: plainDate('2025-03-19'), text }, { people: [{ id: 'zhang', name: '张卫东' }] }),
  )
  expect(here.flat().length).toBeGreaterThan(3)
  // `Math.exp` and `Math.log` may differ in the last bits, a rounded confidence by a hundredth.
  const plain = (list: typeof here) => list.map((found) => found.map((one) => ({ ...one, confidence: 0 })))
  expect(plain(read)).toEqual(plain(here))
  read
    .flat()
    .forEach(({ confidence }, i) => expect(Math.abs(confidence - here.flat()[i]!.confidence)).toBeLessThan(0.011))
})
