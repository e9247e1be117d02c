import type { Lang } from '@sente/engine'
import type { Page } from 'playwright-core'

interface Place {
  deal: string
  account: string
}

/** One picture: where it is taken, and what is done before. */
export interface Screen {
  name: string
  address: (place: Place) => string
  phone?: true
  /** Pixels of the window's height. */
  height?: number
  before?: (page: Page, lang: Lang) => Promise<void>
}

/** The deal that is shown, in each language. */
export const DEALS: Readonly<Record<Lang, string>> = { en: 'Condition monitoring', zh: '分拨中心调度' }

const NOTE: Readonly<Record<Lang, string>> = {
  en: 'Call with Rita Costa. Their IT asked who comes on Sunday night and whether we have people in the country. Eva Lindgren will take the decision herself; the budget was approved last week.',
  zh: '杜强来电：客户问我们在本地有没有办事处，系统出了故障多久能到现场。预算上周已经批了，郝振东说这件事办砸了是他的责任。',
}

/** The section under the tabs, not the picture over them. */
const toSection = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const tabs = document.querySelector('[data-section]')!.closest('nav')!
    scrollTo({ top: tabs.getBoundingClientRect().top + scrollY - 62 })
  })
}

async function writeNote(page: Page, lang: Lang): Promise<void> {
  await page.locator('#capture textarea').fill(NOTE[lang])
  await page.locator('[data-item]').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('y')
  await toSection(page)
}

export const SCREENS: readonly Screen[] = [
  { name: 'today', address: () => '/' },
  { name: 'deals', address: () => '/deals' },
  { name: 'board', address: () => '/deals?layout=board' },
  { name: 'deal', address: ({ deal }) => `/deals/${deal}`, height: 1010 },
  { name: 'capture', address: ({ deal }) => `/deals/${deal}/evidence`, before: writeNote },
  { name: 'people', address: ({ deal }) => `/deals/${deal}/people`, before: toSection },
  { name: 'matrix', address: ({ deal }) => `/deals/${deal}/proofs`, before: toSection },
  { name: 'risks', address: ({ deal }) => `/deals/${deal}/risks`, before: toSection },
  { name: 'plan', address: ({ deal }) => `/deals/${deal}/plan`, before: toSection },
  { name: 'account', address: ({ account }) => `/accounts/${account}` },
  { name: 'method', address: () => '/method' },
  { name: 'phone', address: ({ deal }) => `/deals/${deal}`, phone: true },
]
