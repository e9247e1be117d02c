import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountPlan, accountReview, jointSteps, parseDeal, plainDate } from '@sente/engine'
import type { AccountPlan, Deal, Lang } from '@sente/engine'
import { accountSlides, dealSlides, jointSlides, reviewSlides, SLIDE } from '../src/index.ts'
import type { Deck, SlidePart } from '../src/index.ts'
import { cut, linesIn } from '../src/slides/measure.ts'
import { BRIEFS, METHOD } from './stories.ts'

const STORY = new URL('../../../examples/6-one-project-became-an-account/', import.meta.url)
const LANGS = ['en', 'zh'] as const
const ON = plainDate('2025-10-15')

const story = readdirSync(STORY)
  .sort()
  .map((name) => {
    const read = parseDeal(parse(readFileSync(new URL(name, STORY), 'utf8')), METHOD)
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    return read.deal
  })
const PLAN = accountPlan(story, METHOD, ON)

const LONG = 'Vereinigte Rheinisch-Westfälische Elektrizitätsversorgungsgesellschaft'
const LANGE = '国家电力投资集团有限公司西北区域新能源开发与运维管理中心（筹备组）'
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3)

/** The plan with `n` of everything that has rows, and names that are as long as names get. */
function grown(n: number): AccountPlan {
  const names = [LONG, LANGE, WORD]
  const many = <T>(list: readonly T[], change: (one: T, i: number) => T): T[] =>
    Array.from({ length: list.length === 0 ? 0 : n }, (_, i) => change(list[i % list.length]!, i))
  const name = (i: number): string => `${names[i % 3]} ${i}`
  const units = Array.from({ length: n }, (_, i) => name(i))
  const offers = Array.from({ length: Math.min(n, 9) }, (_, i) => name(i))
  return {
    ...PLAN,
    name: n === 0 ? '' : LONG + LANGE,
    units,
    offers,
    grid: units.flatMap((unit) => offers.map((offer, i) => ({ ...PLAN.grid[i % PLAN.grid.length]!, unit, offer }))),
    people: many(PLAN.people, (one, i) => ({ ...one, name: name(i), title: LANGE })),
    ours: n === 0 ? [] : [...PLAN.ours, ...Array.from({ length: 8 }, (_, i) => name(i))],
    growth: many(PLAN.growth, (one, i) => ({ ...one, owner: name(i) })),
    promises: many(PLAN.promises, (one, i) => ({ ...one, what: name(i).repeat(20) })),
    risks: many(PLAN.risks, (one) => one),
    rivals: many(PLAN.rivals, (one, i) => ({ ...one, name: name(i) })),
    pressures: many(PLAN.pressures, (one, i) => ({ ...one, what: name(i).repeat(30) })),
    money: n === 0 ? [] : PLAN.money,
    team: n === 0 ? [] : PLAN.team,
  }
}

const framed = (part: SlidePart): boolean => part.kind !== 'shape'

function expectFits(deck: Deck): void {
  for (const { title, parts } of deck.slides) {
    for (const { x, y, w, h } of parts) {
      expect([title, x >= 0, y >= 0, x + w <= SLIDE.width, y + h <= 500, w > 0, h > 0]).toEqual([
        title,
        true,
        true,
        true,
        true,
        true,
        true,
      ])
    }
    const boxes = parts.filter(framed)
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect([
          title,
          a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01 && a.y < b.y + b.h - 0.01 && b.y < a.y + a.h - 0.01,
        ]).toEqual([title, false])
  }
}

test.each(LANGS.flatMap((lang) => [0, 1, 60].map((n): [Lang, number] => [lang, n])))(
  'in %s the slides of an account with %i of everything, under the longest names, leave no slide and overlap nowhere',
  (lang, n) => {
    const deck = accountSlides(grown(n), lang)
    expectFits(deck)
    for (const slide of deck.slides) {
      expect(slide.title.trim() !== '' || slide.cover).toBe(true)
      expect(slide.parts.length).toBeGreaterThan(0)
    }
  },
)

test('a table that is longer than a slide goes on with its heading, and every row is on exactly one slide', () => {
  const plan = grown(60)
  const tables = accountSlides({ ...plan, ours: ['One'] }, 'en').slides.flatMap(({ title, parts }) =>
    parts.flatMap((part) => (part.kind === 'table' && title.startsWith('Relationships') ? [{ title, part }] : [])),
  )
  expect(tables.length).toBeGreaterThan(3)
  expect(tables.map(({ title }) => title)).toEqual(tables.map((_, i) => `Relationships (${i + 1} of ${tables.length})`))
  for (const { part } of tables) expect(part.head).toEqual(tables[0]!.part.head)
  expect(tables.flatMap(({ part }) => part.rows).length).toBe(60)
})

test('the same plan gives the same slides', () => {
  expect(accountSlides(PLAN, 'zh')).toEqual(accountSlides(PLAN, 'zh'))
})

const SHOWN: Deal[] = story.map((deal, i) => ({
  ...deal,
  joint: Array.from({ length: i * 9 }, (_, k) => ({
    what: `${LANGE} ${k}`,
    whose: (['ours', 'theirs', 'both'] as const)[k % 3],
    owner: LONG,
    ...(k % 4 > 0 && { on: plainDate(`2025-${String(4 + (k % 9)).padStart(2, '0')}-11`) }),
    ...(k % 5 === 0 && { doneOn: plainDate('2025-09-01') }),
  })),
  ucv: [
    { on: plainDate('2025-08-01'), onlyUs: 'Secret', number: 'two hours a shift', confirmedBy: deal.people![0]!.id },
  ],
})) as Deal[]

test.each(LANGS)('in %s the slides for the customer leave no slide and overlap nowhere', (lang) => {
  expectFits(reviewSlides(accountReview(SHOWN, ON), lang))
  expectFits(reviewSlides(accountReview(SHOWN.slice(0, 1), ON), lang))
})

test('the slides for the customer are the same whatever else the deals know', () => {
  const only = SHOWN.map(({ status, closedOn, account, unit, offer, joint, ucv }): Deal => {
    const bare = { status, closedOn, unit, offer, joint, name: 'x', account: { name: account!.name } }
    const shown = (ucv ?? []).map(({ on, number }) => ({ on, number, onlyUs: 'x', confirmedBy: 'x' }))
    return Object.fromEntries(
      Object.entries({ ...bare, ucv: shown }).filter(([, value]) => value !== undefined),
    ) as never
  })
  for (const lang of LANGS)
    expect(reviewSlides(accountReview(only, ON), lang)).toEqual(reviewSlides(accountReview(SHOWN, ON), lang))
  const text = JSON.stringify(reviewSlides(accountReview(SHOWN, ON), 'zh'))
  expect(text).toContain('two hours a shift')
  expect(text).not.toContain('Secret')
  for (const { people, rivals, commitments, name } of story)
    for (const said of [
      name,
      ...(people ?? []).map((one) => one.name),
      ...(rivals ?? []).map((one) => one.name),
      ...(commitments ?? []).map(({ what }) => what),
    ])
      expect([said, text.includes(said)]).toEqual([said, false])
})

test('a text that is cut takes the lines it was given, and not more, in any script and with words longer than a line', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('水', '务，', 'water ', 'x'.repeat(40), LONG, ' ', '（一）'), { maxLength: 60 }),
      fc.integer({ min: 40, max: 400 }),
      fc.integer({ min: 1, max: 7 }),
      (words, width, most) => {
        const text = words.join('')
        const short = cut(text, width, 12, most)
        expect(linesIn(short, width, 12)).toBeLessThanOrEqual(most)
        if (linesIn(text, width, 12) <= most) expect(short).toBe(text)
        else expect(text.startsWith(short.slice(0, -1))).toBe(true)
      },
    ),
  )
})

test.each(LANGS)(
  'in %s the slides of every example deal, early and late, leave no slide and overlap nowhere',
  (lang) => {
    for (const [, brief] of BRIEFS) expectFits(dealSlides(brief, { lang, methodology: METHOD }))
  },
)

test('what is not known of a concern is no bar on a slide', () => {
  for (const [name, brief] of BRIEFS) {
    const known = Object.values(brief.lead.concerns ?? {}).filter(({ state }) => state !== 'unknown').length
    const bars = dealSlides(brief, { lang: 'en', methodology: METHOD }).slides.flatMap(({ title, parts }) =>
      parts.flatMap((part) => (title.startsWith('Concerns') && part.kind === 'chart' ? part.categories : [])),
    )
    if (brief.lead.concerns) expect([name, bars.length]).toEqual([name, known])
  }
})

test('the slides of the joint plan are its steps and nothing else of the deal', () => {
  const { joint, ...rest } = SHOWN[3]!
  const bare = { name: 'x', status: rest.status, joint } as Deal
  expect(jointSlides(jointSteps(SHOWN[3]!), ON, 'zh')).toEqual(jointSlides(jointSteps(bare), ON, 'zh'))
  expectFits(jointSlides(jointSteps(bare), ON, 'en'))
  expectFits(jointSlides([], ON, 'en'))
})
