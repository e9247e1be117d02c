import { routes } from '@sente/api'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { dealNamed, sente } from './support/sente.ts'
import type { Person } from './support/sente.ts'
import { signIn, visit } from './support/visit.ts'

vi.setConfig({ testTimeout: 240_000 })
const team = sente({ sample: true })

async function writeTouch(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'Touch', exact: true }).first().click()
  await page.getByRole('dialog').getByLabel('What', { exact: true }).fill(what)
}
const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
const touches = async ({ api }: Person, dealId: string, what: string): Promise<number> =>
  (await api.call(routes.deals.get, { params: { dealId }, query: { include: ['touch'] } })).touch!.filter(
    (touch) => touch.what === what,
  ).length

describe('what was typed is not lost', () => {
  test('when the session ended meanwhile: one signs in beside the page, comes back, and sends it', async () => {
    const [boss, person] = [await team.person('administrator'), await team.person('administrator')]
    const { id } = await dealNamed(person.api, 'Archive migration')
    await visit(team, { as: person, expects: /status of 401/ }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      await writeTouch(page, 'Tea with the chairman')
      await boss.api.call(routes.members.signOut, { params: { memberId: person.id } })
      await save(page)
      await page.getByText('Your session has ended. What you have typed').waitFor()
      expect(await page.getByRole('link', { name: 'Sign in in another tab' }).getAttribute('target')).toBe('_blank')
      await signIn(page, person)
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.getByText('Your session has ended. What you have typed').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('Tea with the chairman').first().waitFor()
      await expect.poll(() => touches(person, id, 'Tea with the chairman')).toBe(1)
    })
  })

  test('when the server was out of reach, and is there once even if it had come through and only the answer was lost', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Archive migration')
    await visit(team, { as: person, expects: /ERR_FAILED|Failed to fetch/ }, async (page) => {
      for (const [what, arrives] of [
        ['Lunch at the port', false],
        ['Dinner at the port', true],
      ] as const) {
        await page.goto(`/deals/${id}/evidence`)
        await writeTouch(page, what)
        await page.route(
          /\/touches$/,
          async (route) => {
            if (arrives) await route.fetch()
            await route.abort()
          },
          { times: 1 },
        )
        await save(page)
        await page.getByText('The server cannot be reached. Are you online?').waitFor()
        // What is not kept does not stand there as if it were.
        if (!arrives) await expect.poll(() => page.getByText(what).count()).toBe(0)
        await page.getByRole('button', { name: 'Try again' }).click()
        await page.getByText(what).first().waitFor()
        await page.getByText('Added: Touch').waitFor()
        expect(await touches(person, id, what)).toBe(1)
      }
    })
  })

  test('when the connection is cut before anything was ever said', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Archive migration')
    await visit(
      team,
      { as: person, firstTime: true, expects: /ERR_INTERNET_DISCONNECTED|Failed to fetch/ },
      async (page) => {
        const toasts = page.waitForResponse(/toasts/)
        await page.goto(`/deals/${id}/evidence`)
        await writeTouch(page, 'Supper at the port')
        await toasts
        await page.context().setOffline(true)
        await save(page)
        await page.getByRole('button', { name: 'Try again' }).waitFor()
        await page.context().setOffline(false)
        await page.getByRole('button', { name: 'Try again' }).click()
        await page.getByText('Added: Touch').waitFor()
        expect(await touches(person, id, 'Supper at the port')).toBe(1)
      },
    )
  })

  test('and is sent once, however often the button is pressed', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Archive migration')
    await visit(team, { as: person }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      await writeTouch(page, 'Seen at the fair')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Save' })
        .evaluate((button: HTMLElement) => {
          button.click()
          button.click()
        })
      await page.getByText('Added: Touch').waitFor()
      expect(await touches(person, id, 'Seen at the fair')).toBe(1)
    })
  })

  test('and is not sent while an input method is still putting its letters together', async () => {
    const person = await team.person('administrator')
    const { id } = await dealNamed(person.api, 'Archive migration')
    await visit(team, { as: person, lang: 'zh' }, async (page) => {
      const keyboard = await page.context().newCDPSession(page)
      /** Letters that wait for a choice, and the keys that a browser reports meanwhile: Safari says so by the key's code alone. */
      const compose = async (letters: string, chosen: string): Promise<void> => {
        await keyboard.send('Input.imeSetComposition', {
          text: letters,
          selectionStart: letters.length,
          selectionEnd: letters.length,
        })
        await page.evaluate(() => {
          for (const said of [{ isComposing: true }, { keyCode: 229 }])
            document.activeElement!.dispatchEvent(
              new KeyboardEvent('keydown', {
                key: 'Enter',
                code: 'Enter',
                ctrlKey: true,
                bubbles: true,
                cancelable: true,
                ...said,
              }),
            )
        })
        await keyboard.send('Input.insertText', { text: chosen })
      }
      await page.goto(`/deals/${id}/evidence`)
      const box = page.getByRole('textbox', { name: '记录', exact: true })
      await box.focus()
      await compose('kehu', '客户')
      expect(await box.inputValue()).toBe('客户')
      await page.getByRole('button', { name: '接触', exact: true }).first().click()
      const what = page.getByRole('dialog').getByLabel('内容', { exact: true })
      await what.focus()
      await compose('wanfan', '晚饭')
      expect(await what.inputValue()).toBe('晚饭')
      await what.press('Control+Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(() => touches(person, id, '晚饭')).toBe(1)
      expect(await box.inputValue()).toBe('客户')
    })
  })
})

describe('a deal that is open', () => {
  test('and is removed by somebody else is not shown as if it were still there', async () => {
    const [boss, seller] = [await team.person('administrator'), await team.person('seller')]
    const { id, version } = await seller.api.call(routes.deals.create, { body: { name: 'Soon removed' } })
    await visit(team, { as: seller, expects: /status of 404/ }, async (page) => {
      await page.goto(`/deals/${id}`)
      await page.getByRole('heading', { level: 1, name: 'Soon removed' }).waitFor()
      await boss.api.call(routes.deals.remove, { params: { dealId: id }, version })
      await page.getByText('There is nothing here').waitFor()
      expect(await page.content()).not.toContain('Soon removed')
    })
  })

  test('and is no longer shared is gone at the latest with the first change that is refused', async () => {
    const [boss, seller] = [await team.person('administrator'), await team.person('seller')]
    const { id } = await boss.api.call(routes.deals.create, { body: { name: 'Soon unshared' } })
    const share = await boss.api.call(routes.deals.share, {
      params: { dealId: id },
      body: { memberId: seller.id, mayWrite: true },
    })
    await visit(team, { as: seller, expects: /status of 404/ }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      await writeTouch(page, 'Too late')
      await boss.api.call(routes.deals.unshare, { params: { dealId: id, id: share.id } })
      await save(page)
      await page.getByText('There is nothing here').waitFor()
      expect(await page.getByRole('heading', { level: 1, name: 'Soon unshared' }).count()).toBe(0)
    })
  })

  test('has nothing to change it with any more for whom the right was taken away', async () => {
    const boss = await team.person('administrator')
    const seller = await team.person('seller')
    const { id } = await dealNamed(boss.api, 'Archive migration')
    await boss.api.call(routes.deals.share, { params: { dealId: id }, body: { memberId: seller.id, mayWrite: true } })
    await visit(team, { as: seller, expects: /status of 403/ }, async (page) => {
      await page.goto(`/deals/${id}/evidence`)
      await writeTouch(page, 'Too late')
      const { items } = await boss.api.call(routes.members.list)
      await boss.api.call(routes.members.update, {
        params: { memberId: seller.id },
        body: { role: 'viewer' },
        version: items.find((member) => member.id === seller.id)!.version,
      })
      await save(page)
      await page.getByRole('button', { name: 'Try again' }).waitFor()
      await page.getByRole('button', { name: 'Touch', exact: true }).waitFor({ state: 'detached' })
      expect(await touches(boss, id, 'Too late')).toBe(0)
    })
  })
})

test('a deal as of a day that the calendar does not have is shown as it is today', async () => {
  const person = await team.person('administrator')
  const { id } = await dealNamed(person.api, 'Archive migration')
  await visit(team, { as: person }, async (page) => {
    for (const none of ['2025-13-45', '2025-02-30']) {
      await page.goto(`/deals/${id}?asOf=${none}`)
      await page.getByRole('heading', { level: 1, name: 'Archive migration' }).waitFor()
      expect(await page.getByText('Back to today').count()).toBe(0)
    }
  })
})

test('a day is the workspace’s, wherever in the world one reads it', async () => {
  const person = await team.person('administrator')
  const { today } = (await person.api.call(routes.auth.me)).workspace
  const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())
  // One of the two has always another day.
  const timezoneId = ['Pacific/Niue', 'Pacific/Kiritimati'].find((zone) => dayIn(zone) !== today)!
  const { id, account } = await dealNamed(person.api, 'Archive migration')
  const { stakeholder } = await person.api.call(routes.deals.get, {
    params: { dealId: id },
    query: { include: ['stakeholder'] },
  })
  await visit(team, { as: person, timezoneId }, async (page) => {
    await page.goto(`/deals/${id}/evidence`)
    await writeTouch(page, 'On this very day')
    expect(await page.getByRole('dialog').getByLabel('Day', { exact: false }).first().inputValue()).toBe(today)
    await save(page)
    await page.getByText('On this very day').first().waitFor()
    await person.api.call(routes.facts.touch.create, {
      params: { dealId: id },
      body: { what: 'A talk', on: today, with: [stakeholder![0]!.personId] },
    })
    await page.goto(`/accounts/${account!.id}`)
    await expect.poll(() => page.locator(`time[datetime="${today}"]`).allTextContents()).toContain('today')
  })
})
