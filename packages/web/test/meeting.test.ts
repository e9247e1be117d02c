/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { violations } from './axe.ts'
import { dealApi, exampleDeal } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'

interface How {
  lang?: 'en' | 'zh'
  width?: number
  write?: boolean
  /** An example to stand in the place of the usual one. */
  example?: string
  expects?: RegExp
}

/** Where the page of a meeting with somebody of the example is. */
const addressOf = (api: DealApi, keys: readonly string[], search = ''): string => {
  const ids = keys.map((name) => api.whole.stakeholder!.find(({ key }) => key === name)!.personId)
  return `/deals/${api.dealId}/meetings/${ids.join(',')}${search}`
}

const open = (
  at: (api: DealApi) => string,
  { lang = 'en', width = 1280, write = true, example, expects }: How,
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write, ...(example !== undefined && { deal: exampleDeal(example) }) })
        await page.addInitScript((chosen) => localStorage.setItem('sente.lang', chosen), lang)
        await page.goto(at(api))
        await page.locator('h1').first().waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 }, ...(expects && { expects }) },
    ),
  )
const read = (page: Page): Promise<void> => page.locator('section h2').nth(3).waitFor()
const visit = (api: DealApi): string => {
  const step = api.whole.planStep!.find(({ what }) => what === 'Visit the reference in Ningbo')!
  return addressOf(api, ['qin'], `?step=${step.id}`)
}

describe('the page of a meeting', () => {
  test('is opened from a step of the plan, from today, and from a person', async () => {
    await open(
      (api) => `/deals/${api.dealId}/plan`,
      {},
      async (page, api) => {
        const title = page.locator('h1')
        await page.getByRole('link', { name: 'Meeting page: Shen Guowei' }).first().click()
        await read(page)
        const step = api.whole.planStep!.find(({ play }) => play === 'exec_discovery')!
        expect(new URL(page.url()).searchParams.get('step')).toBe(step.id)
        await page.getByRole('link', { name: 'The plan of this deal' }).click()
        await page.goto('/')
        await page.getByRole('link', { name: 'Meeting page: Qin Bo' }).first().click()
        await read(page)
        expect(await title.textContent()).toBe('Visit the reference in Ningbo')
        await page.goto(`/deals/${api.dealId}/people`)
        await page.locator('#people').getByRole('link', { name: 'Meeting page: Tang Hui', exact: true }).first().click()
        await read(page)
        expect(page.url()).toMatch(new RegExp(`${addressOf(api, ['tang'])}$`))
      },
    )
  })

  test.each([
    ['en', '4-late-but-risk-first', ['brandt', 'osei'], 'trust_reconfirm'],
    ['zh', '4-late-but-risk-first', ['brandt', 'osei'], 'trust_reconfirm'],
    ['en', '4-late-but-risk-first', ['osei', 'varga', 'holm'], 'risk_workshop'],
    ['zh', '5-early-and-right', ['qiao', 'jiang', 'pan'], 'trust_reconfirm'],
    ['en', '1-loved-early-killed-late', ['tang', 'lu'], 'proof_pack'],
  ] as const)('in %s of example %s with %s prints on one sheet, A4 and Letter', async (lang, name, people, play) => {
    await open(
      (api) => addressOf(api, people, `?play=${play}`),
      { lang, example: `${name}.yaml` },
      async (page) => {
        await read(page)
        await page.evaluate(() => document.fonts.ready)
        for (const format of ['A4', 'Letter'] as const) {
          const pdf = (await page.pdf({ format, printBackground: true, preferCSSPageSize: false })).toString('latin1')
          expect([format, pdf.match(/\/Type\s*\/Page\b/g)?.length]).toEqual([format, 1])
        }
      },
    )
  })

  test('takes how it went by two keys, and then says that it was said', async () => {
    await open(visit, {}, async (page, api) => {
      await read(page)
      await page.keyboard.press('o')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('2')
      await page.keyboard.press('Control+Enter')
      await page.getByText('How it went has been said').waitFor()
      const step = api.whole.planStep!.find(({ what }) => what === 'Visit the reference in Ningbo')!
      expect(api.writes.map(({ body }) => [body['planStepId'], body['outcome']])).toEqual([[step.id, 'met_cold']])
      expect(await page.getByRole('button', { name: 'How it went' }).count()).toBe(0)
    })
  })

  test('takes how it went where the meeting is no step of the deal: with whom, and which play', async () => {
    await open(
      (api) => addressOf(api, ['tang', 'lu'], '?play=ucv_update'),
      { width: 360 },
      async (page, api) => {
        await read(page)
        await page.getByRole('button', { name: 'How it went' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Met, went well' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click()
        await expect.poll(() => api.writes.length).toBe(1)
        const ids = ['tang', 'lu'].map((name) => api.whole.stakeholder!.find(({ key }) => key === name)!.personId)
        expect(api.writes[0]!.body).toMatchObject({ play: 'ucv_update', with: ids, outcome: 'done' })
        expect(api.writes[0]!.body).not.toHaveProperty('planStepId')
      },
    )
  })

  test('offers the Word document in the language that is read', async () => {
    await open(visit, { lang: 'zh' }, async (page, api) => {
      await read(page)
      const href = await page.getByRole('link', { name: '存为 Word 文档' }).getAttribute('href')
      const { pathname, searchParams } = new URL(href!, 'http://here')
      expect(pathname).toBe(`/api/v1/deals/${api.dealId}/meeting/docx`)
      expect(searchParams.get('language')).toBe('zh')
      expect(searchParams.get('planStepId')).toBe(api.whole.planStep!.find(({ what }) => what?.startsWith('Visit'))!.id)
    })
  })

  test('says that nothing is there where the person is not of the deal, and leads to it', async () => {
    await open(
      (api) => `/deals/${api.dealId}/meetings/01970000-0000-7000-8000-dddddddddddd`,
      { expects: /status of 404/ },
      async (page, api) => {
        await page.getByText('There is nothing here').waitFor()
        expect(await page.getByRole('link', { name: 'To the deal' }).getAttribute('href')).toBe(`/deals/${api.dealId}`)
      },
    )
  })

  test('asks whoever may not write for nothing', async () => {
    await open(visit, { write: false }, async (page) => {
      await read(page)
      expect(await page.getByRole('button', { name: 'How it went' }).count()).toBe(0)
    })
  })

  test.each([
    ['en', 1280],
    ['zh', 1280],
    ['en', 360],
    ['zh', 360],
  ] as const)('in %s at %i px fits and has no fault that axe knows', async (lang, width) => {
    await open(
      (api) => addressOf(api, ['tang', 'lu'], '?play=proof_pack'),
      { lang, width },
      async (page) => {
        await read(page)
        expect(await violations(page)).toEqual([])
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0)
      },
    )
  })
})
