import { describe, expect, test, vi } from 'vitest'
import { routes } from '@sente/api'
import { dealNamed, sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('two at one deal', () => {
  test('see each other’s changes without asking for them', async () => {
    const [wang, chen] = [
      await team.person('administrator', { name: 'Wang' }),
      await team.person('administrator', { name: 'Chen' }),
    ]
    const { id } = await dealNamed(wang.api, 'Broker portal')
    await visit(team, { as: wang }, (one) =>
      visit(team, { as: chen }, async (other) => {
        for (const page of [one, other]) {
          await page.goto(`/deals/${id}/value`)
          await page.getByRole('heading', { level: 1, name: 'Broker portal' }).waitFor()
        }
        await one.getByRole('button', { name: 'Rival', exact: true }).click()
        await one.getByRole('dialog').getByLabel('Name', { exact: false }).first().fill('Northstar Systems')
        await one.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
        await other.getByText('Northstar Systems').first().waitFor()
      }),
    )
  })

  test('who change the same field are asked which version stays, and both versions are shown', async () => {
    const [wang, chen] = [
      await team.person('administrator', { name: 'Wang' }),
      await team.person('administrator', { name: 'Chen' }),
    ]
    const { id } = await dealNamed(wang.api, 'Control room two')
    // A version that is out of date is refused by 412, and a browser says so.
    await visit(team, { as: wang, expects: /status of 412/ }, async (page) => {
      await page.goto(`/deals/${id}`)
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Name, goal and dates' }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel('Name', { exact: false }).first().fill('Control room three')
      const { deal } = await chen.api.call(routes.deals.get, { params: { dealId: id } })
      await chen.api.call(routes.deals.update, {
        params: { dealId: id },
        version: deal.version,
        body: { name: 'Control room 2' },
      })
      // The page behind the form has heard of it, and the form still rests on what was there when it was opened.
      await page.locator('h1', { hasText: 'Control room 2' }).waitFor()
      await form.getByRole('button', { name: 'Save' }).click()
      const dialog = page.getByRole('dialog', { name: 'Changed by two at once' })
      await dialog.getByText('Control room 2', { exact: true }).waitFor()
      await dialog.getByText('Control room three', { exact: true }).waitFor()
      await dialog.getByText('Theirs', { exact: true }).first().click()
      await dialog.getByRole('button', { name: 'Keep what is chosen' }).click()
      await page.getByRole('heading', { level: 1, name: 'Control room 2' }).waitFor()
      expect((await chen.api.call(routes.deals.get, { params: { dealId: id } })).deal.name).toBe('Control room 2')
    })
  })

  test('are asked as well in the table of deals and on the page of an account', async () => {
    const [wang, chen] = [
      await team.person('administrator', { name: 'Wang' }),
      await team.person('administrator', { name: 'Chen' }),
    ]
    const { id, account } = await dealNamed(wang.api, '选厂能耗')
    await visit(team, { as: wang, expects: /status of 412/ }, async (page) => {
      await page.goto('/deals?q=选厂能耗')
      await page
        .getByRole('button', { name: /^选厂能耗: amount/ })
        .first()
        .click()
      await page.getByRole('textbox', { name: /Amount in/ }).fill('1234567')
      const { deal } = await chen.api.call(routes.deals.get, { params: { dealId: id } })
      await chen.api.call(routes.deals.update, {
        params: { dealId: id },
        version: deal.version,
        body: { amount: { value: '7654321', currency: deal.amount?.currency ?? 'EUR' } },
      })
      await page.getByRole('textbox', { name: /Amount in/ }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Changed by two at once' })
      await dialog.getByText(/7,654,321/).waitFor()
      await dialog.getByText(/1,234,567/).waitFor()
      await dialog.getByRole('button', { name: 'Keep what is chosen' }).click()
      await dialog.waitFor({ state: 'detached' })
      await expect
        .poll(async () => (await chen.api.call(routes.deals.get, { params: { dealId: id } })).deal.amount?.value)
        .toMatch(/^1234567/)

      await page.goto(`/accounts/${account!.id}`)
      await page.getByRole('button', { name: 'Edit' }).first().click()
      await page.getByRole('textbox', { name: 'What we want here' }).fill('One partner for all warehouses')
      const seen = await chen.api.call(routes.accounts.get, { params: { accountId: account!.id } })
      await chen.api.call(routes.accounts.update, {
        params: { accountId: account!.id },
        version: seen.account.version,
        body: { goal: 'Two partners at most' },
      })
      await page.getByRole('button', { name: 'Save' }).click()
      await dialog.getByText('Two partners at most').waitFor()
      await dialog.getByText('One partner for all warehouses').waitFor()
      await dialog.getByText('Theirs', { exact: true }).first().click()
      await dialog.getByRole('button', { name: 'Keep what is chosen' }).click()
      await page.getByText('Two partners at most').waitFor()
      expect((await chen.api.call(routes.accounts.get, { params: { accountId: account!.id } })).account.goal).toBe(
        'Two partners at most',
      )
    })
  })
})

describe('who may not', () => {
  test('change a deal finds nothing to change it with', async () => {
    const boss = await team.person('administrator')
    const viewer = await team.person('viewer')
    const { id } = await dealNamed(boss.api, 'Dye house scheduling')
    await boss.api.call(routes.deals.share, { params: { dealId: id }, body: { memberId: viewer.id } })
    await visit(team, { as: viewer }, async (page) => {
      await page.goto(`/deals/${id}/people`)
      await page.getByRole('heading', { level: 1, name: 'Dye house scheduling' }).waitFor()
      await page.getByRole('heading', { level: 2, name: 'People' }).waitFor()
      expect(await page.getByRole('button', { name: /^(Person|Share)$/ }).count()).toBe(0)
      await page.goto(`/deals/${id}/evidence`)
      await page.getByRole('heading', { name: 'What happened' }).waitFor()
      expect(await page.getByRole('textbox', { name: 'Note', exact: true }).count()).toBe(0)
      // Settings that need a right say so.
      await page.goto('/settings/members')
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
      await page.goto('/settings/audit')
      await page.getByText('You may not see this').waitFor()
    })
  })

  test('see a deal learns nothing of it: not of colleagues’ deals, not of another workspace’s', async () => {
    const boss = await team.person('administrator')
    const { id } = await dealNamed(boss.api, 'Fraud review desk')
    const { rows } = await team.database.owner.query<{ id: string }>(
      `insert into workspace (id, name) values (gen_random_uuid(), 'Elsewhere') returning id`,
    )
    for (const person of [
      await team.person('seller'),
      await team.person('administrator', { workspaceId: rows[0]!.id }),
    ]) {
      await visit(team, { as: person, expects: /status of 40[34]/ }, async (page) => {
        await page.goto(`/deals/${id}`)
        await page
          .getByText(/There is nothing here|You may not see this/)
          .first()
          .waitFor()
        expect(await page.content()).not.toContain('Fraud review')
      })
    }
  })
})

describe('settings', () => {
  test('a wrong current password is said beside its field until it is typed again; the audit trail names what was chosen', async () => {
    const boss = await team.person('administrator')
    const { id } = await dealNamed(boss.api, 'Fraud review desk')
    await boss.api.call(routes.facts.evidence.create, {
      params: { dealId: id },
      body: { on: '2026-01-05', signal: 'asks_local_support' },
    })
    await visit(team, { as: boss, expects: /status of 422/ }, async (page) => {
      await page.goto('/settings/profile')
      await page.getByLabel('Current password').fill('not my password')
      await page.getByLabel('New password').fill('five green goats')
      await page.getByRole('button', { name: 'Change the password' }).click()
      await page.getByText('This is not your current password.').waitFor()
      await page.getByLabel('Current password').fill('another try')
      expect(await page.getByText('This is not your current password.').count()).toBe(0)
      await page.goto('/settings/audit')
      await page.getByText('Asks about local office, support and response time').first().waitFor()
      expect(await page.getByRole('main').innerText()).not.toMatch(/asks_local_support|[0-9a-f]{8}-[0-9a-f]{4}-/)
    })
  })
})
