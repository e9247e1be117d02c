import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

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

interface PageOptions extends BrowserContextOptions {
  /** The one server the page may ask; by default none. */
  origin?: string
  /** Errors of the page are not the caller's concern: a measurement. */
  mayFail?: boolean
  /** Errors that belong to what is tried: a refusal, a lost connection. */
  expects?: RegExp
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
    shared = undefined
    void browser?.then((open) => open.close())
  }, IDLE)
}

/**
 * Gives a test a page of a real browser that comes with the lockfile; fails it on any error the page reports. Nothing is kept on the device
 * unless the test asks for it (`serviceWorkers: 'allow'`): a hundred files more for each page.
 */
export async function withPage<T>(
  use: (page: Page) => Promise<T>,
  { origin, mayFail = false, expects, ...options }: PageOptions = {},
): Promise<T> {
  users++
  clearTimeout(idle)
  try {
    shared ??= start()
    const context = await (
      await shared
    ).newContext({ serviceWorkers: 'block', ...options, ...(origin && { baseURL: origin }) })
    try {
      const page = await context.newPage()
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
      return result
    } finally {
      await context.close()
    }
  } catch (error) {
    // A browser that could not start, or has died, is not kept for the next test.
    if (!(await shared?.then((open) => open.isConnected()).catch(() => false))) shared = undefined
    throw error
  } finally {
    leave()
  }
}
