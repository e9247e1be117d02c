import { describe, expect, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { dealNamed, sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
/** A test machine may be busy with other tests. */
const SOON = { timeout: 60_000 }
const team = sente({ sample: true })

/** Presses Tab until what has the focus is called so; as a person would who cannot use a mouse. */
async function tabTo(page: Page, name: RegExp, presses = 80): Promise<void> {
  for (let i = 0; i < presses; i++) {
    const focused = await page.evaluate(() => {
      const { activeElement: at } = document
      return at && at !== document.body ? `${at.getAttribute('aria-label') ?? ''} ${at.textContent ?? ''}`.trim() : ''
    })
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}

describe('by keys alone', () => {
  test('one signs in, goes to the deals, opens one, writes a note and confirms what was found', async () => {
    const person = await team.person('administrator')
    await dealNamed(person.api, 'Fraud review desk')
    // Nobody has signed in yet when the page asks who it is.
    await visit(team, { expects: /status of 401/ }, async (page) => {
      await page.goto('/')
      await page.waitForURL(/\/signin/)
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
      for (
        let i = 0;
        i < 20 && !(await page.evaluate(() => document.activeElement?.getAttribute('type') === 'email'));
        i++
      )
        await page.keyboard.press('Tab')
      await page.keyboard.type(person.email)
      await page.keyboard.press('Tab')
      await page.keyboard.type(person.password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()

      await page.keyboard.press('g')
      await page.keyboard.press('d')
      await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
      // A long list shows its first rows: what is further down is found by its name.
      await tabTo(page, /^Name or customer/)
      await page.keyboard.type('Fraud review')
      await page.getByRole('link', { name: 'Fraud review desk' }).waitFor()
      await tabTo(page, /^Fraud review desk$/)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Fraud review desk' }).waitFor()

      await page.keyboard.press('n')
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), SOON).toBe('TEXTAREA')
      await page.keyboard.type('They asked who comes on Sunday night and whether we have people in the country.')
      // What was typed last has been read as well.
      await page.locator('mark', { hasText: 'in the country' }).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('y')
      await page.locator('[data-item][data-verdict=confirmed]').first().waitFor()
      await page.keyboard.press('Control+Enter')
      await page.getByText('Note kept').waitFor()
    })
  })

  test('a dialog that closes leaves the focus where it was, the first time too, and with what opened the menu it came from', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Fraud review desk')
    await visit(team, { as: person }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      const at = () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
      for (const [opener, item] of [
        ['Share'],
        ['Evidence'],
        ['Evidence'],
        ['More actions', 'Name, goal and dates'],
        ['Status: Open', 'Lost'],
      ] as const) {
        await page.getByRole('button', { name: opener, exact: true }).focus()
        await page.keyboard.press('Enter')
        if (item) {
          await page.getByRole('menuitem', { name: item }).focus()
          await page.keyboard.press('Enter')
        }
        await page.getByRole('dialog').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await expect.poll(at, SOON).toBe(opener)
      }
    })
  })
})
