/// <reference lib="dom" />
import { describe, expect, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { violations } from './axe.ts'

/** A test machine may be busy with other tests. */
vi.setConfig({ testTimeout: 240_000 })
const SOON = { timeout: 60_000 }

const open = (
  address: string,
  { lang = 'en', scheme = 'light', width = 1280 }: { lang?: string; scheme?: 'light' | 'dark'; width?: number },
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        await page.addInitScript(
          (chosen) => localStorage.setItem('sente.lang', localStorage.getItem('sente.lang') ?? chosen),
          lang,
        )
        await page.goto(address)
        await use(page)
      },
      { origin, viewport: { width, height: 800 }, colorScheme: scheme },
    ),
  )

describe('the method', () => {
  test.each([
    ['/method', 'en', 'light', 1280],
    ['/method', 'zh', 'dark', 360],
    ['/method/people', 'zh', 'light', 1280],
    ['/method/signals/asks_local_support', 'en', 'dark', 1280],
    ['/method/plays/exec_discovery', 'zh', 'light', 360],
    ['/method/rules/R02_sales_ahead_of_buying', 'en', 'light', 1280],
    ['/method/topics/vendor_viability', 'en', 'dark', 360],
    ['/method/presets/four-letters', 'zh', 'dark', 1280],
  ] as const)(
    '%s in %s, %s, %i px: opens by its address, fits, and has no fault that axe knows',
    async (address, lang, scheme, width) => {
      await open(address, { lang, scheme, width }, async (page) => {
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.locator('h2').first().waitFor()
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBeLessThanOrEqual(0)
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test('finds a signal by words of either language, and keeps words and filter in its address', async () => {
    await open('/method/signals', {}, async (page) => {
      const entries = page.locator('section ul li')
      await entries.first().waitFor()
      const all = await entries.count()
      await page.getByRole('searchbox').fill('办事处')
      await expect.poll(() => entries.count(), SOON).toBeLessThan(all)
      await entries.first().getByRole('link').click()
      await page.waitForURL(/\/method\/signals\/\w+\?q=/)
      await page.getByLabel('Phase', { exact: true }).selectOption('commit')
      await page.waitForURL(/phase=commit/)
      await page.getByText('Nothing fits these words and filters.').or(entries.first()).first().waitFor()
    })
  })

  test('moves a line through the curves by keys', async () => {
    await open('/method', {}, async (page) => {
      const curves = page.getByRole('slider')
      await curves.focus()
      for (let i = 0; i < 8; i++) await page.keyboard.press('PageDown')
      expect(await curves.getAttribute('aria-valuetext')).toMatch(/80% of the process.*Risk 8\d/)
    })
  })
})

describe('what stands around every screen', () => {
  test('switches language and theme, and remembers them', async () => {
    await open('/method', {}, async (page) => {
      await page.getByRole('button', { name: /switch to Chinese/ }).click()
      await page.getByRole('heading', { level: 1, name: '方法' }).waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
      await page.getByRole('button', { name: '外观' }).click()
      await page.getByRole('menuitem', { name: '深色' }).click()
      await page.reload()
      await page.getByRole('heading', { level: 1, name: '方法' }).waitFor()
      expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    })
  })

  test('opens search and help by keys and goes to places by two keys', async () => {
    await open('/method', {}, async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('Control+k')
      await page
        .getByRole('textbox', { name: 'Search' })
        .or(page.getByRole('combobox', { name: 'Search' }))
        .first()
        .fill('plays')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/method\/plays/)
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Go to Deals').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('g')
      await page.keyboard.press('s')
      await page.waitForURL(/\/settings/)
    })
  })

  test('says so when an address leads nowhere', async () => {
    await open('/no/such/place', {}, async (page) => {
      await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    })
  })
})
