import { describe, expect, test, vi } from 'vitest'
import { violations } from '../packages/web/test/axe.ts'
import { ADDRESSES, filled, REFUSED, settled } from './support/screens.ts'
import { sente } from './support/sente.ts'
import { overflow, PHONE, visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('every screen', () => {
  test.each([
    ['en', 0],
    ['en', 1],
    ['zh', 0],
    ['zh', 1],
  ] as const)('in %s fits a phone (half %i)', async (lang, half) => {
    const person = await team.person('administrator')
    const wider: string[] = []
    await visit(
      team,
      { as: person, lang, viewport: PHONE, hasTouch: true, isMobile: true, expects: REFUSED },
      async (page) => {
        for (const address of ADDRESSES.filter((_, i) => i % 2 === half)) {
          await page.goto(await filled(address, person, lang))
          await settled(page)
          const by = await overflow(page)
          if (by > 0) wider.push(`${address} is ${by} px wider than its window`)
        }
      },
    )
    expect(wider).toEqual([])
  })

  test.each(['/', '/deals', '/deals/DEAL', '/deals/DEAL/evidence', '/deals/DEAL/people'])(
    '%s on a phone, in Chinese and dark, has no fault that axe knows either',
    async (address) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, lang: 'zh', scheme: 'dark', viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'zh'))
        await settled(page)
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test.each([
    ['/settings/members', 'Noah Lindqvist', 'Role', 'zh', 'dark'],
    ['/accounts/ACCOUNT', 'Pavel Novak', 'Trust today', 'en', 'light'],
  ] as const)(
    '%s on a phone has its table still, with nothing of it beside the window',
    async (address, name, column, otherLang, scheme) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        const table = page.getByRole('table').filter({ hasText: name })
        await table.getByRole('columnheader', { name: column }).waitFor()
        await table.getByRole('row', { name }).getByRole('cell').first().waitFor()
        for (const part of await table.locator('td:visible').all()) {
          const { x, width } = (await part.boundingBox())!
          expect(x + width).toBeLessThanOrEqual(PHONE.width)
          expect(await part.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
        }
      })
      await visit(team, { as: person, lang: otherLang, scheme, viewport: PHONE }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        expect(await violations(page)).toEqual([])
      })
    },
  )
})
