import { describe, expect, test, vi } from 'vitest'
import { violations } from '../packages/web/test/axe.ts'
import { sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const own = sente()

describe('the first minutes', () => {
  test('lead from the one-time link over name, password and three steps to the picture of one’s own deal; the link is used up', async () => {
    const link = await own.link()
    await visit(own, {}, async (page) => {
      await page.goto(link)
      await page.getByLabel('Your name').fill('Wang Lei')
      await page.getByLabel('Email').fill('wang@example.com')
      await page.getByLabel('Name of your workspace').fill('Riverside Software')
      await page.getByRole('textbox', { name: 'Password' }).fill('a short sentence is fine')
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.getByRole('button', { name: /See one deal of your own/ }).click()

      await page.getByLabel('Name of the deal').fill('Core banking platform')
      await page.getByLabel('Customer').fill('Riverbank')
      await page.getByLabel('Amount').fill('120万')
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByLabel('Their number one').fill('Zhou Min')
      await page.getByLabel('Your main contact').fill('Lin Tao')
      await page.getByRole('button', { name: 'Next' }).click()
      await page
        .getByLabel('Your note')
        .fill(
          'Lin Tao says late closing costs them four hundred hours a month. They asked who comes on Sunday night and whether we have people in the country.',
        )
      await page.getByRole('button', { name: 'Show me the picture' }).click()

      await page.waitForURL(/\/deals\/[0-9a-f-]{36}$/)
      await page.getByRole('heading', { level: 1, name: 'Core banking platform' }).waitFor()
      await page.getByRole('img', { name: /Core banking platform/ }).waitFor()
      // What the note said waits to be judged.
      await page.getByRole('link', { name: /^Evidence/ }).click()
      await page.getByRole('heading', { name: /suggestions? waits?$/ }).waitFor()
      await page.getByText('They asked who comes on Sunday night').first().waitFor()
    })
    await visit(own, { expects: /status of 4\d\d/ }, async (page) => {
      await page.goto(link)
      await page.getByRole('heading', { name: 'This link no longer opens' }).waitFor()
    })
  })

  test('fill an empty workspace with the sample team by one click, in Chinese as well', async () => {
    const { database } = own
    const { rows } = await database.owner.query<{ id: string }>(
      `insert into workspace (id, name, language) values (gen_random_uuid(), '另一个团队', 'zh') returning id`,
    )
    const person = await own.person('administrator', { workspaceId: rows[0]!.id, name: '王磊' })
    // Opened by its address, the page learns the session's token from its first refusal.
    await visit(own, { as: person, lang: 'zh', expects: /status of 403/ }, async (page) => {
      await page.goto('/welcome')
      await page.getByRole('button', { name: /示例/ }).click()
      await page.waitForURL((url) => url.pathname === '/')
      await page.getByRole('heading', { level: 1, name: '今天' }).waitFor()
      await page.goto('/deals')
      await page.getByText(/^29 个商机$/).waitFor()
    })
  })
})
