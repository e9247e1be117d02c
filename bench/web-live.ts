/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import type { DealRow } from '@sente/api'
import { sampleServer } from '../scripts/pictures/sample-server.ts'
import type { SampleServer } from '../scripts/pictures/sample-server.ts'
import { withPage } from '../scripts/test-browser.ts'

/** Figures of the application at the real server with the sample team in it, in milliseconds and bytes. */
export interface Live {
  /** First paint with content of a deal's page, nothing cached; median of five browsers' sessions. */
  content: number
  /** Until the picture is drawn and takes keys. */
  interactive: number
  rows: number
  /** The longest that a frame kept waiting while the table was scrolled from top to bottom. */
  longest: number
  /** Heap after ten and after sixty changes of screen, both after a collection. */
  heap: { before: number; after: number }
}

const ROWS = 100_000

export async function live(): Promise<Live> {
  const server = await sampleServer()
  try {
    const opened: { content: number; interactive: number }[] = []
    for (let i = 0; i < 5; i++) opened.push(await atServer(server, (page, dealId) => openDeal(page, dealId)))
    const middle = (values: number[]): number => values.sort((a, b) => a - b)[2]!
    const scrolled = await atServer(server, scroll)
    const heap = await atServer(server, wander)
    return {
      content: middle(opened.map(({ content }) => content)),
      interactive: middle(opened.map(({ interactive }) => interactive)),
      ...scrolled,
      heap,
    }
  } finally {
    await server.close()
  }
}

function atServer<T>(server: SampleServer, use: (page: Page, dealId: string) => Promise<T>): Promise<T> {
  return withPage(
    async (page) => {
      page.setDefaultTimeout(120_000)
      await page.request.post('/api/v1/auth/sign-in', {
        data: { email: server.email, password: server.password },
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      const { items } = (await (await page.request.get('/api/v1/deals?limit=100')).json()) as { items: DealRow[] }
      return use(page, items.find(({ name }) => name === 'Condition monitoring')!.id)
    },
    { origin: server.origin, viewport: { width: 1280, height: 800 }, mayFail: true },
  )
}

async function openDeal(page: Page, dealId: string): Promise<{ content: number; interactive: number }> {
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('input[type=range]')) Object.assign(window, { there: performance.now() })
      else requestAnimationFrame(look)
    }
    look()
  })
  await page.goto(`/deals/${dealId}`)
  await page.waitForFunction(() => 'there' in window)
  return page.evaluate(() => ({
    content: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    interactive: (window as unknown as { there: number }).there,
  }))
}

/** The list as the API would give it, a row of the sample a hundred thousand times: what is measured is the table, not the server. */
async function scroll(page: Page): Promise<{ rows: number; longest: number }> {
  const { items } = (await (await page.request.get('/api/v1/deals?limit=1')).json()) as { items: DealRow[] }
  await page.route('**/api/v1/deals?*', (route) => {
    const query = new URL(route.request().url()).searchParams
    const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 50)]
    const to = Math.min(ROWS, from + limit)
    const rows = Array.from({ length: to - from }, (_, i) => ({
      ...items[0]!,
      id: `01970000-0000-7000-8000-${String(from + i).padStart(12, '0')}`,
      name: `Deal ${from + i + 1}`,
    }))
    return route.fulfill({ json: { items: rows, ...(to < ROWS && { next: String(to) }) } })
  })
  await page.goto('/deals')
  await page.getByRole('link', { name: 'Deal 1', exact: true }).waitFor()
  const frame = page.getByRole('region', { name: /Deals|商机/ })
  const height = (): Promise<number> => frame.evaluate((node) => node.scrollHeight)
  // Down to the end as pages come.
  while ((await height()) < ROWS * 40) await frame.evaluate((node) => void (node.scrollTop = node.scrollHeight))
  return frame.evaluate(async (node, rows) => {
    node.scrollTop = 0
    await new Promise((done) => setTimeout(done, 1000))
    let [longest, last] = [0, performance.now()]
    for (let step = 0; step <= 300; step++) {
      // By a few rows at a time, and now and then far, as who looks for something does.
      node.scrollTop = step % 30 === 0 ? (step / 300) * node.scrollHeight : node.scrollTop + 180
      const now = await new Promise<number>((done) => requestAnimationFrame(done))
      if (step > 0) longest = Math.max(longest, now - last)
      last = now
    }
    return { rows, longest }
  }, ROWS)
}

/** From screen to screen by keys, as one does all day. */
async function wander(page: Page, dealId: string): Promise<{ before: number; after: number }> {
  await page.goto(`/deals/${dealId}`)
  await page.locator('input[type=range]').waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value
  }
  const round = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      await page.keyboard.press('g')
      await page.keyboard.press(i % 2 === 0 ? 'd' : 't')
      await page.waitForURL(i % 2 === 0 ? /\/deals$/ : /\/$/)
      await page.locator('h1').first().waitFor()
      if (i % 4 === 0) {
        await page.getByRole('link', { name: 'Condition monitoring', exact: true }).first().click()
        await page.locator('input[type=range]').waitFor()
      }
    }
  }
  await round(10)
  const before = await heap()
  await round(50)
  return { before, after: await heap() }
}
