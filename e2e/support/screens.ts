import type { Lang } from '@sente/engine'
import { routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { dealNamed } from './sente.ts'
import type { Person } from './sente.ts'

/** Errors that the browser reports where a screen is not there, or belongs to somebody else. */
export const REFUSED = /status of 40[14]/

const SECTIONS = [
  '',
  '/evidence',
  '/people',
  '/proofs',
  '/risks',
  '/value',
  '/process',
  '/plan',
  '/game',
  '/outlook',
  '/history',
]
const SETTINGS = ['profile', 'tokens', 'members', 'teams', 'import', 'export', 'audit', 'workspace']
export const ADDRESSES = [
  '/',
  '/deals',
  '/deals?layout=board',
  '/review',
  ...SECTIONS.map((section) => `/deals/DEAL${section}`),
  '/accounts/ACCOUNT',
  '/deals/DEAL/meetings/PERSON',
  '/method',
  '/method/signals',
  ...SETTINGS.map((section) => `/settings/${section}`),
  '/welcome',
  '/signin',
  '/no/such/place',
]
const DEALS = { en: 'Condition monitoring', zh: '选厂能耗' } as const

/** An address of the list at a deal of the sample. */
export async function filled(address: string, { api }: Person, lang: Lang): Promise<string> {
  const { id, account } = await dealNamed(api, DEALS[lang])
  const { stakeholder } = await api.call(routes.deals.get, {
    params: { dealId: id },
    query: { include: ['stakeholder'] },
  })
  return address.replace('DEAL', id).replace('ACCOUNT', account!.id).replace('PERSON', stakeholder![0]!.personId)
}

/** Stands still: nothing is waited for, letters are there. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mantine-Skeleton-root').length === 0)
  await page.evaluate(() => document.fonts.ready)
}
