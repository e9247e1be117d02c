import type { Lang } from '@sente/engine'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { withPage } from '../../scripts/test-browser.ts'
import type { Person, Sente } from './sente.ts'

export interface Visit extends BrowserContextOptions {
  /** Who has signed in already; absent: nobody. */
  as?: Person
  lang?: Lang
  scheme?: 'light' | 'dark'
  /** Errors that the browser itself reports in this journey: an answer that is meant to be a refusal, a connection that is meant to be lost. */
  expects?: RegExp
  /** A browser that has nothing of the application in its cache. */
  firstTime?: boolean
}

export const DESK = { width: 1280, height: 800 } as const
export const PHONE = { width: 360, height: 740 } as const

/**
 * A real browser at the real server. It may ask nobody else, and every error it reports fails the test: of the page, of the console, of the
 * content security policy.
 */
export function visit<T>(
  sente: Sente,
  { as, lang = 'en', scheme = 'light', viewport = DESK, expects, ...options }: Visit,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  return withPage(
    async (page) => {
      await page.addInitScript(
        (chosen) => localStorage.setItem('sente.lang', localStorage.getItem('sente.lang') ?? chosen),
        lang,
      )
      if (as) await signIn(page, as)
      return use(page)
    },
    {
      origin: sente.origin,
      viewport,
      colorScheme: scheme,
      locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
      reducedMotion: 'reduce',
      ...(expects && { expects }),
      ...options,
    },
  )
}

/** Straight to the API, as the form does: a test of something else need not type. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  const answer = await page.request.post('/api/v1/auth/sign-in', {
    data: { email, password },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`)
}

/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
