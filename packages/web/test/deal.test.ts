/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { violations } from './axe.ts'
import { dealApi } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'

interface How {
  lang?: 'en' | 'zh'
  scheme?: 'light' | 'dark'
  width?: number
  write?: boolean
  /** The picture is tested by itself; most tests here fold it away. */
  picture?: boolean
}

const open = (
  section: string,
  { lang = 'en', scheme = 'light', width = 1280, write = true, picture = false }: How,
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write })
        await page.addInitScript(
          ([chosen, folded]) => {
            localStorage.setItem('sente.lang', chosen!)
            if (folded) localStorage.setItem('sente.picture', 'hidden')
          },
          [lang, picture ? '' : 'yes'],
        )
        await page.goto(`/deals/${api.dealId}/${section}`)
        await page.locator('section h2').first().waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 }, colorScheme: scheme },
    ),
  )

const SECTIONS = ['brief', 'evidence', 'people', 'proofs', 'risks', 'value', 'process', 'plan', 'outlook', 'history']

describe('every section of a deal', () => {
  test.each([
    ['en', 'light', 1280],
    ['zh', 'dark', 360],
  ] as const)(
    'in %s, %s, %i px: fits, and has no fault that axe knows',
    async (lang, scheme, width) => {
      await open('brief', { lang, scheme, width }, async (page, api) => {
        for (const section of SECTIONS) {
          await page.goto(`/deals/${api.dealId}/${section}`)
          await page.locator('section h2').first().waitFor()
          await page.waitForLoadState('networkidle')
          expect([
            section,
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          ]).toEqual([section, 0])
          expect([section, await violations(page)]).toEqual([section, []])
        }
      })
    },
    240_000,
  )

  test('stands under the picture, and prints without buttons', async () => {
    await open('brief', { picture: true }, async (page) => {
      await page.getByRole('application').waitFor()
      await page.emulateMedia({ media: 'print' })
      await page.getByRole('button', { name: 'Disagree' }).waitFor({ state: 'hidden' })
      expect(await page.getByRole('heading', { name: 'Findings' }).isVisible()).toBe(true)
    })
  })
})

describe('a note', () => {
  test('is read while one writes; y and n judge what was found; what is kept carries the verdicts', async () => {
    await open('evidence', {}, async (page, api) => {
      const box = page.getByRole('textbox', { name: 'Note', exact: true })
      await box.fill('They asked who comes on Sunday night and whether we have people in the country. ')
      const found = page.locator('[data-item]')
      await found.first().waitFor()
      await page.getByText('With this note:').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('y')
      expect(await found.first().getAttribute('data-verdict')).toBe('confirmed')
      await page.keyboard.press('Escape')
      expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.press('Control+Enter')
      await page.getByText('Note kept').waitFor()
      const [sent] = api.writes
      expect(sent!.path).toMatch(/capture$/)
      expect(sent!.body['evidence']).toMatchObject([{ signal: 'asks_local_support', status: 'confirmed' }])
      expect(await box.inputValue()).toBe('')
    })
  })

  test('written without a connection waits on the device and is sent later', async () => {
    await open('evidence', { width: 360 }, async (page, api) => {
      api.offline = true
      await page.getByRole('textbox', { name: 'Note', exact: true }).fill('They want a visit.')
      await page.getByRole('button', { name: 'Keep note' }).click()
      await page.getByText('1 note waits on this device').waitFor()
      api.offline = false
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('1 note waits on this device').waitFor({ state: 'detached' })
      expect(api.writes.map(({ path }) => path.split('/').at(-1))).toEqual(['capture'])
    }).catch((error: Error) => {
      // The browser itself says on its console that it could not reach the server: that is what was asked for here.
      if (!/^(?:Failed to load resource: net::ERR_INTERNET_DISCONNECTED\n?)+$/.test(error.message)) throw error
    })
  })
})

describe('an edit', () => {
  test('stands on the page at once, carries its version, and offers the way back', async () => {
    await open('plan', {}, async (page, api) => {
      await page.getByRole('checkbox', { name: 'Visit the reference in Ningbo' }).check()
      await page.getByText('Step done').waitFor()
      expect(api.writes).toMatchObject([{ method: 'PATCH', body: { status: 'done' }, version: '"1"' }])
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone', { exact: true }).waitFor()
      expect(api.writes.at(-1)!.path).toMatch(/undo$/)
    })
  })

  test('that meets somebody else’s shows both versions, and sends what was chosen onto the newer one', async () => {
    await open('evidence', {}, async (page, api) => {
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
    await open('people', {}, async (page, api) => {
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
    await open('people', {}, async (page, api) => {
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
      await page.getByRole('button', { name: /Ren Hua/ }).waitFor()
      await page.getByRole('link', { name: 'Briefing on Ren Hua' }).waitFor()
    })
  })

  test('a planned step is moved by keys', async () => {
    await open('plan', {}, async (page, api) => {
      await page.getByRole('button', { name: /^Proof pack delivery,/ }).focus()
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(() => api.writes.length).toBe(1)
      expect(api.writes[0]!.body).toEqual({ on: '2025-09-21' })
    })
  })

  test('homework is answered where it stands', async () => {
    await open('brief', {}, async (page, api) => {
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
    await open('brief', {}, async (page, api) => {
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

describe('whoever may only read', () => {
  test('sees every section without a single thing to change', async () => {
    await open('brief', { write: false }, async (page, api) => {
      for (const section of SECTIONS) {
        await page.goto(`/deals/${api.dealId}/${section}`)
        await page.locator('section h2').first().waitFor()
        expect([
          section,
          await page.getByRole('button', { name: /^(Edit: |Add|Remove|Plan it|Keep note|Reject|Confirm)/ }).count(),
        ]).toEqual([section, 0])
      }
    })
  }, 120_000)
})
