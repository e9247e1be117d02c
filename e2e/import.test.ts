import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { spreadsheet } from '../packages/server/test/support/spreadsheet.ts'
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
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'opportunities.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
      await page.getByText('3 rows').waitFor()
      // What was not recognised is named by hand.
      const field = page
        .getByRole('combobox', { name: 'Field for Opportunity' })
        .or(page.getByLabel('Field for Opportunity'))
        .first()
      if ((await field.inputValue()) === '') {
        await field.click()
        await page.getByRole('option', { name: /^Name/ }).first().click()
      }
      expect(await violations(page)).toEqual([])

      await page.getByRole('button', { name: 'Try it without writing' }).click()
      await page.getByText('Tried, nothing written').first().waitFor()
      await page
        .getByText(/^2 new, 0 changed, 0 unchanged, 1 with faults$/)
        .first()
        .waitFor()
      await expect(dealNamed(person.api, 'Harbour crane control')).rejects.toThrow()

      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('Imported, but for 1 row').first().waitFor()
      await page.getByText('What is wrong').waitFor()
      await page.goto('/deals?q=Harbour')
      await page.getByRole('link', { name: 'Harbour crane control' }).waitFor()
      expect((await dealNamed(person.api, 'Signal box archive')).account?.name).toBe('Kestrel Rail')
    })
  })

  test('has the order of its days said for the whole list, and names its faulty fields in words', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person }, async (page) => {
      await upload(page, {
        name: 'days.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          'Opportunity Name,Account Name,Created Date,First Contact\nMole repair,Tideway Ports,3/4/2026,2026-05-05\nDock gates,Tideway Ports,5/6/2026,never ever\n',
        ),
      })
      await page.getByText('2 rows', { exact: true }).waitFor()
      await page.getByText('are read month first').waitFor()
      await page.getByRole('combobox', { name: 'Order of days' }).click()
      await page.getByRole('option', { name: 'Day first' }).click()
      await page.getByText('are read month first').waitFor({ state: 'detached' })
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await ended('days.csv')
      await page.getByText('What is wrong').waitFor()
      await page.locator('td[data-name="Field"]').filter({ hasText: 'First contact on' }).waitFor()
      expect(await dealNamed(person.api, 'Mole repair')).toMatchObject({ openedOn: '2026-04-03' })
    })
  })

  test('may be a spreadsheet, with the numbers and days that a spreadsheet keeps', async () => {
    const person = await team.person('administrator')
    const file = spreadsheet([
      ['Opportunity Name', 'Account Name', 'Amount', 'Currency', 'Created Date'],
      ['Quay lighting & signs', 'Tideway Ports', 480_000, 'EUR', { day: '2026-04-24' }],
      ['Berth booking', 'Tideway Ports', 1_250_000, 'EUR', '2026-05-02'],
    ])
    await visit(team, { as: person }, async (page) => {
      await upload(page, {
        name: 'pipeline.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: file,
      })
      await page.getByText('2 rows').waitFor()
      await page.getByText('Quay lighting & signs').waitFor()
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await ended('pipeline.xlsx')
      await page.getByText('Imported', { exact: true }).first().waitFor()
      await page.goto('/deals?q=Quay')
      await page.getByRole('link', { name: 'Quay lighting & signs' }).waitFor()
      expect(await dealNamed(person.api, 'Quay lighting & signs')).toMatchObject({
        account: { name: 'Tideway Ports' },
        amount: { value: '480000', currency: 'EUR' },
        openedOn: '2026-04-24',
      })
    })
  })

  test('from a Chinese CRM in GB18030 is read as it was meant', async () => {
    const person = await team.person('administrator')
    // Who owns the deals there is found here by name.
    for (const name of ['王海', '刘倩']) await team.person('seller', { name })
    await visit(team, { as: person, lang: 'zh' }, async (page) => {
      await upload(page, {
        name: '商机导出.csv',
        mimeType: 'text/csv',
        buffer: readFileSync(new URL('../examples/crm/商机导出.csv', import.meta.url)),
      })
      await page.getByText('核心系统升级').waitFor()
      await page.getByRole('button', { name: '导入', exact: true }).click()
      await ended('商机导出.csv')
      await page.getByText('已导入', { exact: true }).first().waitFor()
      await page.goto('/deals?q=核心系统')
      await page.getByRole('link', { name: '核心系统升级' }).waitFor()
      expect((await dealNamed(person.api, '核心系统升级')).amount).toEqual({ value: '4800000', currency: 'CNY' })
    })
  })

  test('that broke off goes on where it stopped, when the same file is chosen again', async () => {
    const person = await team.person('administrator')
    const file = {
      name: 'accounts.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Account Name,Industry\nPeakline Foods,food\nLow Moor Steel,steel\n'),
    }
    await visit(team, { as: person }, async (page) => {
      await upload(page, file)
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await ended('accounts.csv')
      // As after a server that went away with the second row.
      await team.database.owner.query(
        `update import_run set status = 'interrupted', position = 1, created = 1 where workspace_id = $1 and source = 'accounts.csv'`,
        [team.workspaceId],
      )
      await team.database.owner.query(`delete from account where workspace_id = $1 and name = 'Low Moor Steel'`, [
        team.workspaceId,
      ])
      await upload(page, file)
      await page.getByText('stopped after 1 row').waitFor()
      await page.getByRole('button', { name: 'Go on from there' }).click()
      // The first run said the same: what counts is that the second row is there.
      const accounts = async (): Promise<number> => {
        const { rows } = await team.database.owner.query<{ n: number }>(
          `select count(*)::int as n from account where workspace_id = $1 and name in ('Peakline Foods', 'Low Moor Steel')`,
          [team.workspaceId],
        )
        return rows[0]!.n
      }
      await expect.poll(accounts, { timeout: 60_000 }).toBe(2)
      await page.getByText('2 new, 0 changed, 0 unchanged, 0 with faults').first().waitFor()
    })
  })

  test('that is none is refused in words, and nothing is kept of it', async () => {
    const person = await team.person('administrator')
    await visit(team, { as: person, expects: /status of 4\d\d/ }, async (page) => {
      await upload(page, {
        name: 'broken.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9]),
      })
      await page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor()
      expect(await page.getByRole('button', { name: 'Import', exact: true }).count()).toBe(0)
    })
  })
})

async function upload(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto('/settings/import')
  await page.locator('input[type=file]').setInputFiles(file)
}

/** An import of this file has been done, whatever the page says of earlier ones: who leaves it before breaks it off. */
async function ended(source: string): Promise<void> {
  const status = async (): Promise<string | undefined> => {
    const { rows } = await team.database.owner.query<{ status: string }>(
      `select status from import_run where workspace_id = $1 and source = $2 and settled_at is not null and not dry_run`,
      [team.workspaceId, source],
    )
    return rows[0]?.status
  }
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
}
