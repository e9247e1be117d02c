import { routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { dealNamed, sente } from './support/sente.ts'
import { overflow, PHONE, visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })
const phone = {
  viewport: PHONE,
  hasTouch: true,
  isMobile: true,
  firstTime: true,
  expects: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|out of reach/,
} as const
/** What the picture says, in words. */
const says = (page: Page) => page.locator('svg[role=img] > desc').first().textContent()
const NOTE =
  'In the lift: they asked who comes on Sunday night and whether we have people in the country. The board approved the budget.'

/** The application is on the device, and answers for its own pages. */
const onDevice = (page: Page) =>
  page.waitForFunction(
    async () =>
      (await navigator.serviceWorker.ready).active?.state === 'activated' &&
      navigator.serviceWorker.controller !== null,
  )
/** Everything a reader could find on the device: copies of answers, notes that wait, files, what the browser stores for the page. */
const left = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const { name } of await indexedDB.databases()) {
      const open = await new Promise<IDBDatabase>((done, fail) => {
        const asked = indexedDB.open(name!)
        asked.addEventListener('success', () => done(asked.result))
        asked.addEventListener('error', () => fail(new Error('closed')))
      })
      for (const store of open.objectStoreNames) {
        const asked = open.transaction(store).objectStore(store).getAll()
        texts.push(
          await new Promise((done) => asked.addEventListener('success', () => done(JSON.stringify(asked.result)))),
        )
      }
      open.close()
    }
    for (const name of await caches.keys())
      texts.push((await (await caches.open(name)).keys()).map(({ url }) => url).join(' '))
    return texts.join('\n')
  })

describe('on a phone', () => {
  test('a note taken without a connection is kept, moves the picture, outlives a reload, and is sent once there is one', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person, ...phone, serviceWorkers: 'allow' }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      await onDevice(page)
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill('x')
      await page.getByText('Nothing found yet.').waitFor()
      await page.context().setOffline(true)
      await page.getByText('No connection: seen as of').waitFor()
      const before = await says(page)
      await box.fill(NOTE)
      await page
        .getByText(/\d signals? found, \d to judge/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('1 note waits on this device').waitFor()
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      const after = await says(page)
      expect(after).not.toBe(before)

      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Claims intake' }).waitFor()
      await page.getByText('No connection: seen as of').waitFor()
      await page.getByText('1 note waits on this device').waitFor()
      await expect.poll(() => says(page)).toBe(after)
      await box.waitFor()
      expect(await overflow(page)).toBeLessThanOrEqual(0)

      await page.context().setOffline(false)
      await page.getByText('1 note waits on this device').waitFor({ state: 'detached' })
      await page.getByText('No connection').waitFor({ state: 'detached' })
      await page.getByText('The board approved the budget').first().waitFor()
    })
  })

  test('signing out leaves nothing of the workspace on the device', async () => {
    const person = await team.person('administrator', { name: 'Aiko Sato' })
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person, ...phone, serviceWorkers: 'allow' }, async (page) => {
      await page.goto(`/deals/${id}`)
      await page.getByRole('heading', { level: 1, name: 'Claims intake' }).waitFor()
      await onDevice(page)
      await expect.poll(() => left(page)).toMatch(/Claims intake[^]*Aiko Sato|Aiko Sato[^]*Claims intake/)
      expect(await left(page)).not.toMatch(/csrf/i)
      await page.getByRole('button', { name: 'Your account' }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await expect.poll(() => left(page)).not.toMatch(/Claims intake|Aiko Sato|api\/v1/)
      await page.context().setOffline(true)
      await page.goto(`/deals/${id}`)
      await page.getByText('The server cannot be reached. Are you online?').waitFor()
      expect(await page.content()).not.toContain('Claims intake')
    })
  })

  test('nothing is kept on a device whose user has said so, what was is gone at once, and a note taken without a connection waits all the same', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person, ...phone, serviceWorkers: 'allow' }, async (page) => {
      await page.goto(`/deals/${id}`)
      await onDevice(page)
      await expect.poll(() => left(page)).toContain('Claims intake')
      await page.goto('/settings/profile')
      const keeps = page.getByRole('switch', { name: 'Keep copies on this device' })
      await expect.poll(() => keeps.isChecked()).toBe(true)
      await keeps.click()
      await expect.poll(() => left(page)).not.toContain('Claims intake')
      await page.goto(`/deals/${id}/evidence`)
      await page
        .getByRole('textbox', { name: 'Note', exact: true })
        .fill('Said at the door: the steering committee meets on Monday.')
      expect(await left(page)).not.toContain('Claims intake')
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('1 note waits on this device').waitFor()
      await page.reload()
      await page.getByText('The server cannot be reached. Are you online?').first().waitFor()
      expect(await page.content()).not.toContain('Claims intake')
      await page.context().setOffline(false)
      await page.getByText('the steering committee meets on Monday').first().waitFor()
      await page.goto('/settings/profile')
      await keeps.click()
      await page.goto(`/deals/${id}`)
      await expect.poll(() => left(page)).toContain('Claims intake')
    })
  })

  test('an account, a meeting page and a deal’s history that were seen are read without a connection', async () => {
    const person = await team.person('administrator')
    const { id, account } = await dealNamed(person.api, 'Claims intake')
    const { stakeholder } = await person.api.call(routes.deals.get, {
      params: { dealId: id },
      query: { include: ['stakeholder'] },
    })
    const places = [
      [`/accounts/${account!.id}`, 'People over all deals'],
      [`/deals/${id}/meetings/${stakeholder![0]!.personId}`, 'People and what they care about now'],
      [`/deals/${id}/history`, 'added Step of the customer'],
    ] as const
    await visit(team, { as: person, ...phone, serviceWorkers: 'allow' }, async (page) => {
      await page.goto('/')
      await onDevice(page)
      for (const [address, words] of places) {
        await page.goto(address)
        await page.getByText(words).first().waitFor()
      }
      await expect.poll(() => left(page)).toMatch(/shortcoming/)
      await page.context().setOffline(true)
      for (const [address, words] of places) {
        await page.goto(address)
        await page.getByText(words).first().waitFor()
        await page.getByText('No connection: seen as of').waitFor()
      }
    })
  })

  test('whoever signs out without a connection is asked about notes that were not sent, and is out for good', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(
      team,
      {
        as: person,
        ...phone,
        serviceWorkers: 'allow',
        expects: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|status of 401/,
      },
      async (page) => {
        await page.goto(`/deals/${id}/evidence`)
        await onDevice(page)
        await page.context().setOffline(true)
        await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Seen by chance at the fair.')
        await page.getByRole('button', { name: 'Keep note' }).click()
        await page.getByText('1 note waits on this device').waitFor()
        await page.getByRole('button', { name: 'Your account' }).click()
        await page.getByRole('menuitem', { name: 'Sign out' }).click()
        await page.getByRole('button', { name: 'Sign out and lose it' }).click()
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
        await expect.poll(() => left(page)).not.toMatch(/Seen by chance|Claims intake/)
        await page.context().setOffline(false)
        await expect.poll(async () => (await page.request.get('/api/v1/me')).status()).toBe(401)
        await page.goto(`/deals/${id}`)
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      },
    )
  })

  test('a part of the page that cannot be fetched leaves the page as it is, and comes when the connection is back', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Claims intake')
    await visit(team, { as: person, ...phone }, async (page) => {
      await page.goto(`/deals/${id}`)
      await page.getByRole('heading', { level: 1, name: 'Claims intake' }).waitFor()
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page.getByRole('alert').getByText('The server cannot be reached. Are you online?').waitFor()
      await page.getByRole('heading', { level: 1, name: 'Claims intake' }).waitFor()
      await page.context().setOffline(false)
      await page
        .getByRole('dialog')
        .getByRole('combobox')
        .or(page.getByRole('dialog').getByRole('textbox'))
        .first()
        .waitFor()
    })
  })

  test.each(['en', 'zh'] as const)(
    'lists scroll with the page and tables with nothing else, in %s: no scroll within a scroll, nobody cut off the people map',
    async (lang) => {
      const person = await team.person('administrator')
      const { id } = await dealNamed(person.api, 'Claims intake')
      await visit(team, { as: person, ...phone, lang }, async (page) => {
        await page.goto('/deals')
        const cards = page.locator('main li a[href^="/deals/"]')
        await cards.first().waitFor()
        const scrolls = (axis: 'Height' | 'Width') =>
          page.evaluate(
            (of) =>
              [...document.querySelectorAll('main *')]
                .filter(
                  (node) =>
                    node[`scroll${of}`] > node[`client${of}`] + 1 &&
                    /auto|scroll/.test(getComputedStyle(node)[of === 'Height' ? 'overflowY' : 'overflowX']),
                )
                .map(({ className }) => className),
            axis,
          )
        expect(await scrolls('Height')).toEqual([])
        const seen = new Set<string>()
        for (let more = true; more;) {
          expect(await cards.count()).toBeLessThan(20)
          // By their address: what stands on a card changes when its numbers are computed again.
          const addresses = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('href')!))
          for (const address of addresses) seen.add(address)
          more = await page.evaluate(() => {
            const before = window.scrollY
            window.scrollBy(0, 500)
            return window.scrollY > before
          })
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        }
        const { items } = await person.api.call(routes.deals.list, { query: { limit: 200 } })
        expect(seen.size).toBe(items.filter(({ status }) => status === 'open').length)

        await page.goto(`/deals/${id}/people`)
        await page.locator('#people input[value=map] + label').click()
        const nodes = page.locator('.react-flow__node')
        await nodes.first().waitFor()
        const frame = (await page.locator('.react-flow').boundingBox())!
        await expect
          .poll(async () =>
            (await Promise.all((await nodes.all()).map((node) => node.boundingBox()))).every(
              (box) => box!.x >= frame.x && box!.x + box!.width <= frame.x + frame.width,
            ),
          )
          .toBe(true)

        for (const place of ['/method/people', '/method/topics/vendor_viability']) {
          await page.goto(place)
          await page.getByRole('table').first().waitFor()
          expect(await scrolls('Width').then((all) => all.filter((name) => !/tabs/.test(name)))).toEqual([])
          expect(await overflow(page)).toBeLessThanOrEqual(0)
        }
      })
    },
  )
})
