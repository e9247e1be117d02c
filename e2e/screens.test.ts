import { describe, expect, test, vi } from 'vitest'
import { violations } from '../packages/web/test/axe.ts'
import { filled, settled } from './support/screens.ts'
import { sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('every screen', () => {
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
