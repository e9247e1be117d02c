/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { openDealPage } from './support/deal-page.ts'

describe('an edit', () => {
  test('stands on the page at once, and offers the way back', async () => {
    await openDealPage('plan', {}, async (page, api) => {
      await page.getByRole('checkbox', { name: 'Visit the reference in Ningbo' }).check()
      await page.getByText('Step done').waitFor()
      expect(api.writes).toMatchObject([{ method: 'POST', body: { outcome: 'done' } }])
      expect(api.writes[0]!.path).toMatch(/outcomes$/)
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone', { exact: true }).waitFor()
      expect(api.writes.at(-1)!.path).toMatch(/undo$/)
    })
  })

  test('that meets somebody else’s shows both versions, and sends what was chosen onto the newer one', async () => {
    await openDealPage('evidence', {}, async (page, api) => {
      const touch = api.whole.touch!.find(({ what }) => what === 'Technical exchange')!
      await page.goto(`/deals/${api.dealId}/evidence?item=touch.${touch.id}`)
      const form = page.getByRole('dialog')
      await form.getByLabel('What', { exact: true }).fill('Technical talk')
      api.refuse = {
        status: 412,
        problem: {
          type: 'urn:sente:error:changed-since',
          title: 'Changed',
          status: 412,
          code: 'changed-since',
          remedy: 'x',
          current: { ...touch, version: 7, what: 'Exchange of engineers', hours: 9 },
        },
      }
      await form.getByRole('button', { name: 'Save' }).click()
      const dialog = page.getByRole('dialog', { name: 'Changed by two at once' })
      await dialog.getByText('Exchange of engineers').waitFor()
      await dialog.getByText('Technical talk').waitFor()
      expect(await violations(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Keep what is chosen' }).click()
      await expect.poll(() => api.writes.length).toBe(2)
      expect(api.writes[1]).toMatchObject({ method: 'PATCH', body: { what: 'Technical talk' }, version: '"7"' })
    }).catch((error: Error) => {
      if (!/^(?:Failed to load resource: the server responded with a status of 412 \(.*\)\n?)+$/.test(error.message))
        throw error
    })
  })

  test('a person is added with part and stance in one form, from a gap of the map', async () => {
    await openDealPage('people', {}, async (page, api) => {
      await page.locator('.react-flow__node').first().waitFor()
      await page.getByRole('button', { name: 'Person', exact: true }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('combobox', { name: 'Name' }).fill('Zhao Lin')
      await form
        .getByRole('textbox', { name: 'Stance' })
        .or(form.getByRole('combobox', { name: 'Stance' }))
        .first()
        .click()
      await page.getByRole('option', { name: /Supports us/ }).click()
      await form.getByRole('button', { name: 'Save' }).click()
      await expect
        .poll(() => api.writes.map(({ path }) => path.split('/').at(-1)))
        .toEqual(['people', 'stakeholders', 'stances'])
      await page.getByRole('button', { name: /Zhao Lin/ }).waitFor()
    })
  })

  test('a known person of the account is offered and joins the deal, and nobody is written down twice unawares', async () => {
    await openDealPage('people', {}, async (page, api) => {
      const ren = {
        id: '01970000-0000-7000-8000-bbbbbbbbbbbb',
        version: 3,
        name: 'Ren Hua',
        title: 'Plant manager',
        accountId: api.whole.deal.accountId!,
        createdAt: '2025-01-01T00:00:00Z',
        updatedAt: '2025-01-01T00:00:00Z',
      }
      api.elsewhere = [ren]
      await page.getByRole('button', { name: 'Person', exact: true }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('combobox', { name: 'Name' }).fill(api.whole.people![0]!.name)
      await form.getByText('is in this deal already').waitFor()
      await form.getByRole('combobox', { name: 'Name' }).fill('ren hua')
      await form.getByText('is known at this account already').waitFor()
      expect(await violations(page)).toEqual([])
      await form.getByRole('combobox', { name: 'Name' }).fill('Ren')
      await page.getByRole('option', { name: /Ren Hua/ }).click()
      expect(await form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Plant manager')
      await form.getByRole('button', { name: 'Save' }).click()
      await expect
        .poll(() => api.writes)
        .toEqual([expect.objectContaining({ method: 'POST', body: expect.objectContaining({ personId: ren.id }) })])
      await page.getByRole('button', { name: /^Ren Hua Plant manager/ }).waitFor()
      await page.locator('#people').getByRole('link', { name: 'Meeting page: Ren Hua' }).waitFor()
    })
  })

  test('homework is answered where it stands', async () => {
    await openDealPage('brief', {}, async (page, api) => {
      const asked = page.getByRole('button', { name: 'Answer: Which projects have we won there already?' })
      await asked.click()
      await page.getByRole('dialog').getByRole('textbox').fill('2')
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await expect.poll(() => api.writes.length).toBe(1)
      expect(api.writes[0]!.body).toEqual({ wonProjects: 2 })
      await asked.waitFor({ state: 'detached' })
    })
  })

  test('the deal is closed with its reason, and an earlier day shows it without a way to change it', async () => {
    await openDealPage('brief', {}, async (page, api) => {
      await page.getByRole('button', { name: 'Status: Open' }).click()
      await page.getByRole('menuitem', { name: 'Close as lost' }).click()
      await page.getByRole('dialog').getByLabel('Why we lost').fill('Risk')
      await page.getByRole('dialog').getByRole('button', { name: 'Close as lost' }).click()
      await expect.poll(() => api.writes[0]?.body).toEqual({ status: 'lost', closedOn: '2025-08-12', reason: 'Risk' })
      await page.goto(`/deals/${api.dealId}/brief?asOf=2025-04-15`)
      await page.getByText('Seen from 15 Apr 2025').waitFor()
      expect(await page.getByRole('button', { name: 'Disagree' }).count()).toBe(0)
    })
  })
})
