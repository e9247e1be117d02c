import { expect, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { dealNamed, sente } from './support/sente.ts'
import { visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })
const NAME = 'Condition monitoring'

/** Paths that the page asks of the API, in order. */
function asked(page: Page): string[] {
  const paths: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/v1/')) paths.push(pathname.slice('/api/v1'.length))
  })
  return paths
}

test('a deal’s page asks who reads and for the deal before its program is there, once each', async () => {
  const person = await team.person('administrator')
  const { id } = await dealNamed(person.api, NAME)
  await visit(team, { as: person, lang: 'en', firstTime: true }, async (page) => {
    const paths = asked(page)
    // The program is held back until both are under way.
    await page.route(/\/assets\/index-[^/]*\.js$/, async (route) => {
      await expect.poll(() => paths).toEqual(['/me', `/deals/${id}`])
      await route.continue()
    })
    await page.goto(`/deals/${id}`)
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
    await page.locator('input[type=range]').waitFor()
    expect(paths.filter((path) => path === '/me' || path === `/deals/${id}`)).toEqual(['/me', `/deals/${id}`])
  })
})

test('whoever left without a connection is not let in by the session that has yet to end', async () => {
  const person = await team.person('administrator')
  const { id } = await dealNamed(person.api, NAME)
  await visit(team, { as: person, lang: 'en', firstTime: true }, async (page) => {
    await page.addInitScript(() => localStorage.setItem('sente.leaving', 'yes'))
    const paths = asked(page)
    await page.goto(`/deals/${id}`)
    await page.waitForURL(/\/signin/)
    expect(paths).not.toContain(`/deals/${id}`)
  })
})
