import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actWords, brief, plainDate, plan } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const inChinese = (on: string): string => {
  const [year, month, day] = on.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

const TOGETHER =
  /, who is seen first|; before it comes |; the same day it has |; what takes longer is begun before it: |; what presses more is listed first: |; it begins with /

test('where the headline asks for a person it says on which day the plan has them and with whom it begins instead, if with somebody else', () => {
  let planned = 0
  let apart = 0
  fc.assert(
    fc.property(deals, asOfs, (deal, asOf) => {
      const whole = brief(deal, METHOD, asOf)
      const { act } = whole.lead
      const words = actWords(whole)
      expect(words === null).toBe(act === null)
      // Read from the plan itself, the sentence is the same.
      expect(actWords(whole, plan(deal, METHOD, asOf, { withoutQuestions: true }).steps)).toEqual(words)
      if (!act || !words) return
      const steps = plan(deal, METHOD, asOf, { withoutQuestions: true }).steps
      expect([...whole.standing, ...whole.plan].map(({ on }) => on).sort()).toEqual(steps.map(({ on }) => on).sort())
      if (act.person === null || steps.length === 0) {
        expect(words).toEqual(act.words)
        return
      }
      const days = steps.filter((step) => step.with.includes(act.person!)).map(({ on }) => on)
      if (days.length > 0) {
        planned++
        expect(words.zh).toContain(`计划排在${inChinese(days.sort()[0]!)}`)
      } else {
        expect(words.en).toMatch(/so the plan has none|the plan has no step with them now/)
      }
      expect(words.en.startsWith(act.words.en)).toBe(true)
      // The next act of the plan is with them, or the sentence names with whom it is and how the two belong together.
      const begins = steps.find(({ with: people }) => people.length > 0)
      if (!begins || begins.with.includes(act.person)) return
      apart++
      const name = whole.people.people.find(({ id }) => id === begins.with[0])!.name
      expect(words.en.slice(act.words.en.length)).toContain(name)
      expect(words.zh.slice(act.words.zh.length)).toContain(name)
      expect(words.en).toMatch(TOGETHER)
    }),
    { numRuns: 60 },
  )
  expect(planned).toBeGreaterThan(0)
  expect(apart).toBeGreaterThan(0)
})

test('a step with whoever takes us to a decider comes before that decider’s, and both the step and the headline say so', () => {
  const deal = read({
    name: 'Small',
    firstContactOn: '2025-01-10',
    openedOn: '2025-01-10',
    us: { team: [{ id: 'kim', name: 'Kim', rank: 'executive' }] },
    touches: [{ on: '2025-01-20', play: 'exec_discovery', with: ['lead'], outcome: 'done' }],
    evidence: [{ on: '2025-01-20', signal: 'exec_meeting_accepted', from: 'lead' }],
    people: [
      { id: 'boss', name: 'Ada Boss', roles: ['number-one', 'economic-buyer'], influence: 5 },
      { id: 'lead', name: 'Lee Lead', roles: ['user-buyer'], influence: 4, stance: 2 },
    ],
  })
  const asOf = plainDate('2025-04-01')
  const { steps } = plan(deal, METHOD, asOf)
  const to = steps.findIndex(({ with: [first], through }) => first === 'boss' && through === 'lead')
  const guide = steps.findIndex(({ with: [first] }) => first === 'lead')
  expect(to).toBeGreaterThan(guide)
  expect(steps[guide]!.why.map(({ en }) => en)).toContain('takes us to Ada Boss')
  expect(actWords(brief(deal, METHOD, asOf))?.en).toMatch(/Ada Boss.*through Lee Lead, who is seen first$/)
})
