import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtWeb } from '../../../scripts/built-web.ts'
import { withPage } from '../../../scripts/test-browser.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'`

const base = mkdtempSync(join(tmpdir(), 'sente-worker-'))
const [first, second] = [join(base, 'first'), join(base, 'second')]
let served = first
let pages = 0
let asked: string[] = []
/** Answers that fail before the next one comes. */
let failing = 0
let server: Server
const origin = (): string => `http://127.0.0.1:${(server.address() as { port: number }).port}`

/** The next version: its entry and the part for searching have other names, as after any change. */
function nextVersion(): void {
  cpSync(first, second, { recursive: true })
  const worker = readFileSync(join(second, 'sw.js'), 'utf8')
  const names = [/entry:`\/assets\/([^`]+)`/.exec(worker)![1]!, /\/assets\/(search-[\w-]+\.js)/.exec(worker)![1]!]
  for (const name of names) renameSync(join(second, 'assets', name), join(second, 'assets', `next-${name}`))
  for (const path of [
    'sw.js',
    'index.html',
    ...readdirSync(join(second, 'assets'))
      .filter((name) => name.endsWith('.js'))
      .map((name) => `assets/${name}`),
  ]) {
    const text = readFileSync(join(second, path), 'utf8')
    writeFileSync(
      join(second, path),
      names
        .reduce((now, name) => now.replaceAll(name, `next-${name}`), text)
        .replace(/version:`\w+`/, 'version:`next`'),
    )
  }
}

beforeAll(async () => {
  cpSync(await builtWeb(), first, { recursive: true })
  nextVersion()
  server = createServer((request, answer) => {
    const { pathname } = new URL(request.url!, 'http://x')
    asked.push(pathname)
    const path = extname(pathname) === '' ? 'index.html' : pathname
    if (pathname.startsWith('/api/')) return void answer.writeHead(404).end()
    // What the worker fetches for the device, as against what the page loads.
    const isForDevice = pathname.startsWith('/assets/') && request.headers['sec-fetch-dest'] === 'empty'
    if (isForDevice && failing > 0) return void (failing--, answer.writeHead(503).end())
    try {
      const bytes = readFileSync(join(served, path))
      const nonce = `n${++pages}`
      answer.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
        'content-security-policy': policy(nonce),
      })
      answer.end(
        path === 'index.html'
          ? bytes.toString().replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`)
          : bytes,
      )
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
}, 240_000)
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => void server.close(done))
  rmSync(base, { recursive: true, force: true })
})

const entry = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')!.src)
const ready = (page: Page) =>
  page.waitForFunction(
    async () =>
      (await navigator.serviceWorker.ready).active?.state === 'activated' &&
      navigator.serviceWorker.controller !== null,
  )
/** There is no API behind it, and the page says so aloud. */
const options = () => ({
  origin: origin(),
  serviceWorkers: 'allow' as const,
  locale: 'en-GB',
  expects: /status of 404|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/,
})

describe('the service worker', () => {
  test('comes onto the device at a later try where a file did not come at the first', async () => {
    served = first
    failing = 1
    await withPage(
      async (page) => {
        await page.goto('/settings')
        await ready(page)
        expect(failing).toBe(0)
        await page.context().setOffline(true)
        await page.goto('/deals')
        await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
      },
      {
        ...options(),
        firstTime: true,
        expects: /status of (?:404|503)|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/,
      },
    )
  })

  test('opens the application without a connection, under its policy, and keeps no answer of the API', async () => {
    served = first
    await withPage(async (page) => {
      await page.goto('/settings')
      await ready(page)
      await page.context().setOffline(true)
      await page.goto('/deals')
      await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
      const kept = await page.evaluate(async () =>
        (
          await Promise.all(
            (await caches.keys()).map(async (name) =>
              (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname),
            ),
          )
        ).flat(),
      )
      expect(
        kept.filter((path) => path.startsWith('/api/') || path.endsWith('.map') || path.includes('noto-sans-sc-')),
      ).toEqual([])
      expect(kept).toContain('/')
    }, options())
  })

  test('hands over to a new version: an open page goes on with its own parts and is told, the next page is new, offline too', async () => {
    served = first
    await withPage(async (page) => {
      await page.goto('/settings')
      await ready(page)
      served = second
      asked = []
      await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()))
      await page.getByText('A new version is there.').waitFor()
      // What has the same name in both versions is not fetched again.
      expect(
        asked.filter((path) => path.startsWith('/assets/')).map((path) => basename(path).startsWith('next-')),
      ).toEqual([true, true])
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Reload' }).click()
      await expect.poll(() => entry(page).catch(() => '')).toContain('/next-')
      await page.context().setOffline(true)
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
      expect(await entry(page)).toContain('/next-')
    }, options())
  })
})
