import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { newIn } from '../src/shared/plan/outcome-model.ts'
import type { Changed } from '../src/shared/plan/outcome-model.ts'
import { violations } from './axe.ts'
import { dealApi } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'

test('what a change of the plan tells is what was not told before', () => {
  const moved = (on: string): Changed => ({
    kind: 'moved',
    play: 'ucv_update',
    with: ['lu'],
    from: '2025-08-18',
    to: on,
    why: { en: 'x', zh: 'x' },
    noticedOn: '2025-08-12',
  })
  const [before, after] = [moved('2025-08-20'), moved('2025-08-25')]
  expect(newIn([before], [after, before])).toEqual([after])
  expect(newIn([before], [before])).toEqual([])
})

const open = (
  { lang = 'en', width = 1280 }: { lang?: 'en' | 'zh'; width?: number },
  use: (page: Page, api: DealApi) => Promise<void>,
  expects?: RegExp,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page)
        await page.addInitScript((chosen) => {
          localStorage.setItem('sente.lang', chosen)
          localStorage.setItem('sente.picture', 'hidden')
        }, lang)
        await page.goto(`/deals/${api.dealId}`)
        await page.getByText(lang === 'en' ? 'How did “Visit the reference' : '“Visit the reference').waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 }, ...(expects && { expects }) },
    ),
  )

describe('how a step went', () => {
  test('is asked when its day has passed, and said by three keys: the form, the outcome, and that is all', async () => {
    await open({}, async (page, api) => {
      const step = api.whole.planStep!.find(({ what }) => what === 'Visit the reference in Ningbo')!
      await page.keyboard.press('o')
      const form = page.getByRole('dialog')
      await form.getByRole('button', { name: 'Met, but cold' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('2')
      await page.keyboard.press('Control+Enter')
      await page.getByText('The plan was made again').waitFor()
      expect(api.writes).toHaveLength(1)
      expect(api.writes[0]!.path).toMatch(/outcomes$/)
      expect(api.writes[0]!.body).toEqual({
        planStepId: step.id,
        outcome: 'met_cold',
        on: step.on,
        promises: [],
        kept: [],
      })
      await page.keyboard.press('Enter')
      await form.waitFor({ state: 'detached' })
      await page.getByText('How did “Visit the reference').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect.poll(() => api.writes.at(-1)!.path).toMatch(/undo$/)
    })
  })

  test('takes on a phone what was promised both ways, what was kept, and the next date', async () => {
    await open({ width: 360, lang: 'zh' }, async (page, api) => {
      const qin = api.whole.stakeholder!.find(({ key }) => key === 'qin')!.personId
      await page.getByRole('button', { name: '结果如何' }).first().click()
      const form = page.getByRole('dialog')
      await form.getByRole('button', { name: '见了，办成了' }).click()
      await form.getByLabel('我们答应了').first().fill('发成本模型')
      await form.getByLabel('何时前').first().fill('2025-08-20')
      await form.getByLabel('Qin Bo答应了').first().fill('约财务')
      await form.getByText('这次已兑现：Names the decision makers of the board').click()
      await form.getByLabel('下次日期').fill('2025-08-26')
      expect(await violations(page)).toEqual([])
      expect(await form.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
      await form.getByRole('button', { name: '保存' }).click()
      await page.getByText('计划已重新排过').waitFor()
      expect(api.writes[0]!.body).toMatchObject({
        outcome: 'done',
        promises: [
          { by: 'us', what: '发成本模型', dueOn: '2025-08-20', personId: qin },
          { by: 'them', what: '约财务', personId: qin },
        ],
        kept: [api.whole.commitment![0]!.id],
        next: { on: '2025-08-26' },
      })
    })
  })

  test('is asked for when it was not said, needs a day when it was put off, and what is refused stays to be tried again', async () => {
    await open(
      {},
      async (page, api) => {
        await page.keyboard.press('o')
        const form = page.getByRole('dialog')
        await form.getByRole('button', { name: 'Keep' }).click()
        await form.getByText('Choose how it went.').waitFor()
        await page.keyboard.press('4')
        await form.getByRole('button', { name: 'Keep' }).click()
        await form.getByText('On which day instead?').waitFor()
        expect(api.writes).toEqual([])
        await form.getByLabel('New day').fill('2025-08-26')
        api.refuse = {
          status: 500,
          problem: { type: 'urn:sente:error:internal', title: 'x', status: 500, code: 'internal', remedy: 'x' },
        }
        await form.getByRole('button', { name: 'Keep' }).click()
        await form.getByRole('alert').waitFor()
        expect(await form.getByLabel('New day').inputValue()).toBe('2025-08-26')
        await form.getByRole('button', { name: 'Keep' }).click()
        await page.getByText('The plan was made again').waitFor()
        expect(api.writes.map(({ body }) => body['outcome'])).toEqual(['postponed', 'postponed'])
      },
      /status of 500/,
    )
  })
})
