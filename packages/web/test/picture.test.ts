/// <reference lib="dom" />
import { readFile } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import { brief, parseDeal, plainDate } from '@sente/engine'
import { headlineWords, WORDS } from '@sente/picture'
import { METHOD } from '../../engine/test/support/method.ts'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { violations } from './axe.ts'

/** A test machine may be busy with other tests. */
vi.setConfig({ testTimeout: 240_000 })
const SOON = { timeout: 60_000 }

interface Look {
  lang?: 'en' | 'zh'
  scheme?: 'light' | 'dark'
  width?: number
}

/** A story in a real browser, in a language, a theme and a width. */
const story = (
  address: string,
  { lang = 'en', scheme = 'light', width = 1280 }: Look,
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  withWeb('stories', (origin) =>
    withPage(
      async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('sente.lang', chosen), lang)
        await page.goto(`/?story=${address}`)
        await page.waitForSelector('[role=application] svg')
        await use(page)
      },
      { origin, viewport: { width, height: 900 }, colorScheme: scheme, acceptDownloads: true },
    ),
  )

const PLANNED = 'picture&deal=1&on=2025-04-15&plan'
const plot = (page: Page) => page.getByRole('application')

/** What the first example says of its lead on a day, by the engine. */
async function headline(on: string): Promise<string> {
  const folder = new URL('../../../examples/', import.meta.url)
  const text = await readFile(new URL('1-loved-early-killed-late.yaml', folder), 'utf8')
  const parsed = parseDeal(parse(text), METHOD)
  if (!('deal' in parsed)) throw new Error('the example is not a deal')
  const { closedOn: _, reason: __, ...deal } = parsed.deal
  return headlineWords(brief({ ...deal, status: 'open' }, METHOD, plainDate(on)), WORDS.en)
}

/** The line of what will be ready, and of what is, as the browser has it. */
const ready = (page: Page, strip: number): Promise<string> =>
  page
    .locator('[role=application] g.strip')
    .nth(strip)
    .locator('.plan, .ready')
    .evaluateAll((nodes) => nodes.map((node) => node.outerHTML).join(' '))

async function centre(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = (await page.locator(selector).first().boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

describe('the picture', () => {
  test.each([
    ['en', 'light', 1280],
    ['zh', 'dark', 1280],
    ['zh', 'light', 360],
    ['en', 'dark', 360],
  ] as const)(
    'in %s, %s, %i px wide: says the lead, fits, and has no fault that axe knows',
    async (lang, scheme, width) => {
      await story(PLANNED, { lang, scheme, width }, async (page) => {
        expect(await page.locator('html').getAttribute('lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en')
        await page
          .getByText(lang === 'zh' ? /^(先手|落后) \d+ 天$/ : /^\d+ days (ahead|behind)$/)
          .first()
          .waitFor()
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBeLessThanOrEqual(0)
        expect(await violations(page)).toEqual([])
        const [x, y] = width < 640 ? [150, 120] : [500, 300]
        await plot(page).click({ position: { x, y } })
        await page.getByRole('dialog').waitFor()
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test('explains the point under the pointer, with its reasons', async () => {
    await story(PLANNED, {}, async (page) => {
      const box = (await page.locator('g.phases').boundingBox())!
      await page.mouse.move(box.x + box.width * 0.38, box.y + box.height * 0.5)
      const said = page.getByRole('tooltip')
      await said.waitFor()
      expect(await said.textContent()).toMatch(/Definition and approval \d+%/)
      expect(await said.textContent()).toContain('What speaks for it')
      await page.mouse.move(2, 2)
      await said.waitFor({ state: 'detached' })
    })
  })

  test('is read by keys alone: through time, rows and marks, and said aloud', async () => {
    await story(PLANNED, { lang: 'zh' }, async (page) => {
      const live = page.locator('[aria-live=polite]')
      await plot(page).focus()
      await page.keyboard.press('Home')
      await page.waitForFunction(() =>
        document.querySelector('[aria-live=polite]')!.textContent.includes('2025年4月15日'),
      )
      await page.keyboard.press('ArrowLeft')
      await page.waitForFunction(() =>
        document.querySelector('[aria-live=polite]')!.textContent.includes('2025年4月14日'),
      )
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
      expect(await live.textContent()).toContain('风险')
      // From the concerns on to the marks: another one each time.
      await page.keyboard.press('ArrowDown')
      const flag = await live.textContent()
      await page.keyboard.press('ArrowRight')
      expect(await live.textContent()).not.toBe(flag)
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })
  })

  test('shows what was known on an earlier day, and comes back', async () => {
    await story('picture&deal=1&on=2025-04-15', {}, async (page) => {
      const slider = page.getByRole('slider', { name: 'Look from an earlier day' })
      const before = await page.locator('[role=application] g.phases').innerHTML()
      await slider.focus()
      for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft')
      await page.getByText('As known on 6 Mar 2025').waitFor()
      await page
        .getByText(await headline('2025-03-06'), { exact: true })
        .first()
        .waitFor()
      expect(await page.locator('[role=application] g.phases').innerHTML()).not.toBe(before)
      await page.getByRole('button', { name: 'Back to today' }).click()
      await page
        .getByText(await headline('2025-04-15'), { exact: true })
        .first()
        .waitFor()
      expect(await page.locator('[role=application] g.phases').innerHTML()).toBe(before)
    })
  })
})

describe('what is planned', () => {
  test('is dragged, the line of what will be ready moves with it, and the change can be taken back', async () => {
    await story(PLANNED, {}, async (page) => {
      const proof = 'g[role=slider][data-kind=proof]'
      const before = await ready(page, 3)
      const { x, y } = await centre(page, proof)
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 60, y)
      await page.mouse.move(x + 140, y)
      // While it is held, before it is kept.
      await expect.poll(() => ready(page, 3), SOON).not.toBe(before)
      expect(await page.locator('#last-edit').textContent()).toBe('')
      await page.mouse.up()
      await expect.poll(() => page.locator('#last-edit').textContent(), SOON).toMatch(/"kind":"proof-ready"/)
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect.poll(() => ready(page, 3), SOON).toBe(before)
    })
  })

  test('is moved by keys, a day or a week at a time', async () => {
    await story(PLANNED, {}, async (page) => {
      const step = page.locator('g[role=slider][data-kind=step]').first()
      const day = Number(await step.getAttribute('aria-valuenow'))
      await step.focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => step.getAttribute('aria-valuenow'), SOON).toBe(String(day + 1))
      await page.keyboard.press('Shift+ArrowLeft')
      await expect.poll(() => step.getAttribute('aria-valuenow'), SOON).toBe(String(day - 6))
      expect(await step.getAttribute('aria-valuetext')).toBe('30 Apr 2025')
    })
  })

  test('a proof is started from its flag, and one that is presented moves the line of what is ready at once', async () => {
    await story(PLANNED, {}, async (page) => {
      await page.locator('[role=application] g.strip').first().scrollIntoViewIfNeeded()
      await plot(page).focus()
      await page.keyboard.press('Home')
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      const edit = (): Promise<string | null> => page.locator('#last-edit').textContent()
      await page.getByRole('button', { name: 'Start it' }).first().click()
      await expect.poll(edit, SOON).toMatch(/"kind":"proof-/)

      const before = await ready(page, 3)
      const strip = (await page.locator('[role=application] g.strip').nth(3).boundingBox())!
      await page.mouse.click(strip.x + strip.width * 0.7, strip.y + 20)
      await page.getByLabel('Shareholder or parent support letter: Status').selectOption('presented')
      await expect.poll(edit, SOON).toMatch(/"presented"/)
      await expect.poll(() => ready(page, 3), SOON).not.toBe(before)
    })
  })

  test('cannot be changed by whoever may only read', async () => {
    await story(`${PLANNED}&read`, {}, async (page) => {
      expect(await page.locator('g[role=slider]').count()).toBe(0)
    })
  })
})

test('it is printed on white from a dark screen, within the sheet', async () => {
  await story(PLANNED, { scheme: 'dark' }, async (page) => {
    const scheme = (): Promise<string | null> => page.locator('html').getAttribute('data-mantine-color-scheme')
    await expect.poll(scheme, SOON).toBe('dark')
    await page.setViewportSize({ width: 794, height: 1123 })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect.poll(scheme, SOON).toBe('light')
    expect(await page.getByRole('slider', { name: 'Look from an earlier day' }).isVisible()).toBe(false)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0)
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await expect.poll(scheme, SOON).toBe('dark')
  })
})

test('it is saved as a drawing and as an image, with Chinese letters drawn', async () => {
  await story('picture&deal=2&on=2024-12-01', { lang: 'zh' }, async (page) => {
    const saved = async (name: RegExp): Promise<Buffer> => {
      await page.getByRole('button', { name: '保存图片' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ])
      return readFile(await download.path())
    }
    const svg = (await saved(/SVG/)).toString()
    expect(svg).toMatch(/^<svg xmlns=/)
    expect(svg).toContain('落后')
    const png = await saved(/PNG/)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(2400)
  })
})
