import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { brief, loadMethodology, meetingPage, parseDeal, plainDate, sheetOf } from '@sente/engine'
import type { Deal } from '@sente/engine'
import { files } from '@sente/methodology'
import { meetingHtml } from '@sente/picture'
import { withPage } from '../../../scripts/test-browser.ts'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error('the method has faults')
const METHOD = loaded.methodology

function story(name: string): Deal {
  const file = new URL(`../../../examples/${name}.yaml`, import.meta.url)
  const result = parseDeal(parse(readFileSync(file, 'utf8')), METHOD)
  if ('faults' in result) throw new Error(`${name} has faults`)
  return result.deal
}

const MEETINGS = [
  ['4-late-but-risk-first', '2025-08-20', ['brandt', 'osei'], 'trust_reconfirm'],
  ['4-late-but-risk-first', '2025-06-05', ['osei', 'varga', 'holm'], 'risk_workshop'],
  ['5-early-and-right', '2024-10-10', ['qiao', 'jiang', 'pan'], 'trust_reconfirm'],
  ['2-deputy-won-top-lost', '2024-11-20', ['he'], undefined],
  ['1-loved-early-killed-late', '2025-08-10', ['tang'], undefined],
] as const

test('a meeting with the long records of the examples prints on one sheet, A4 and Letter, in both languages', async () => {
  const sheets: string[] = []
  await withPage(async (page) => {
    for (const [name, on, people, play] of MEETINGS) {
      const deal = story(name)
      const result = meetingPage(deal, brief(deal, METHOD, plainDate(on)), METHOD, {
        with: people,
        ...(play !== undefined && { play }),
      })!
      for (const lang of ['en', 'zh'] as const) {
        await page.setContent(meetingHtml(sheetOf(result, METHOD, lang)))
        for (const format of ['A4', 'Letter'] as const) {
          const pdf = (await page.pdf({ format, printBackground: true })).toString('latin1')
          const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length
          if (pages !== 1) sheets.push(`${name} ${lang} ${format}: ${pages} sheets`)
        }
      }
    }
  })
  expect(sheets).toEqual([])
}, 60_000)

test('the page is one file: no script, nothing fetched, what people wrote is escaped', () => {
  const deal = { ...story('4-late-but-risk-first'), name: '<script>alert(1)</script>' }
  const result = meetingPage(deal, brief(deal, METHOD, plainDate('2025-08-20')), METHOD, { with: ['brandt'] })!
  const html = meetingHtml(sheetOf(result, METHOD, 'en'))
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/\b(?:src|href)=|url\(/)
})
