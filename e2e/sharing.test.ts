import { describe, expect, test, vi } from 'vitest'
import { routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { sente } from './support/sente.ts'
import type { Person } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

/** A deal of somebody’s own: those of the sample belong to a team, and whoever leads it sees them anyway. */
const dealOf = async ({ api }: Person, name: string): Promise<string> =>
  (await api.call(routes.deals.create, { body: { name, openedOn: '2026-03-02' } })).id

const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor()
const nothingThere = (page: Page): Promise<void> => page.getByText('There is nothing here').first().waitFor()

describe('a deal', () => {
  test('is shared with a colleague, who saw nothing of it before, may do what was said, and sees nothing of it afterwards', async () => {
    const [ada, bo] = [
      await team.person('seller', { name: 'Ada Berg' }),
      await team.person('seller', { name: 'Bo Chen' }),
    ]
    const id = await dealOf(ada, 'Tunnel ventilation')
    // To whom a deal is not shown it is not there.
    await visit(team, { as: bo, expects: /status of 404/ }, async (theirs) => {
      await theirs.goto(`/deals/${id}`)
      await nothingThere(theirs)
      await theirs.goto('/deals?q=Tunnel')
      await theirs.getByText('No deal fits these filters').waitFor()

      await visit(team, { as: ada }, async (mine) => {
        await mine.goto(`/deals/${id}`)
        await heading(mine, 'Tunnel ventilation')
        const share = async (mayWrite: boolean): Promise<void> => {
          await mine.getByRole('button', { name: 'Share', exact: true }).click()
          const dialog = mine.getByRole('dialog', { name: 'Share' })
          await dialog.getByText('Not shared with anybody yet.').waitFor()
          await dialog.getByRole('combobox', { name: 'With' }).fill('Bo Ch')
          await mine.getByRole('option', { name: 'Bo Chen' }).click()
          if (mayWrite) await dialog.getByLabel('May change it').check()
          await dialog.getByRole('button', { name: 'Share', exact: true }).click()
          await dialog.getByText(mayWrite ? 'may change' : 'may read').waitFor()
          await dialog.getByRole('button', { name: 'Close' }).click()
        }
        const stop = async (): Promise<void> => {
          await mine.getByRole('button', { name: 'Share', exact: true }).click()
          await mine.getByRole('button', { name: 'Stop sharing with Bo Chen' }).click()
          await mine.getByText('Not shared with anybody yet.').waitFor()
          await mine.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
        }

        await share(false)
        await theirs.goto('/deals?q=Tunnel')
        await theirs.getByRole('link', { name: 'Tunnel ventilation' }).click()
        await heading(theirs, 'Tunnel ventilation')
        expect(await theirs.getByRole('button', { name: /^(Share|Status: Open)$/ }).count()).toBe(0)

        await stop()
        await theirs.reload()
        await nothingThere(theirs)

        await share(true)
        await theirs.reload()
        await theirs.getByRole('button', { name: 'Status: Open' }).waitFor()
        // Whoever may change it may not hand it on.
        expect(await theirs.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0)
        await stop()
      })
      await theirs.goto(`/deals/${id}`)
      await nothingThere(theirs)
    })
  })

  test('is given to a colleague in the table, not to somebody who only looks, and taken back', async () => {
    const [ada, lead] = [
      await team.person('seller', { name: 'Eda Lund' }),
      await team.person('administrator', { name: 'Lea Roth' }),
    ]
    await team.person('viewer', { name: 'Vic Dorn' })
    const id = await dealOf(ada, 'Quay crane drives')
    const ownerId = async (): Promise<string> =>
      (await lead.api.call(routes.deals.get, { params: { dealId: id } })).deal.ownerId
    await visit(team, { as: lead }, async (page) => {
      await page.goto('/deals?q=Quay')
      const owner = page.getByRole('button', { name: 'Quay crane drives: owner Eda Lund, change' })
      await owner.click()
      await page.getByRole('option', { name: 'Lea Roth' }).waitFor()
      expect(await page.getByRole('option', { name: 'Vic Dorn' }).count()).toBe(0)
      // Out of the list, then out of the field, back to where one was.
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect.poll(() => owner.evaluate((button) => button === document.activeElement)).toBe(true)

      await owner.click()
      await page.getByRole('option', { name: 'Lea Roth' }).click()
      await expect.poll(ownerId).toBe(lead.id)
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect.poll(ownerId).toBe(ada.id)
      await owner.waitFor()
    })
  })

  test('is closed and reopened, removed and brought back, each with one click', async () => {
    const ada = await team.person('seller')
    const id = await dealOf(ada, 'Lock gate control')
    const statusOf = async (): Promise<string> =>
      (await ada.api.call(routes.deals.get, { params: { dealId: id } })).deal.status
    await visit(team, { as: ada }, async (page) => {
      await page.goto(`/deals/${id}`)
      await heading(page, 'Lock gate control')
      await page.getByRole('button', { name: 'Status: Open' }).click()
      await page.getByRole('menuitem', { name: 'Close as lost' }).click()
      await page.getByRole('dialog').getByLabel('Why we lost').fill('They postponed the whole lock.')
      await page.getByRole('dialog').getByRole('button', { name: 'Close as lost' }).click()
      await page.getByRole('button', { name: 'Status: Lost' }).waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('button', { name: 'Status: Open' }).waitFor()
      await expect.poll(statusOf).toBe('open')

      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Remove deal' }).click()
      await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
      await page.getByText('“Lock gate control” removed').waitFor()
      await expect(statusOf()).rejects.toThrow()
      await page.getByRole('button', { name: 'Undo' }).last().click()
      await heading(page, 'Lock gate control')
      expect(await statusOf()).toBe('open')
    })
  })
})
