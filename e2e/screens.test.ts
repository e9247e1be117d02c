import { describe, expect, test, vi } from 'vitest'
import { routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { violations } from '../packages/web/test/axe.ts'
import { dealNamed, sente } from './support/sente.ts'
import type { Person } from './support/sente.ts'
import { overflow, PHONE, visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

const SECTIONS = [
  '',
  '/evidence',
  '/people',
  '/proofs',
  '/risks',
  '/value',
  '/process',
  '/plan',
  '/outlook',
  '/history',
]
const SETTINGS = ['profile', 'tokens', 'members', 'teams', 'import', 'export', 'audit', 'workspace']
const ADDRESSES = [
  '/',
  '/deals',
  '/deals?layout=board',
  ...SECTIONS.map((section) => `/deals/DEAL${section}`),
  '/accounts/ACCOUNT',
  '/briefings/DEAL/PERSON',
  '/method',
  '/method/signals',
  ...SETTINGS.map((section) => `/settings/${section}`),
  '/welcome',
  '/signin',
  '/no/such/place',
]
const DEALS = { en: 'Condition monitoring', zh: '选厂能耗' } as const

/** An address of the list at a deal of the sample. */
async function filled(address: string, { api }: Person, lang: 'en' | 'zh'): Promise<string> {
  const { id, account } = await dealNamed(api, DEALS[lang])
  const { stakeholder } = await api.call(routes.deals.get, {
    params: { dealId: id },
    query: { include: ['stakeholder'] },
  })
  return address.replace('DEAL', id).replace('ACCOUNT', account!.id).replace('PERSON', stakeholder![0]!.personId)
}

/** Stands still: nothing is waited for, letters are there. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.mantine-Skeleton-root').length === 0)
  await page.evaluate(() => document.fonts.ready)
}

describe('every screen', () => {
  // A screen that is not there is a refusal.
  const expects = /status of 40[14]/

  test.each(ADDRESSES)(
    '%s has no fault that axe knows in either theme, asks no other host and keeps to the policy it is served under',
    async (address) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, expects }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          // Colours go over from element to element, each a frame after the one around it: what stays wrong is a fault.
          await expect.poll(() => violations(page), { message: colorScheme, timeout: 30_000 }).toEqual([])
        }
      })
    },
  )

  test.each([
    ['en', 0],
    ['en', 1],
    ['zh', 0],
    ['zh', 1],
  ] as const)('in %s fits a phone (half %i)', async (lang, half) => {
    const person = await team.person('administrator')
    const wider: string[] = []
    await visit(team, { as: person, lang, viewport: PHONE, hasTouch: true, isMobile: true, expects }, async (page) => {
      for (const address of ADDRESSES.filter((_, i) => i % 2 === half)) {
        await page.goto(await filled(address, person, lang))
        await settled(page)
        const by = await overflow(page)
        if (by > 0) wider.push(`${address} is ${by} px wider than its window`)
      }
    })
    expect(wider).toEqual([])
  })

  test.each(['/', '/deals', '/deals/DEAL', '/deals/DEAL/evidence', '/deals/DEAL/people'])(
    '%s on a phone, in Chinese and dark, has no fault that axe knows either',
    async (address) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, lang: 'zh', scheme: 'dark', viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'zh'))
        await settled(page)
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test.each([
    ['/settings/members', 'Noah Lindqvist', 'Role', 'zh', 'dark'],
    ['/accounts/ACCOUNT', 'Pavel Novak', 'Trust today', 'en', 'light'],
  ] as const)(
    '%s on a phone has its table still, with nothing of it beside the window',
    async (address, name, column, otherLang, scheme) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        const table = page.getByRole('table').filter({ hasText: name })
        await table.getByRole('columnheader', { name: column }).waitFor()
        await table.getByRole('row', { name }).getByRole('cell').first().waitFor()
        for (const part of await table.locator('td:visible').all()) {
          const { x, width } = (await part.boundingBox())!
          expect(x + width).toBeLessThanOrEqual(PHONE.width)
          expect(await part.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
        }
      })
      await visit(team, { as: person, lang: otherLang, scheme, viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test.each(['en', 'zh'] as const)(
    'that is a people map has no card over another, and says whole titles whatever has room, in %s',
    async (lang) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, lang }, async (page) => {
        await page.goto(await filled('/deals/DEAL/people', person, lang))
        await settled(page)
        const cards = page.locator('.react-flow__node')
        await cards.first().waitFor()
        const boxes = await Promise.all((await cards.all()).map(async (card) => (await card.boundingBox())!))
        const over = boxes.flatMap((a, i) =>
          boxes
            .slice(i + 1)
            .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
        )
        expect(over).toEqual([])
        for (const title of await cards.getByTitle(/·/).all())
          await page.getByRole('button', { name: (await title.getAttribute('title'))! }).waitFor()
        expect(await cards.getByTitle(/·/).count()).toBeGreaterThan(1)
      })
    },
  )

  test('has the search over it, which finds deals, people and places in both languages', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person }, async (page) => {
      await page.goto('/')
      await settled(page)
      await page.keyboard.press('Control+k')
      const box = page
        .getByRole('dialog')
        .getByRole('textbox')
        .or(page.getByRole('dialog').getByRole('combobox'))
        .first()
      await box.fill('物流')
      await page.getByRole('dialog').getByText('兴远物流集团').first().waitFor()
      await page.keyboard.press('ArrowDown')
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await box.fill('condition mon')
      await page.getByRole('dialog').getByText('Condition monitoring').first().waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Condition monitoring' }).waitFor()
    })
  })

  test.each([
    ['en', 'There is nothing here', 'To the deals', 'Deals'],
    ['zh', '这里什么也没有', '看全部商机', '商机'],
  ] as const)(
    'that finds no such deal, or whose address was cut off, leads to those there are, in %s',
    async (lang, nothing, way, title) => {
      const person = await team.person('seller')
      await visit(team, { as: person, lang, expects: /status of 4(04|22)/ }, async (page) => {
        for (const address of ['/deals/0190b0a0-0000-7000-8000-000000000000', '/deals/0190b0a0']) {
          await page.goto(address)
          await page.getByText(nothing).waitFor()
          await page.getByRole('link', { name: way }).click()
          await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
        }
      })
    },
  )

  test('with deals on it begins a further one with its first step, and leads back', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person }, async (page) => {
      await page.goto('/deals')
      await page.getByRole('link', { name: 'New deal' }).click()
      await page.getByLabel('Name of the deal').waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
      await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
    })
  })

  test('on which deals are chosen stays where it was', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person }, async (page) => {
      await page.goto('/deals')
      await settled(page)
      const table = page.getByRole('table')
      const before = await table.boundingBox()
      await table.getByRole('checkbox').nth(1).check()
      await page.getByRole('toolbar').getByText('1 chosen').waitFor()
      expect(await table.boundingBox()).toEqual(before)
      expect(await violations(page)).toEqual([])
    })
  })

  test('is served under a strict policy that only its own host satisfies', async () => {
    const answer = await fetch(`${team.origin}/deals`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src '(none|self)'/)
    expect(policy).not.toMatch(/https?:|unsafe-(inline|eval)|\*/)
  })
})
