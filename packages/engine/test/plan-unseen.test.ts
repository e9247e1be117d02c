import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, plainDate, plan } from '@sente/engine'
import type { Plan } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const quick = { withoutQuestions: true, evaluations: 150 } as const
const WEEKS = 28

const BOSS = { id: 'boss', name: 'Ada Boss', roles: ['number-one', 'economic-buyer'], influence: 5 }
const LEAD = { id: 'lead', name: 'Lee Lead', roles: ['user-buyer'], influence: 3, stance: 2 }
const SMALL = {
  name: 'Small',
  firstContactOn: '2025-01-10',
  openedOn: '2025-01-10',
  us: { team: [{ id: 'kim', name: 'Kim', rank: 'executive' }] },
  touches: [{ on: '2025-01-20', play: 'exec_discovery', with: ['lead'], outcome: 'done' }],
  evidence: [{ on: '2025-01-20', signal: 'exec_meeting_accepted', from: 'lead' }],
  people: [BOSS, LEAD],
}
const ON = plainDate('2025-04-01')
const planOf = (more: object): Plan => plan(read({ ...SMALL, ...more }), METHOD, ON, quick)

describe('who weighs and is not seen within four weeks', () => {
  test('is told with one reason, and with the day on which the plan has them; whoever is seen is not', () => {
    let told = 0
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { steps, unseen } = plan(deal, METHOD, asOf, quick)
        const last = addDays(asOf, WEEKS)
        const names = new Set(brief(deal, METHOD, asOf).people.people.map(({ id }) => id))
        expect(new Set(unseen!.map(({ person }) => person)).size).toBe(unseen!.length)
        for (const { person, on, reason, why } of unseen!) {
          told++
          expect(names).toContain(person)
          const days = steps.filter(({ with: people }) => people.includes(person)).map((step) => step.on)
          expect(on).toBe(days.sort()[0] ?? null)
          if (on !== null) expect(on > last).toBe(true)
          if (reason === 'later') expect(on).not.toBeNull()
          for (const words of [why.en, why.zh]) {
            expect(words).not.toBe('')
            expect(words).not.toMatch(/[{}]|undefined|null/)
          }
        }
      }),
      { numRuns: 30 },
    )
    expect(told).toBeGreaterThan(0)
  })

  test('leaves out no number one: he has a step within four weeks, or a reason, unless nothing is planned any more', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { steps, unseen } = plan(deal, METHOD, asOf, quick)
        const whole = brief(deal, METHOD, asOf)
        if (whole.deal.status === 'lost' || whole.deal.status === 'no-decision') {
          expect(unseen).toEqual([])
          return
        }
        const last = addDays(asOf, WEEKS)
        const soon = new Set(steps.filter(({ on }) => on <= last).flatMap(({ with: people }) => people))
        const [first] = whole.people.people.filter(({ numberOne }) => numberOne)
        if (!first || soon.has(first.id) || unseen!.length === 6) return
        expect(unseen!.map(({ person }) => person)).toContain(first.id)
      }),
      { numRuns: 30 },
    )
  })

  test('what the user set aside is named as that, with its day; without it he is seen', () => {
    expect(planOf({}).unseen!.map(({ person }) => person)).not.toContain('boss')
    const { unseen } = planOf({ setAside: [{ person: 'boss', until: '2025-12-01' }] })
    expect(unseen!.find(({ person }) => person === 'boss')).toMatchObject({
      reason: 'setAside',
      why: { en: 'you set them aside until 1 Dec', zh: '您已搁置到12月1日' },
    })
  })

  test('while a tender is silent the law is the reason', () => {
    const { unseen } = planOf({
      traits: ['public-tender'],
      process: [{ step: 'tender-notice', on: '2025-03-25' }],
    })
    const boss = unseen!.find(({ person }) => person === 'boss')
    expect(boss).toMatchObject({ on: null, reason: 'constraint' })
    expect(boss!.why.en).toMatch(/between notice and award/)
  })
})

describe('the win number of a plan', () => {
  test('stands with it, from today’s own to no less, between 0 and 1 within its band; a plan made in haste has none', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { win } = plan(deal, METHOD, asOf, { evaluations: 60 })
        const { whether } = brief(deal, METHOD, asOf).outlook
        expect(win!.before?.value).toBe(whether?.value)
        expect(win!.after === null).toBe(win!.before === null)
        if (!win!.before || !win!.after) return
        expect(win!.after.value).toBeGreaterThanOrEqual(win!.before.value - 1e-9)
        for (const { value, low, high } of [win!.before, win!.after]) {
          expect(low).toBeLessThanOrEqual(value)
          expect(value).toBeLessThanOrEqual(high)
        }
      }),
      { numRuns: 20 },
    )
    expect(planOf({}).win).toBeUndefined()
  })
})
