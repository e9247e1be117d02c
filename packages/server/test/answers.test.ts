import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addDays, Brief, brief, firstDay, loadMethodology, plainDate, todayOf } from '@sente/engine'
import type { Deal, DealOfToday, PlainDate } from '@sente/engine'
import { routes } from '@sente/api'
import { files } from '@sente/methodology'
import { dealWithoutSensitive, withoutSensitive } from '../src/access/without-sensitive.ts'
import { readDeal } from '../src/exchange/files/deal-file.ts'

const loaded = loadMethodology(files)
if ('faults' in loaded) throw new Error('the shipped method has faults')
const { methodology } = loaded

function example(name: string): Deal {
  const read = readDeal(readFileSync(new URL(`../../../examples/${name}.yaml`, import.meta.url), 'utf8'), methodology)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.deal
}
const story = example('1-loved-early-killed-late')
const day = plainDate('2025-08-22')

test('without the right the brief has no stance and nothing of evidence from private notes, and its reasons name places in the list that is left', () => {
  const whole = brief(story, methodology, day)
  const hidden = new Set(
    story.evidence!.flatMap(({ signal }, index) =>
      signal === 'asks_vendor_viability' || signal === 'pain_admitted' ? [index] : [],
    ),
  )
  const seen = withoutSensitive(whole, story, hidden)
  expect(Brief.parse(seen)).toEqual(seen)
  expect(seen.people.people.every(({ stance }) => stance === null)).toBe(true)
  expect(whole.people.people.some(({ stance }) => stance !== null)).toBe(true)
  expect(JSON.stringify(seen)).not.toMatch(/Will you still be there in five years|We replan by hand/)
  const left = dealWithoutSensitive(story, hidden)
  for (const reason of seen.position.reasons.filter(({ kind }) => kind === 'evidence'))
    expect(left.evidence![reason.index]).toMatchObject({ on: reason.on, signal: reason.what })
  expect(seen.outlook.whether!.contributions.some(({ subject }) => subject === 'person')).toBe(false)
  expect(seen.findings.flatMap(({ facts }) => facts).some(({ fact }) => fact.includes('stance'))).toBe(false)
  // What the rules and the numbers say stays: everybody on the deal looks at the same position.
  expect(seen.position.phases).toEqual(whole.position.phases)
  expect(seen.findings.map(({ rule }) => rule)).toEqual(whole.findings.map(({ rule }) => rule))
})

test('the deal without what is personal has no stances, cards or private notes', () => {
  const deal: Deal = {
    ...story,
    people: story.people!.map((person) => ({ ...person, agenda: 'to be chairman' })),
    notes: [
      { on: day, text: 'open' },
      { on: day, text: 'between us', private: true },
    ],
  }
  const text = JSON.stringify(dealWithoutSensitive(deal, new Set()))
  expect(text).not.toMatch(/stance|to be chairman|between us/)
  expect(text).toContain('"open"')
})

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const entry = (more: Partial<DealOfToday> = {}): DealOfToday => ({
  dealId: id(1),
  deal: story.name,
  account: 'Harbour',
  steps: [],
  commitments: [],
  people: new Map(story.people!.map((person, i) => [person.id, { id: id(10 + i), name: person.name }])),
  brief: brief(story, methodology, day),
  before: brief(story, methodology, plainDate('2025-08-15')),
  ...more,
})

test('what is due comes by its day, what is over is late, and a meeting is a step with people within a week', () => {
  const shen = { id: id(10), name: 'Shen Guowei', title: 'Chairman' }
  const steps = [
    { id: id(20), what: 'Visit', on: '2025-08-25', with: [shen] },
    { id: id(21), play: 'proof_pack', on: '2025-08-20', with: [] },
  ]
  const today = todayOf(day, [entry({ steps, commitments: [{ what: 'Data', dueOn: '2025-08-21', who: shen }] })])
  expect(routes.work.today.output.parse(today)).toEqual(today)
  const dues = today.moves.map(({ due }) => due)
  expect(dues).toEqual([...dues].sort())
  expect(today.moves.find(({ planStepId }) => planStepId === id(21))).toMatchObject({ late: true, kind: 'planned' })
  expect(today.moves).toContainEqual(
    expect.objectContaining({ kind: 'commitment', late: true, with: [{ id: id(10), name: 'Shen Guowei' }] }),
  )
  expect(today.meetings).toEqual([expect.objectContaining({ planStepId: id(20), people: [shen] })])
})

test('proofs to be started are those nobody has begun, at most three of a deal, those that can still be ready first', () => {
  const today = todayOf(day, [entry()])
  const starts = today.moves.filter(({ kind }) => kind === 'start-by')
  expect(starts.length).toBeGreaterThan(0)
  expect(starts.length).toBeLessThanOrEqual(3)
  expect(starts.map(({ topic }) => topic)).not.toContain('vendor_viability')
  for (const { due, late, daysLate } of starts) expect(daysLate !== undefined && daysLate > 0).toBe(late && due === day)
})

test('the first day of firing is found by asking for few days', async () => {
  for (const length of [0, 1, 6, 7, 8, 20, 55, 200]) {
    const first = addDays(day, -length)
    let asked = 0
    const fires = (at: PlainDate): Promise<boolean> => {
      asked++
      return Promise.resolve(at >= first)
    }
    expect(await firstDay(day, addDays(day, -300), fires)).toBe(first)
    expect(asked).toBeLessThanOrEqual(14)
    expect(await firstDay(day, addDays(day, -length), fires)).toBe(first)
  }
  expect(await firstDay(day, addDays(day, -300), () => Promise.resolve(undefined))).toBeUndefined()
})

test('findings are new when they did not fire a week ago; those that are not new are listed when they are dangers', () => {
  const now = entry()
  const { findings } = todayOf(day, [now])
  const before = new Set(now.before!.findings.map(({ rule }) => rule))
  expect(findings.length).toBeGreaterThan(0)
  for (const finding of findings) {
    expect(finding.isNew).toBe(!before.has(finding.rule))
    if (!finding.isNew) expect(finding.severity).toMatch(/danger|block/)
  }
  expect(todayOf(day, [{ ...now, brief: now.brief!, before: now.brief! }]).findings.every(({ isNew }) => !isNew)).toBe(
    true,
  )
})
