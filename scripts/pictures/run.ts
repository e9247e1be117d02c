// `npm run pictures [-- NAME…] [--dark]`: the main screens in both languages, from the sample team, into docs/pictures.
/// <reference lib="dom" />
import type { Lang } from '@sente/engine'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient, routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { withPage } from '../test-browser.ts'
import { compact } from './png.ts'
import { sampleServer } from './sample-server.ts'
import type { SampleServer } from './sample-server.ts'
import { DEALS, SCREENS } from './screens.ts'
import type { Screen } from './screens.ts'

const SIZE = 250_000
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'))
const dark = process.argv.includes('--dark')
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
// Dark ones are to look at, not to keep.
const folder = process.env.SENTE_PICTURES ?? fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mantine-Skeleton-root').length === 0)
  await page.evaluate(() => document.fonts.ready)
  // Lists that load beside what was waited for, and the map finding its place.
  await page.waitForTimeout(900)
}

async function signedIn(page: Page, server: SampleServer, lang: Lang): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('sente.lang', chosen), lang)
  const answer = await page.request.post('/api/v1/auth/sign-in', {
    data: { email: server.email, password: server.password },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  if (!answer.ok()) throw new Error(await answer.text())
}

async function placeOf(page: Page, origin: string, lang: Lang): Promise<{ deal: string; account: string }> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const api = createClient({
    server: origin,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } }),
  })
  const { items } = await api.call(routes.deals.list, { query: { limit: 100 } })
  const deal = items.find(({ name }) => name === DEALS[lang])
  if (!deal) throw new Error(`the sample has no deal “${DEALS[lang]}”`)
  return { deal: deal.id, account: deal.account!.id }
}

function take(server: SampleServer, lang: Lang, phone: boolean, list: readonly Screen[]): Promise<void> {
  const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
  return withPage(
    async (page) => {
      page.setDefaultTimeout(60_000)
      await signedIn(page, server, lang)
      const place = await placeOf(page, server.origin, lang)
      for (const { name, address, before, height } of list) {
        await page.setViewportSize({ ...viewport, height: height ?? viewport.height })
        await page.goto(address(place))
        await settled(page)
        await before?.(page, lang)
        await page.waitForTimeout(before ? 700 : 0)
        const png = compact(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
        const file = `${name}-${lang}${dark ? '-dark' : ''}.png`
        writeFileSync(`${folder}/${file}`, png)
        console.log(
          `${file.padEnd(22)} ${String(Math.round(png.length / 1000)).padStart(4)} kB${png.length > SIZE ? ', too large' : ''}`,
        )
        if (png.length > SIZE) process.exitCode = 1
      }
    },
    {
      origin: server.origin,
      viewport,
      deviceScaleFactor: 1.5,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      ...(phone && { hasTouch: true, isMobile: true }),
    },
  )
}

const server = await sampleServer()
try {
  for (const lang of ['en', 'zh'] as const) {
    for (const phone of [false, true]) {
      const list = screens.filter((screen) => (screen.phone ?? false) === phone)
      if (list.length > 0) await take(server, lang, phone, list)
    }
  }
} finally {
  await server.close()
}
