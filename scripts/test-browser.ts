import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

// The package's own `args` crash under root; these were tried.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Nothing is promised about time: a device that is new to the application fetches a hundred files, which took 11 s in one test on a machine with
 * ten times more to do than it has cores. What never comes fails all the same.
 */
const PATIENCE_MS = 90_000

interface PageOptions extends BrowserContextOptions {
  /** The one server the page may ask; by default none. */
  origin?: string
  /** Errors of the page are not the caller's concern: a measurement. */
  mayFail?: boolean
  /** Errors that belong to what is tried: a refusal, a lost connection. */
  expects?: RegExp
  /** Nothing is cached yet: for what is fetched, and what happens when it cannot be. */
  firstTime?: boolean
}

// Starting a browser takes longer than most tests: one is kept until nobody has asked for a page for a while.
const IDLE = 3000
let shared: Promise<Browser> | undefined
let users = 0
let idle: ReturnType<typeof setTimeout> | undefined

async function start(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true })
}

function leave(): void {
  if (--users > 0) return
  idle = setTimeout(() => {
    const browser = shared
    forget()
    void browser?.then((open) => open.close())
  }, IDLE)
}

/**
 * Contexts that nobody uses, by their options. A page in a new one fetches and compiles the application anew, which takes twice the processor
 * time of a page whose context has seen it: what users store is cleared between two tests, what the browser caches is not.
 */
const rested = new Map<string, BrowserContext[]>()

/** Kept by the page itself, on the device: gone before the next test. */
const STORED = 'cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems,websql'

async function rest(context: BrowserContext, page: Page, origin: string, key: string): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  // What runs in the page could write again after it was cleared.
  await page.goto('about:blank')
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: STORED })
  await context.clearCookies()
  await context.clearPermissions()
  await context.setOffline(false)
  await page.close()
  rested.set(key, [...(rested.get(key) ?? []), context])
}

/**
 * Gives a test a page of a real browser that comes with the lockfile; fails it on any error the page reports. Nothing is kept on the device
 * unless the test asks for it (`serviceWorkers: 'allow'`): a hundred files more for each page. Nothing moves unless the test asks for it
 * (`reducedMotion: 'no-preference'`).
 */
export async function withPage<T>(
  use: (page: Page) => Promise<T>,
  { origin, mayFail = false, expects, firstTime = false, ...given }: PageOptions = {},
): Promise<T> {
  const options: BrowserContextOptions = {
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    ...given,
    ...(origin && { baseURL: origin }),
  }
  const reusable = origin !== undefined && !firstTime && !mayFail && options.serviceWorkers === 'block'
  const key = JSON.stringify(options)
  users++
  clearTimeout(idle)
  try {
    shared ??= start()
    const browser = await shared
    const context = (reusable && rested.get(key)?.pop()) || (await browser.newContext(options))
    let whole = false
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(PATIENCE_MS)
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on(
        'console',
        (message) => message.type() === 'error' && !expects?.test(message.text()) && errors.push(message.text()),
      )
      page.on('request', (request) => {
        const url = request.url()
        if (url.startsWith('http') && !(origin && url.startsWith(`${origin}/`)))
          errors.push(`the page asked for ${url}`)
      })
      const result = await use(page)
      if (errors.length > 0 && !mayFail) throw new Error(errors.join('\n'))
      if (reusable) {
        await rest(context, page, origin, key)
        whole = true
      }
      return result
    } finally {
      if (!whole) await context.close()
    }
  } catch (error) {
    // A browser that could not start, or has died, is not kept for the next test.
    if (!(await shared?.then((open) => open.isConnected()).catch(() => false))) forget()
    throw error
  } finally {
    leave()
  }
}

function forget(): void {
  shared = undefined
  rested.clear()
}
