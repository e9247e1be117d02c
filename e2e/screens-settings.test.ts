import { describe, expect, test, vi } from 'vitest'
import { violations } from '../packages/web/test/axe.ts'
import { ADDRESSES, filled, REFUSED, settled } from './support/screens.ts'
import { sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

describe('every screen', () => {
  test.each(ADDRESSES.filter((address) => !address.includes('/deals')))(
    '%s has no fault that axe knows in either theme, asks no other host and keeps to the policy it is served under',
    async (address) => {
      const person = await team.person('administrator')
      await visit(team, { as: person, expects: REFUSED }, async (page) => {
        await page.goto(await filled(address, person, 'en'))
        await settled(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          // Colours go over from element to element, each a frame after the one around it: what stays wrong is a fault.
          await expect.poll(() => violations(page), { message: colorScheme, timeout: 60_000 }).toEqual([])
        }
      })
    },
  )
})
