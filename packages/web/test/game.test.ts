import { describe, expect, test } from 'vitest'
import { dealOf, withOurs } from '@sente/api'
import { plainDate, warGame } from '@sente/engine'
import type { Calendars } from '@sente/engine'
import { exampleWhole, methodology, TODAY } from './support/deal-api.ts'
import { openDealPage } from './support/deal-page.ts'
import { planFor } from './support/plan-answer.ts'

describe('the war game of a deal', () => {
  test('is played in the page and says what the engine says', async () => {
    const whole = exampleWhole()
    const { us, calendars } = planFor(whole, methodology, TODAY)
    const game = warGame(withOurs(dealOf(whole), us), methodology, plainDate(TODAY), {
      calendars: calendars as Calendars,
    })
    await openDealPage('game', {}, async (page) => {
      await page.locator('#cells table').waitFor({ timeout: 60_000 })
      const words = await page.locator('#game').innerText()
      expect(words).toContain(game.recommended!.says.en)
      expect(words).toContain('is assumed')
      const rows = await page.locator('#game tbody tr').allInnerTexts()
      expect(rows).toHaveLength(game.strategies.length)
      game.strategies.forEach(({ name, won, playable }, i) => {
        expect(rows[i]).toContain(name.en)
        if (playable) expect(rows[i]).toContain(`${Math.round(100 * won.value)}%`)
      })
      // What if they walk in tomorrow: the table says that, and goes back.
      const button = page.getByRole('button', { name: 'They walk in tomorrow' })
      await button.click()
      expect(await page.locator('#game').innerText()).toContain(game.tomorrow!.says.en)
      const then = game.cells.find(({ strategy, policy }) => strategy === 'nothing' && policy === 'tomorrow')!
      const row = page.locator('#game tbody tr', { hasText: 'Do nothing more' })
      expect(await row.innerText()).toContain(`${Math.round(100 * then.won)}%`)
      await button.click()
      expect(await button.getAttribute('aria-pressed')).toBe('false')
    })
  }, 120_000)

  test('can be stopped, and played again', async () => {
    await openDealPage('game', {}, async (page) => {
      await page.locator('#cells table').waitFor({ timeout: 60_000 })
      await page.getByRole('button', { name: 'Play again' }).click()
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByText('Stopped. Nothing was kept.').waitFor()
      await page.getByRole('button', { name: 'Play again' }).click()
      await page.getByText('Luck no. 3').waitFor()
      await page.getByRole('button', { name: 'Play again' }).waitFor({ timeout: 60_000 })
    })
  }, 120_000)
})
