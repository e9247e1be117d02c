/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { openDealPage } from './support/deal-page.ts'

describe('a note', () => {
  test('is read while one writes; y and n judge what was found; what is kept carries the verdicts', async () => {
    await openDealPage('evidence', {}, async (page, api) => {
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill('They asked who comes on Sunday night and whether we have people in the country. ')
      const found = page.locator('[data-item]')
      await found.first().waitFor()
      await page.getByText('With this note:').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('y')
      expect(await found.first().getAttribute('data-verdict')).toBe('confirmed')
      await page.keyboard.press('Escape')
      expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.press('Control+Enter')
      await page.getByText('Note kept').waitFor()
      const [sent] = api.writes
      expect(sent!.path).toMatch(/capture$/)
      expect(sent!.body['evidence']).toMatchObject([{ signal: 'asks_local_support', status: 'confirmed' }])
      expect(await box.inputValue()).toBe('')
    })
  })

  test('several days are shown as the notes they become, or stay one; what else is said is taken or left, all at once and back', async () => {
    await openDealPage('evidence', {}, async (page, api) => {
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill(
        '2025-03-17 met Ms Okafor at the plant. Ferrolux has quoted already.\n\n3.18 they promised to send the list.\n',
      )
      await page.getByText('Split into 2 notes by the days in it').waitFor()
      expect(await page.getByRole('listitem').filter({ hasText: 'they promised to send' }).count()).toBe(2)
      await page.getByText('New rival: Ferrolux').waitFor()
      expect(await violations(page)).toEqual([])
      const items = page.locator('[data-item]')
      const verdicts = () => items.evaluateAll((all) => all.map((one) => one.dataset['verdict']))
      await page.getByRole('button', { name: 'Accept all' }).click()
      expect(new Set(await verdicts())).toEqual(new Set(['confirmed']))
      await page.getByRole('button', { name: 'Undo' }).click()
      expect(new Set(await verdicts())).toEqual(new Set(['open']))
      await page.getByRole('button', { name: 'Confirm: New rival: Ferrolux' }).click()
      await page.getByRole('button', { name: 'Confirm: Touch: Meeting' }).click()
      await page.getByRole('checkbox', { name: 'Keep it as one note' }).check()
      await page.getByText('Split into 2 notes by the days in it').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('Note kept').waitFor()
      expect(api.writes).toHaveLength(1)
      expect(api.writes[0]!.body['taken']).toContainEqual({ kind: 'rival', name: 'Ferrolux' })
    })
  })

  test('written without a connection waits on the device and is sent later', async () => {
    await openDealPage('evidence', { width: 360 }, async (page, api) => {
      api.offline = true
      await page.getByRole('textbox', { name: 'Note', exact: true }).fill('They want a visit.')
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('1 note waits on this device').waitFor()
      api.offline = false
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('1 note waits on this device').waitFor({ state: 'detached' })
      expect(api.writes.map(({ path }) => path.split('/').at(-1))).toEqual(['capture'])
    }).catch((error: Error) => {
      // The browser itself says on its console that it could not reach the server: that is what was asked for here.
      if (!/^(?:Failed to load resource: net::ERR_INTERNET_DISCONNECTED\n?)+$/.test(error.message)) throw error
    })
  })
})
