import type { Lang } from '@sente/engine'
import { describe, expect, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { dealNamed, sente } from './support/sente.ts'
import { choose, picture } from './support/steps.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
/** A test machine may be busy with other tests. */
const SOON = { timeout: 60_000 }
const team = sente({ sample: true })

async function onDeal(
  name: string,
  section: string,
  use: (page: Page, dealId: string) => Promise<void>,
  lang: Lang = 'en',
): Promise<void> {
  const person = await team.person('administrator')
  const { id } = await dealNamed(person.api, name)
  await visit(team, { as: person, lang }, async (page) => {
    await page.goto(`/deals/${id}/${section}`)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await use(page, id)
  })
}

describe('a note', () => {
  test('is understood while it is written; one key confirms what was found, the picture moves, and it can be taken back', async () => {
    await onDeal('Crew rostering', 'evidence', async (page) => {
      const before = await picture(page)
      await page.keyboard.press('n')
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill(
        'They asked who comes on Sunday night and whether we have people in the country. The board approved the budget and the tender will be published in May.',
      )
      const found = page.getByRole('list', { name: 'What was found' }).getByRole('listitem')
      await found.first().waitFor()
      // The words it comes from are underlined.
      await expect
        .poll(
          () =>
            page
              .locator('mark[data-mark=open]')
              .allTextContents()
              .then((all) => all.join(' ')),
          SOON,
        )
        .toContain('Sunday night')
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('y')
      await page.locator('[data-item][data-verdict=confirmed]').first().waitFor()
      await expect.poll(() => picture(page), SOON).not.toBe(before)
      await page.getByText('With this note:').waitFor()

      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('Note kept').waitFor()
      await expect.poll(() => box.inputValue(), SOON).toBe('')
      await page.reload()
      await page.getByText('whether we have people in the country').first().waitFor()
      expect(await picture(page)).not.toBe(before)
    })
  })

  test('in Chinese is read as well, and undone by a key', async () => {
    await onDeal(
      '漏损分析',
      'evidence',
      async (page) => {
        const box = page.getByRole('textbox', { name: '记录', exact: true })
        await box.fill('客户问你们在本地有没有办事处，系统出了故障多久能到现场。')
        await page.locator('[data-item]').first().waitFor()
        await page.getByRole('button', { name: '保存记录' }).click()
        await page.getByRole('button', { name: '撤销' }).waitFor()
        await page.getByRole('heading', { level: 1 }).click()
        await page.keyboard.press('Control+z')
        // The note, and the evidence that was read from it.
        await expect.poll(() => page.getByText('客户问你们在本地有没有办事处').count(), SOON).toBe(0)
      },
      'zh',
    )
  })
})

describe('the people of a deal', () => {
  test('are added with whom they report to and how they stand, changed, and shown on map and list', async () => {
    await onDeal('Depot planning', 'people', async (page) => {
      await page.getByRole('button', { name: 'Person', exact: true }).first().click()
      const form = page.getByRole('dialog')
      await form.getByLabel('Name', { exact: false }).first().fill('Greta Holm')
      await form.getByLabel('Title', { exact: true }).fill('Head of planning')
      await choose(page, 'Reports to', 'Tom Byrne')
      await choose(page, 'Stance', /^\+1/)
      await form.getByRole('button', { name: 'Save' }).click()
      await form.waitFor({ state: 'detached' })
      // On the map at once.
      await page.getByText('Greta Holm').first().waitFor()

      await page.getByText('List', { exact: true }).click()
      const card = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Greta Holm' })
      await card.getByText('Tom Byrne').waitFor()
      await card.getByRole('button', { name: 'Edit: Greta Holm' }).click()
      await choose(page, 'Reports to', 'Eva Lindgren')
      await form.getByRole('button', { name: 'Save' }).click()
      await card.getByText('Eva Lindgren').waitFor()
      await page.reload()
      await page.getByText('List', { exact: true }).click()
      await card.getByText('Eva Lindgren').waitFor()

      // A way back instead of a question before.
      await card.getByRole('button', { name: 'Edit: Greta Holm' }).click()
      await form.getByRole('button', { name: 'Remove' }).click()
      await card.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Undo' }).click()
      await card.waitFor()
    })
  })
})

describe('the replay', () => {
  test('shows by its slider what was known on an earlier day, and comes back to today', async () => {
    await onDeal('Condition monitoring', 'brief', async (page) => {
      const now = await picture(page)
      const slider = page.getByRole('slider', { name: 'Look from an earlier day' })
      await slider.focus()
      await page.keyboard.press('Home')
      await expect.poll(() => picture(page), SOON).not.toBe(now)
      const first = await slider.getAttribute('aria-valuetext')
      for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight')
      await expect.poll(() => slider.getAttribute('aria-valuetext'), SOON).not.toBe(first)
      await page.getByRole('button', { name: 'Back to today' }).click()
      await expect.poll(() => picture(page), SOON).toBe(now)
    })
  })
})

describe('an edit in place', () => {
  test('of the amount in the table of deals is there at once, for the server too, and taken back by one click', async () => {
    const person = await team.person('administrator')
    const deal = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person }, async (page) => {
      await page.goto('/deals?q=Claims')
      const cell = page.getByRole('button', { name: /^Claims intake: amount/ })
      await cell.click()
      await page.getByLabel(/^Amount in/).fill('4321000')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /4,321,000/ }).waitFor()
      await expect.poll(async () => (await dealNamed(person.api, 'Claims intake')).amount?.value, SOON).toBe('4321000')
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect
        .poll(async () => (await dealNamed(person.api, 'Claims intake')).amount?.value, SOON)
        .toBe(deal.amount!.value)
    })
  })
})

describe('a card of the people map', () => {
  test('stays where it is dragged to, and is put back by a key', async () => {
    await onDeal('Crew rostering', 'people', async (page) => {
      const card = page.locator('.react-flow__node').first()
      await card.waitFor()
      await card.scrollIntoViewIfNeeded()
      const place = () => card.getAttribute('style')
      const before = await place()
      const { x, y, height } = (await card.boundingBox())!
      await page.mouse.move(x + 5, y + height - 3)
      await page.mouse.down()
      await page.mouse.move(x + 45, y + height + 30, { steps: 6 })
      await page.mouse.up()
      await page.getByText('Moved on the map').waitFor()
      expect(await place()).not.toBe(before)
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('Control+z')
      await expect.poll(place, SOON).toBe(before)
    })
  })
})

describe('a touch', () => {
  test.each([
    ['en', 'Touch', 'Choose a play, or say in a few words what it is', 'What', 'Save'],
    ['zh', '接触', '请选一个打法，或写几个字说明内容', '内容', '保存'],
  ] as const)(
    'of which nothing is said but the day is not kept: a play or a few words are asked for, in %s',
    async (lang, add, asks, what, save) => {
      await onDeal(
        'Crew rostering',
        'evidence',
        async (page) => {
          await page.getByRole('button', { name: add, exact: true }).first().click()
          const form = page.getByRole('dialog')
          await form.getByRole('button', { name: save }).click()
          await form.getByText(asks).waitFor()
          await form.getByLabel(what, { exact: true }).fill('Breakfast in the canteen')
          await expect.poll(() => form.getByText(asks).count()).toBe(0)
          await form.getByRole('button', { name: save }).click()
          await form.waitFor({ state: 'detached' })
          await page.getByText('Breakfast in the canteen').first().waitFor()
        },
        lang,
      )
    },
  )
})
