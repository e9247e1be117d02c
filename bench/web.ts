/// <reference lib="dom" />
import { gzipSync } from 'node:zlib'
import { withPage } from '../scripts/test-browser.ts'
import { withWeb } from '../scripts/test-web.ts'

/** Gzipped JavaScript, in bytes, that a browser asks for before a deal's page stands still. No server is there: no data comes. */
export async function initialScript(): Promise<number> {
  let bytes = 0
  await withWeb('production', async (origin) => {
    await withPage(
      async (page) => {
        page.on('response', (response) => {
          if (new URL(response.url()).pathname.endsWith('.js'))
            void response.body().then((body) => (bytes += gzipSync(body).length))
        })
        await page.goto('/deals/none')
        await page.waitForTimeout(5000)
      },
      // Without a server the page says so, aloud.
      { origin, mayFail: true },
    )
  })
  return bytes
}

export interface Drag {
  moves: number
  /** Milliseconds of the page's main thread for one move of the pointer: script, style, layout. */
  work: number
  /** Of the frames while dragging. */
  p95: number
}

/** Drags a proof of a deal with 200 facts through two hundred places, as fast as a pointer reports them. */
export async function drag(): Promise<Drag> {
  return withWeb('stories', (origin) =>
    withPage(
      async (page) => {
        await page.goto('/?story=large')
        const handle = page.locator('g[role=slider][data-kind=proof]').first()
        const box = (await handle.boundingBox())!
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
        const session = await page.context().newCDPSession(page)
        await session.send('Performance.enable')
        const spent = async (): Promise<number> =>
          (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value *
          1000
        await page.mouse.move(x, y)
        await page.mouse.down()
        // Warm, as after the first half second of any drag.
        for (let i = 0; i < 100; i++) await page.mouse.move(x + (i % 100), y)
        await page.evaluate(() => {
          const frames: number[] = []
          Object.assign(window, { frames })
          let last = performance.now()
          const next = (now: number): void => {
            frames.push(now - last)
            last = now
            requestAnimationFrame(next)
          }
          requestAnimationFrame(next)
        })
        const moves = 200
        const before = await spent()
        for (let i = 0; i < moves; i++) await page.mouse.move(x + (i % 100), y)
        const work = ((await spent()) - before) / moves
        await page.mouse.up()
        const frames = (await page.evaluate(() => (window as unknown as { frames: number[] }).frames)).sort(
          (a, b) => a - b,
        )
        return { moves, work, p95: frames[Math.floor(frames.length * 0.95)]! }
      },
      { origin, viewport: { width: 1280, height: 1100 } },
    ),
  )
}
