import { describe, expect, test, vi } from 'vitest'
import { routes } from '@sente/api'
import { violations } from '../packages/web/test/axe.ts'
import { sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('the joint plan', () => {
  test('a customer without an account reads it, proposes a step, and sees it taken over', async () => {
    const ada = await team.person('seller', { name: 'Ada Berg' })
    const { id: dealId } = await ada.api.call(routes.deals.create, {
      body: { name: 'Tunnel ventilation', openedOn: '2026-03-02' },
    })
    await ada.api.call(routes.facts.jointItem.create, {
      params: { dealId },
      body: { what: 'Visit the reference', whose: 'both', owner: 'Ada Berg', on: '2027-05-04' },
    })
    const { url } = await ada.api.call(routes.joint.link, {
      params: { dealId },
      body: { title: 'Together to the opening', language: 'en', forWhom: 'Lin Tao' },
    })
    const { pathname } = new URL(url)
    for (const width of [1280, 360])
      await visit(team, { viewport: { width, height: 800 } }, async (page) => {
        for (const lang of ['en', 'zh']) {
          await page.goto(`${pathname}?lang=${lang}`)
          await page.getByRole('heading', { level: 1, name: 'Together to the opening' }).waitFor()
          for (const summary of await page.locator('summary').all()) await summary.click()
          expect([lang, width, await violations(page)]).toEqual([lang, width, []])
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          ).toBe(0)
        }
      })
    await visit(team, {}, async (theirs) => {
      await theirs.goto(pathname)
      await theirs.getByText('Propose a step').click()
      await theirs.getByLabel('What should happen').fill('Meet the safety office')
      await theirs.locator('#proposed').getByRole('button', { name: 'Send' }).click()
      await theirs.getByText('Thank you. It has been passed on').waitFor()
      await theirs.getByText('we have not answered yet').waitFor()

      await visit(team, { as: ada }, async (ours) => {
        await ours.goto(`/deals/${dealId}/joint`)
        await ours.getByText('proposes a new step').waitFor()
        await ours.getByRole('button', { name: 'Accept', exact: true }).click()
        await ours.getByText('Nothing is waiting for an answer').waitFor()
      })

      await theirs.goto(pathname)
      await theirs.getByRole('heading', { level: 2, name: 'Meet the safety office' }).waitFor()
      expect(await theirs.getByText('Tunnel ventilation').count()).toBe(0)
    })
  })
})
