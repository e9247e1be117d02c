/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { openDealPage, settled } from './support/deal-page.ts'

const SECTIONS = [
  'brief',
  'evidence',
  'people',
  'proofs',
  'risks',
  'value',
  'process',
  'plan',
  'game',
  'joint',
  'outlook',
  'history',
]

describe('every section of a deal', () => {
  test.each([
    ['en', 'light', 1280],
    ['zh', 'dark', 360],
  ] as const)(
    'in %s, %s, %i px: fits, and has no fault that axe knows',
    async (lang, scheme, width) => {
      await openDealPage('brief', { lang, scheme, width }, async (page, api) => {
        for (const section of SECTIONS) {
          await page.goto(`/deals/${api.dealId}/${section}`)
          await page.locator('section h2').first().waitFor()
          await settled(page)
          expect([
            section,
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          ]).toEqual([section, 0])
          expect([section, await violations(page)]).toEqual([section, []])
        }
      })
    },
    240_000,
  )

  test('stands under the picture, and prints without buttons', async () => {
    await openDealPage('brief', { picture: true }, async (page) => {
      await page.getByRole('application').waitFor()
      await page.emulateMedia({ media: 'print' })
      await page.getByRole('button', { name: 'Disagree' }).waitFor({ state: 'hidden' })
      expect(await page.getByRole('heading', { name: 'Findings' }).isVisible()).toBe(true)
    })
  })
})

describe('whoever may only read', () => {
  test('sees every section without a single thing to change', async () => {
    await openDealPage('brief', { write: false }, async (page, api) => {
      for (const section of SECTIONS) {
        await page.goto(`/deals/${api.dealId}/${section}`)
        await page.locator('section h2').first().waitFor()
        expect([
          section,
          await page.getByRole('button', { name: /^(Edit: |Add|Remove|Plan it|Keep note|Reject|Confirm)/ }).count(),
        ]).toEqual([section, 0])
      }
    })
  }, 120_000)
})
