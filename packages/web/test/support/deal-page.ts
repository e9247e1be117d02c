/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { withPage } from '../../../../scripts/test-browser.ts'
import { withWeb } from '../../../../scripts/test-web.ts'
import { dealApi } from './deal-api.ts'
import type { DealApi } from './deal-api.ts'

interface How {
  lang?: 'en' | 'zh'
  scheme?: 'light' | 'dark'
  width?: number
  write?: boolean
  /** The picture is tested by itself; most tests here fold it away. */
  picture?: boolean
}

/** The page of an example deal, in a real browser, at a section. */
export const openDealPage = (
  section: string,
  { lang = 'en', scheme = 'light', width = 1280, write = true, picture = false }: How,
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write })
        await page.addInitScript(
          ([chosen, folded]) => {
            localStorage.setItem('sente.lang', chosen!)
            if (folded) localStorage.setItem('sente.picture', 'hidden')
          },
          [lang, picture ? '' : 'yes'],
        )
        await page.goto(`/deals/${api.dealId}/${section}`)
        await page.locator('section h2').first().waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 }, colorScheme: scheme },
    ),
  )

/** Stands still: nothing is waited for, letters are there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('.mantine-Skeleton-root').length === 0)
  await page.evaluate(() => document.fonts.ready)
}
