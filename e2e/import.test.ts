import { describe, expect, test, vi } from 'vitest'
import { violations } from '../packages/web/test/axe.ts'
import { dealNamed, sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

const CSV = `Opportunity,Customer,Value,Currency,Created
Harbour crane control,Kestrel Rail,1250000,EUR,2026-03-02
Timetable assistant,Kestrel Rail,not a number,EUR,2026-04-11
Signal box archive,Kestrel Rail,310000,EUR,2026-05-20
`

describe('a file from a CRM', () => {
  test('is shown with its columns, tried without writing, imported, and its faults are told row by row', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person }, async (page) => {
      await page.goto('/settings/import')
      await page.locator('input[type=file]').setInputFiles({ name: 'opportunities.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
      await page.getByText('3 rows').waitFor()
      // What was not recognised is named by hand.
      const field = page.getByRole('combobox', { name: 'Field for Opportunity' }).or(page.getByLabel('Field for Opportunity')).first()
      if ((await field.inputValue()) === '') {
        await field.click()
        await page.getByRole('option', { name: /^Name/ }).first().click()
      }
      expect(await violations(page)).toEqual([])

      await page.getByRole('button', { name: 'Try it without writing' }).click()
      await page.getByText('Tried, nothing written').first().waitFor()
      await page.getByText(/^2 new, 0 changed, 0 unchanged, 1 with faults$/).first().waitFor()
      await expect(dealNamed(person.api, 'Harbour crane control')).rejects.toThrow()

      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('Imported', { exact: true }).first().waitFor()
      await page.getByText('What is wrong').waitFor()
      await page.goto('/deals?q=Harbour')
      await page.getByRole('link', { name: 'Harbour crane control' }).waitFor()
      expect((await dealNamed(person.api, 'Signal box archive')).account?.name).toBe('Kestrel Rail')
    })
  })
})
