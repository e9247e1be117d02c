import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'

// The package's own `args` crash under root; these were tried.
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

interface PageOptions extends BrowserContextOptions {
  /** The one server the page may ask; by default none. */
  origin?: string
}

/** Gives a test a page of a real browser that comes with the lockfile; fails it on any error the page reports. */
export async function withPage<T>(use: (page: Page) => Promise<T>, { origin, ...context }: PageOptions = {}): Promise<T> {
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true })
  try {
    const page = await browser.newPage({ ...context, ...(origin && { baseURL: origin }) })
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on('request', (request) => {
      const url = request.url()
      if (url.startsWith('http') && !(origin && url.startsWith(`${origin}/`))) errors.push(`the page asked for ${url}`)
    })
    const result = await use(page)
    if (errors.length > 0) throw new Error(errors.join('\n'))
    return result
  } finally {
    await browser.close()
  }
}
