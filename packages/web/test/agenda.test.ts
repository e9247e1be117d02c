import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { aWeekOn } from '../src/features/today/agenda-model.ts'
import { violations } from './axe.ts'
import { dealApi, methodology, TODAY } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'
import { agendaFor, planFor } from './support/plan-answer.ts'

test('a week on is no weekend, and from a day that has passed counts from today', () => {
  expect([
    aWeekOn('2025-08-12', '2025-08-12'),
    aWeekOn('2025-08-16', '2025-08-12'),
    aWeekOn('2025-07-01', '2025-08-12'),
  ]).toEqual(['2025-08-19', '2025-08-25', '2025-08-19'])
})

const open = (
  {
    lang = 'en',
    width = 1280,
    write = true,
    role = 'seller',
  }: { lang?: 'en' | 'zh'; width?: number; write?: boolean; role?: 'seller' | 'manager' },
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write, role })
        await page.addInitScript((chosen) => localStorage.setItem('sente.lang', chosen), lang)
        await page.goto('/')
        await page.getByRole('heading', { name: lang === 'en' ? 'Whom to see' : '今天见谁' }).waitFor()
        await page.getByText('Predictive planning platform').first().waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 } },
    ),
  )

describe('today', () => {
  test('says whom to see first, and takes each answer where it stands: accepted, not now, kept, put off, with the way back', async () => {
    await open({}, async (page, api) => {
      const lines = page.getByRole('region', { name: 'Whom to see' }).getByRole('listitem')
      const decide = agendaFor(api.whole, planFor(api.whole, methodology, TODAY), TODAY).lines.find(
        ({ kind }) => kind === 'decide',
      )!
      await page.getByRole('button', { name: new RegExp(`^Accept: ${decide.with[0]!.name}`) }).click()
      await page.getByText('Accepted for').waitFor()
      expect(api.writes.at(-1)).toMatchObject({ method: 'POST', body: { step: decide.step } })
      await page.getByRole('button', { name: /^Snooze: Qin Bo · Visit the reference/ }).click()
      await page.getByText('Back on 15 Aug').waitFor()
      expect(api.writes.at(-1)).toMatchObject({ method: 'PATCH', body: { snoozedUntil: '2025-08-15' } })
      await page.getByRole('button', { name: /^Kept: Names the decision makers/ }).click()
      await page.getByText('Promise kept').waitFor()
      expect(api.writes.at(-1)).toMatchObject({ method: 'PATCH', body: { doneOn: '2025-08-12' } })
      await expect.poll(() => lines.filter({ hasText: 'Names the decision makers' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Undo' }).last().click()
      await expect.poll(() => api.writes.at(-1)!.path).toMatch(/undo$/)
    })
  })

  test('asks how a step went whose day has passed, and takes it without leaving the page', async () => {
    await open({}, async (page, api) => {
      await page.getByRole('button', { name: /^How it went: Qin Bo · Visit the reference/ }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'No answer' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click()
      await expect.poll(() => api.writes.map(({ body }) => body['outcome'])).toEqual(['no_answer'])
    })
  })

  test.each([
    ['en', 1280],
    ['zh', 360],
  ] as const)('in %s at %i px fits and has no fault that axe knows; the rest is folded', async (lang, width) => {
    await open({ lang, width }, async (page) => {
      expect(await page.getByText('Workshop').isVisible()).toBe(false)
      expect(await violations(page)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0)
    })
  })

  test('shows whoever leads the people of a team or of one colleague, and says how many plans were looked at', async () => {
    await open({ role: 'manager' }, async (page, api) => {
      const whose = page.getByLabel('Whose deals')
      await whose.selectOption({ label: 'East' })
      await expect.poll(() => api.asked.at(-1)).toBe('teamId=01970000-0000-7000-8000-eeeeeeeeeeee')
      await whose.selectOption({ label: 'Chen Mei' })
      await expect.poll(() => api.asked.at(-1)).toMatch(/^memberId=/)
      await page.getByText('3 deals were looked through, and the plans of the 2 that are most endangered').waitFor()
    })
  })

  test('has nothing to press for whoever may only read', async () => {
    await open({ write: false }, async (page) => {
      expect(await page.getByRole('button', { name: /^Accept/ }).count()).toBe(0)
    })
  })
})
