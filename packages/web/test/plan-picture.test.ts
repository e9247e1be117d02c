import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withPage } from '../../../scripts/test-browser.ts'
import { withWeb } from '../../../scripts/test-web.ts'
import { filledIn } from '../src/features/deal/next/model.ts'
import { differs, sidesOf } from '../src/features/deal/plan/model.ts'
import { planWith } from '../src/features/deal/plan/plan-worker.ts'
import { violations } from './axe.ts'
import { dealApi, exampleWhole, methodology, TODAY } from './support/deal-api.ts'
import type { DealApi } from './support/deal-api.ts'
import { planFor } from './support/plan-answer.ts'

const whole = exampleWhole()
const answer = planFor(whole, methodology, TODAY)

describe('a plan tried in the page', () => {
  const base = { whole, answer, methodology, asOf: TODAY }

  test('is the plan that stands where nothing is moved', () => {
    const again = planWith(undefined, base)
    const said = (steps: typeof again.steps): string[] =>
      steps.map(({ play, on, with: people }) => [play, on, ...people].join(' ')).sort()
    expect(said(again.steps)).toEqual(said(answer.plan.steps))
    expect(again.changed).toEqual([])
  })

  test('keeps a proposed step and one of our own where they were put, and says what else changed', () => {
    const proposed = answer.plan.steps.find(({ locked }) => !locked)!
    const put = planWith({ play: proposed.play, with: proposed.with, on: '2025-09-15' }, base)
    expect(
      put.steps.filter(({ locked, play, on }) => locked && play === proposed.play && on === '2025-09-15'),
    ).toHaveLength(1)
    expect(put.changed.length).toBeGreaterThan(0)

    const own = whole.planStep!.find(({ play }) => play === 'exec_discovery')!
    const moved = planWith({ own: own.id, play: own.play!, with: ['shen'], on: '2025-09-03' }, base)
    expect(moved.steps.filter(({ play, locked }) => play === 'exec_discovery' && locked).map(({ on }) => on)).toEqual([
      '2025-09-03',
    ])
  })
})

test('two plans stand side by side, each step once, by the day on which it comes first', () => {
  const [steady, swift] = (['steady', 'swift'] as const).map(
    (style) => planFor(whole, methodology, TODAY, { style }).plan.steps,
  ) as [typeof answer.plan.steps, typeof answer.plan.steps]
  const sides = sidesOf(steady, swift)
  expect(sides.flatMap((one) => one.left ?? [])).toHaveLength(steady.length)
  expect(sides.flatMap((one) => one.right ?? [])).toHaveLength(swift.length)
  const first = sides.map((one) => [one.left, one.right].flatMap((step) => step?.on ?? []).sort()[0]!)
  expect(first).toEqual(first.toSorted())
})

test('two plans part where a step is missing, on another day, or with another of ours going', () => {
  const step = answer.plan.steps[0]!
  const one = { id: 'a', name: step.name, with: step.with }
  expect([
    differs({ ...one, left: step, right: step }),
    differs({ ...one, left: step }),
    differs({ ...one, left: step, right: { ...step, on: '2026-01-05' } }),
    differs({ ...one, left: step, right: { ...step, ours: 'somebody else' } }),
  ]).toEqual([false, true, true, true])
})

test('a step taken from a finding has the day and the people of the plan; where the plan has it not, those of the finding', () => {
  const planned = answer.plan.steps.find(({ locked }) => !locked)!
  expect(filledIn(planned.play, { with: [], by: null, within: 7 }, answer, TODAY)).toMatchObject({
    on: planned.on,
    with: planned.with,
  })
  expect(filledIn('no_such', { with: ['lu'], by: null, within: 7 }, answer, TODAY)).toEqual({
    on: '2025-08-19',
    with: ['lu'],
  })
  // A day that has passed is no day for a step.
  expect(filledIn('no_such', { with: [], by: '2025-08-01', within: 0 }, answer, TODAY).on).toBe(TODAY)
})

const open = (
  {
    lang = 'en',
    width = 1280,
    section = 'plan',
    write = true,
  }: { lang?: 'en' | 'zh'; width?: number; section?: string; write?: boolean },
  use: (page: Page, api: DealApi) => Promise<void>,
): Promise<void> =>
  withWeb('production', (origin) =>
    withPage(
      async (page) => {
        const api = await dealApi(page, { write })
        await page.addInitScript((chosen) => {
          localStorage.setItem('sente.lang', chosen)
          localStorage.setItem('sente.picture', 'hidden')
        }, lang)
        await page.goto(`/deals/${api.dealId}/${section}`)
        await page.locator('section h2').first().waitFor()
        await use(page, api)
      },
      { origin, viewport: { width, height: 1000 } },
    ),
  )
const step = (page: Page, name: RegExp) => page.getByRole('button', { name })

describe('the picture of the plan', () => {
  test('tries another day by keys, says what else would change, and writes nothing until it is kept', async () => {
    await open({}, async (page, api) => {
      const proof = step(page, /^Qin Bo · Proof pack delivery|^Tang Hui, Lu Yan · Proof pack delivery/).last()
      await proof.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await page.getByText('Enter keeps it, Escape puts it back.').waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('Enter keeps it, Escape puts it back.').waitFor({ state: 'detached' })
      expect(api.writes).toEqual([])
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Enter')
      await expect.poll(() => api.writes.map(({ body }) => body)).toEqual([{ on: '2025-09-21' }])
    })
  })

  test('moves a proposed step under the hand with all that hangs on it, and takes it into the deal where it is let go', async () => {
    await open({}, async (page, api) => {
      const proposed = step(page, /proposed/).first()
      await proposed.scrollIntoViewIfNeeded()
      const { x, y, width, height } = (await proposed.boundingBox())!
      await page.mouse.move(x + width / 2, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + width / 2 + 160, y + height / 2, { steps: 8 })
      await page.locator('[aria-live=polite] ul li').first().waitFor()
      expect(api.writes).toEqual([])
      await page.mouse.up()
      await expect.poll(() => api.writes.length).toBe(1)
      const moved = answer.plan.steps.find(({ locked, play }) => !locked && play === api.writes[0]!.body['play'])
      expect(api.writes[0]).toMatchObject({ method: 'POST', body: { play: moved!.play, status: 'open' } })
      expect(String(api.writes[0]!.body['on']) > moved!.on).toBe(true)
    })
  })

  test('opens a step with its window, what to bring and plan B', async () => {
    await open({}, async (page) => {
      await step(page, /proposed/)
        .first()
        .click()
      await page.getByRole('group', { name: 'The plan over time' }).getByText('Plan B', { exact: true }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  })

  test('is a list on a phone, in Chinese too, that fits', async () => {
    await open({ width: 360, lang: 'zh' }, async (page) => {
      const list = page.getByRole('list', { name: '计划的步骤' })
      // Our own steps are answered in another way.
      const proposed = answer.plan.steps.findIndex(({ locked }) => !locked)
      const first = list.locator('> li').nth(proposed)
      await first.locator('summary').first().click()
      await first.getByRole('button', { name: '就这么办' }).waitFor()
      expect(await list.locator('> li').count()).toBe(answer.plan.steps.length)
      expect(await violations(page)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0)
    })
  })

  test('shows the steady and the swift plan side by side, and the deal goes by the one that is chosen', async () => {
    await open({}, async (page, api) => {
      await page.getByRole('button', { name: 'Compare' }).click()
      await page.getByRole('columnheader', { name: 'Swift' }).getByRole('button', { name: 'Choose' }).click()
      await expect.poll(() => api.writes.map(({ body }) => body)).toEqual([{ style: 'swift' }])
    })
  })

  test('under the next act is folded or not as it was left', async () => {
    await open({ section: 'brief' }, async (page) => {
      await page.getByRole('button', { name: 'The plan over time' }).click()
      await page.getByRole('group', { name: 'The plan over time' }).waitFor()
      await page.reload()
      await page.getByRole('group', { name: 'The plan over time' }).waitFor()
      await page.getByRole('button', { name: 'Fold the plan' }).click()
      await page.getByRole('group', { name: 'The plan over time' }).waitFor({ state: 'detached' })
    })
  })

  test('has nothing to move it with for whoever may only read', async () => {
    await open({ write: false }, async (page) => {
      await step(page, /proposed/)
        .first()
        .focus()
      await page.keyboard.press('ArrowRight')
      expect(await page.getByText('Enter keeps it').count()).toBe(0)
    })
  })
})

test('a play of a finding opens the form with day and people filled in', async () => {
  await open({ section: 'brief' }, async (page) => {
    const finding = page
      .locator('details')
      .filter({ has: page.locator('button', { hasText: 'Plan it' }) })
      .first()
    await finding.locator('summary').first().click()
    await finding
      .getByRole('button', { name: /^Plan it/ })
      .first()
      .click()
    const form = page.getByRole('dialog')
    await expect.poll(() => form.locator('input[type=date]').first().inputValue()).toMatch(/^2025-/)
  })
})
