import { expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { violations } from './axe.ts'
import { dealApi } from './support/deal-api.ts'

test('a note is written from anywhere by one key or one tap, of the deal one looks at, and kept by keys', async () => {
  await withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page)
        await page.addInitScript(() => {
          localStorage.setItem('sente.lang', 'en')
          localStorage.setItem('sente.picture', 'hidden')
        })
        await page.goto(`/deals/${api.dealId}/process`)
        await page.getByRole('heading', { name: 'Next act' }).waitFor()
        await page.keyboard.press('w')
        const form = page.getByRole('dialog', { name: 'Quick note' })
        await form.getByRole('textbox', { name: 'What was said' }).waitFor()
        expect(await form.getByLabel('Of which deal').first().inputValue()).toBe('Predictive planning platform')
        expect(await violations(page)).toEqual([])
        await form.getByRole('button', { name: 'Keep note' }).click()
        await form.getByText('Write a few words first.').waitFor()
        await form.getByRole('textbox', { name: 'What was said' }).fill('They asked for a reference.')
        await page.keyboard.press('Control+Enter')
        await form.waitFor({ state: 'detached' })
        await page.getByText('Note kept in “Predictive planning platform”').waitFor()
        expect(api.writes.map(({ path }) => path.split('/').at(-1))).toEqual(['capture'])
        expect(api.writes[0]!.body).toMatchObject({ note: { text: 'They asked for a reference.' } })
        await page.getByRole('button', { name: 'Quick note' }).click()
        await form.waitFor()
      },
      { origin, viewport: { width: 390, height: 800 }, expects: /status of 404/ },
    ),
  )
})
