import { describe, expect, test, vi } from 'vitest'
import { dealNamed, sente } from './support/sente.ts'
import { overflow, PHONE, visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('on a phone', () => {
  test('a note taken without a connection is kept, and sent once there is one', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person, viewport: PHONE, hasTouch: true, isMobile: true, expects: /ERR_INTERNET_DISCONNECTED|Failed to fetch/ }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill('x')
      await page.getByText('Nothing found yet.').waitFor()
      await page.context().setOffline(true)
      await box.fill('In the lift: their finance director says the budget was approved yesterday.')
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('1 note waits on this device').waitFor()
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      await page.context().setOffline(false)
      await page.getByText('1 note waits on this device').waitFor({ state: 'detached' })
      await page.getByText('their finance director says the budget was approved').first().waitFor()
    })
  })
})
