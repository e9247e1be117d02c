import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { actsOf, weekLater } from '../src/features/deal/next/model.ts'
import { sayFrom } from '../src/shared/i18n/say.ts'
import { formatFor } from '../src/shared/format/format-for.ts'
import { sentenceOf } from '../src/shared/plan/sentence.ts'
import en from '../src/shared/plan/words/en.json' with { type: 'json' }
import zh from '../src/shared/plan/words/zh.json' with { type: 'json' }
import { violations } from './axe.ts'
import { dealApi, exampleWhole, methodology, openDeal, TODAY } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'
import { planFor } from './support/plan-answer.ts'

const words = (act: Parameters<typeof sentenceOf>[0], lang: 'en' | 'zh'): string =>
  sentenceOf(act, sayFrom(lang === 'en' ? en : zh, lang) as never, formatFor(lang))
    .map(({ text }) => text)
    .join('')

describe('the sentence of a step', () => {
  const act = {
    who: ['Shen Guowei'],
    on: '2025-08-24',
    fixed: false,
    ours: 'Chen Mei',
    through: 'Qin Bo',
    play: 'Executive discovery',
    bring: 'Annual report reading, peer benchmark',
    why: 'Oldguard saw Shen Guowei on 2 Jul',
  }

  test('says with whom, by when, through whom, with what in hand and why, in both languages', () => {
    expect(words(act, 'en')).toBe(
      'Chen Mei sees Shen Guowei by 24 Aug, through Qin Bo for “Executive discovery”, bringing annual report reading, peer benchmark – because Oldguard saw Shen Guowei on 2 Jul.',
    )
    expect(words(act, 'zh')).toBe(
      '8月24日前，由Qin Bo引荐，Chen Mei去见Shen Guowei，做“Executive discovery”，带上annual report reading, peer benchmark——因为Oldguard saw Shen Guowei on 2 Jul。',
    )
  })

  test('says nothing of what is not known, and of our own work that it is ours', () => {
    expect(words({ who: ['Lu Yan'], on: '2025-08-18', fixed: true, play: 'UCV update' }, 'en')).toBe(
      'See Lu Yan on 18 Aug for “UCV update”.',
    )
    expect(words({ who: [], on: '2025-08-18', fixed: false, play: 'Go or no go' }, 'zh')).toBe(
      '8月18日前，我方内部先办，做“Go or no go”。',
    )
  })
})

describe('what is shown of a plan', () => {
  const whole = exampleWhole()
  const answer = planFor(whole, methodology, TODAY)

  test('has our own steps with their records, and asks of those whose day has passed', () => {
    const { acts, past } = actsOf(answer, whole, TODAY)
    expect(acts.map(({ step }) => step.play)).toEqual(answer.plan.steps.map(({ play }) => play))
    const own = acts.filter((act) => act.own)
    expect(own.map(({ step }) => step.play).sort()).toEqual(['exec_discovery', 'proof_pack'])
    for (const one of own) expect(one.own!.on).toBe(one.step.on)
    expect(past.map(({ what }) => what)).toEqual(['Visit the reference in Ningbo'])
  })

  test('shows at once a step that was taken for another day, and no longer what was set aside', () => {
    // What is proposed, not what we have planned ourselves.
    const first = actsOf(answer, whole, TODAY).acts.find(({ own }) => !own)?.step
    const person = whole.stakeholder!.find(({ key }) => key === first!.with[0])!.personId
    const stored = { dealId: whole.deal.id, version: 1, createdAt: '2025-08-12T09:00:00Z' }
    const taken = { ...stored, id: 'x', play: first!.play, on: '2025-08-25', with: [person], status: 'open' as const }
    const after = actsOf(answer, { ...whole, planStep: [...whole.planStep!, taken] }, TODAY)
    expect(after.acts.find(({ own }) => own?.id === 'x')).toMatchObject({ step: { on: '2025-08-25', locked: true } })

    const aside = { ...stored, id: 'y', personId: person, on: TODAY }
    const without = (until?: string) =>
      actsOf(answer, { ...whole, setAside: [until === undefined ? aside : { ...aside, until }] }, TODAY).acts.filter(
        ({ step, own }) => !own && step.with.includes(first!.with[0]!),
      )
    expect(without()).toEqual([])
    expect(without('2025-08-26')).toEqual([])
    expect(without(TODAY)).not.toEqual([])
  })

  test('shows at once what is held on its day, still as a proposal, and what is held no longer as any other', () => {
    const first = actsOf(answer, whole, TODAY).acts.find(({ own, step }) => !own && step.with.length > 0)!.step
    const person = whole.stakeholder!.find(({ key }) => key === first.with[0])!.personId
    const record = { dealId: whole.deal.id, version: 1, createdAt: '2025-08-12T09:00:00Z', id: 'h' }
    const held = { ...record, play: first.play, on: '2025-08-25', with: [person], status: 'held' as const }
    const holding = { ...whole, planStep: [...whole.planStep!, held] }
    const shown = actsOf(answer, holding, TODAY).acts.find((act) => act.held)
    expect(shown).toMatchObject({ held: { id: 'h' }, step: { play: first.play, on: '2025-08-25', held: true } })
    expect(shown!.own).toBeUndefined()
    // The plan as the server makes it with that record, and the record taken away again.
    const made = planFor(holding, methodology, TODAY)
    expect(made.plan.steps.filter((step) => step.held)).toHaveLength(1)
    const free = actsOf(made, whole, TODAY).acts.filter(({ step }) => step.play === first.play)
    expect(free.every((act) => act.held === undefined && act.step.held === undefined)).toBe(true)
    expect(free.length).toBeGreaterThan(0)
  })

  test('moves by a week, never onto a weekend, and from a day that has passed counts from today', () => {
    expect(weekLater('2025-08-18', TODAY)).toBe('2025-08-25')
    expect(weekLater('2025-08-16', TODAY)).toBe('2025-08-25')
    expect(weekLater('2025-07-01', TODAY)).toBe('2025-08-19')
  })
})

const open = (
  {
    lang = 'en',
    width = 1280,
    write = true,
    deal = openDeal(),
  }: Partial<Record<'lang', 'en' | 'zh'>> & {
    width?: number
    write?: boolean
    deal?: ReturnType<typeof openDeal>
  },
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write, deal })
        await page.addInitScript((chosen) => {
          localStorage.setItem('sente.lang', chosen)
          localStorage.setItem('sente.picture', 'hidden')
        }, lang)
        await page.goto(`/deals/${api.dealId}`)
        await page.getByRole('heading', { name: lang === 'en' ? 'Next act' : '下一步' }).waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 900 } },
    ),
  )
const card = (page: Page) => page.getByRole('region', { name: /Next act|下一步/ })

/** The first step of the plan that nobody has decided on, as the page shows it. */
function firstOf(api: DealApi) {
  const { plan, people } = planFor(api.whole, methodology, TODAY)
  const step = plan.steps.find(({ locked }) => !locked)!
  const met = step.with.map((key) => people.find((one) => one.key === key)!)
  return { step, name: met[0]!.name, ids: met.map(({ id }) => id), day: formatFor('en').shortDay(step.on) }
}

describe('the next act on a deal’s page', () => {
  test('stands before everything else, and is accepted by one click, with its way back', async () => {
    await open({}, async (page, api) => {
      const { name, day, step, ids } = firstOf(api)
      await card(page).getByText(name).first().waitFor()
      const before = await page.evaluate(() => {
        const act = [...document.querySelectorAll('h2')].find((one) => one.textContent === 'Next act')!
        return [...document.querySelectorAll('dl, nav[aria-label]')]
          .filter((other) => document.querySelector('main')?.contains(other) && !act.parentElement!.contains(other))
          .every((other) => (act.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
      })
      expect(before).toBe(true)
      const read = await card(page).innerText()
      await card(page).getByRole('button', { name: 'Accept' }).click()
      await page.getByText(`Accepted for ${day}`).waitFor()
      expect(api.writes).toMatchObject([
        { method: 'POST', body: { play: step.play, on: step.on, with: ids, status: 'open' } },
      ])
      // It is decided: it is not asked again.
      await expect.poll(() => card(page).innerText()).not.toBe(read)
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone', { exact: true }).waitFor()
      expect(api.writes.at(-1)!.path).toMatch(/undo$/)
    })
  })

  test('is set aside by a key: not now until a day, or not with this person for good', async () => {
    await open({}, async (page, api) => {
      const { name, step, ids } = firstOf(api)
      await card(page).getByText(name).first().waitFor()
      const read = await card(page).innerText()
      await page.keyboard.press('s')
      await page.getByText('Not before 26 Aug').waitFor()
      await expect
        .poll(() => api.writes.map(({ body }) => body))
        .toMatchObject([{ play: step.play, personId: ids[0], until: '2025-08-26', on: TODAY }])
      await expect.poll(() => card(page).innerText()).not.toBe(read)
      await page.keyboard.press('x')
      await expect.poll(() => api.writes.length).toBe(2)
      expect(api.writes[1]).toMatchObject({ method: 'POST', body: { personId: expect.any(String), on: TODAY } })
      expect(Object.keys(api.writes[1]!.body).filter((field) => field === 'until' || field === 'play')).toEqual([])
    })
  })

  test.each([
    ['en', 1280],
    ['zh', 360],
  ] as const)('in %s at %i px has no fault that axe knows and fits, opened and closed', async (lang, width) => {
    await open({ lang, width }, async (page) => {
      await card(page).locator('summary').first().click()
      await card(page).locator('dl').first().waitFor()
      expect(await violations(page)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0)
    })
  })

  test('of a deal in which nobody is known asks who can say yes, and opens the form for that person', async () => {
    await open(
      {
        deal: {
          ...openDeal(),
          people: [],
          evidence: [],
          touches: [],
          plan: [],
          rivals: [],
          ucv: [],
          proofs: [],
          commitments: [],
        },
      },
      async (page) => {
        await card(page).getByText('Who can say yes alone?').waitFor()
        await card(page).getByRole('button', { name: 'Add a person' }).click()
        await page.getByRole('dialog').getByLabel('Name', { exact: false }).first().waitFor()
        await page.getByRole('dialog').getByText('Decision maker at the top').first().waitFor()
      },
    )
  })

  test('is read by whoever may not change the deal, without a button that would change it', async () => {
    await open({ write: false }, async (page) => {
      await card(page).locator('summary').first().waitFor()
      expect(await card(page).getByRole('button').allTextContents()).toEqual(['The plan over time'])
    })
  })
})
