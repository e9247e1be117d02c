import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { addDays, brief, dealAsOf, MeetingPage, meetingPage, plainDate, plan, modelOf, sheetOf } from '@sente/engine'
import type { Deal, MeetingRequest } from '@sente/engine'
import { asOfs, deals, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const story = (name: string): Deal =>
  read(parse(readFileSync(new URL(`../../../examples/${name}.yaml`, import.meta.url), 'utf8')))
const page = (deal: Deal, on: string, request: MeetingRequest): MeetingPage =>
  MeetingPage.parse(meetingPage(deal, brief(deal, METHOD, plainDate(on)), METHOD, request))
const small = (more: object): Deal =>
  read({
    name: 'Small',
    firstContactOn: '2025-01-10',
    touches: [],
    people: [
      { id: 'boss', name: 'Ada Boss', roles: ['number-one', 'economic-buyer'], influence: 5, agenda: 'No outage' },
      { id: 'lead', name: 'Lee Lead', roles: ['project-leader', 'coach'], influence: 3 },
    ],
    ...more,
  })

test('the page of a planned meeting takes day, play and who goes from the plan of the deal', () => {
  const result = page(story('4-late-but-risk-first'), '2025-08-20', { with: ['brandt'] })
  expect(result).toMatchObject({ on: '2025-08-29', play: 'trust_reconfirm', ours: expect.stringMatching(/Lindqvist/) })
  expect(result.people[0]).toMatchObject({ id: 'brandt', level: 'top', agenda: 'No winter outage on the evening news' })
})

test('who goes to a step that stands in the deal and names nobody is who the plan has for it', () => {
  const deal = small({
    us: { team: [{ id: 'kim', name: 'Kim Chief', rank: 'executive' }] },
    plan: [{ on: '2025-02-24', play: 'exec_discovery', with: ['boss'] }],
  })
  const made = plan(deal, METHOD, plainDate('2025-02-10'))
  const standing = made.steps.filter(({ locked }) => locked)
  expect(standing).toMatchObject([{ play: 'exec_discovery', with: ['boss'], on: '2025-02-24', ours: 'kim' }])
  for (const request of [{ with: ['boss'] }, { with: ['boss'], play: 'exec_discovery', on: '2025-02-24' }])
    expect(page(deal, '2025-02-10', request)).toMatchObject({ on: '2025-02-24', ours: 'Kim Chief' })
  expect(page(deal, '2025-02-10', { with: ['boss'], on: '2025-02-24', ours: 'Lee' }).ours).toBe('Lee')
})

test('the one proof is one that can be ready by the meeting; where none can, the page says so with the day in the same sentence', () => {
  const deal = small({
    evidence: [{ on: '2025-02-01', signal: 'asks_local_support', from: 'boss' }],
    proofs: [
      {
        topic: 'local_support',
        proof: 'partner_contract',
        status: 'preparing',
        on: '2025-02-01',
        readyOn: '2025-06-01',
      },
    ],
  })
  const on = (day: string): MeetingPage => page(deal, '2025-02-10', { with: ['boss'], play: 'exec_discovery', on: day })
  const near = on('2025-02-11')
  expect(near.proof).toMatchObject({ state: 'too-late', begin: '2025-02-10' })
  expect(near.proof!.ready! > '2025-02-11').toBe(true)
  expect(sheetOf(near, METHOD, 'en').sections.find(({ id }) => id === 'proof')?.lines[0]?.text).toMatch(
    /^Nothing can be ready by then: .+ comes on \d+ \w+/,
  )
  // What is under way for it comes in June: another paper for the same question can be there in April.
  expect(on('2025-04-10').proof).toMatchObject({ topic: 'local_support', state: 'in-time' })
})

test('what they promised is there with where it stands, and what rivals told them stands beside what we answer', () => {
  const result = page(story('4-late-but-risk-first'), '2025-09-06', { with: ['osei', 'brandt'] })
  expect(result.promises.map(({ what, state }) => [what, state])).toEqual([
    ['Decision paper to the board', 'kept'],
    ['Call with our reference', 'kept'],
  ])
  expect(result.rivals).toMatchObject([{ rival: 'Lumen Systems', person: 'osei', on: '2025-02-10', after: false }])
  expect(result.answers.find(({ topic }) => topic === 'rival')?.answer.en).toMatch(/A hotline/)
})

test('winning trust back is prepared with what was said, kept and missed, and the miss with its repair is among the points', () => {
  const deal = small({
    commitments: [
      { what: 'The security paper', who: 'us', to: 'boss', promisedOn: '2025-01-20', dueOn: '2025-02-01' },
      {
        what: 'A call with a customer',
        to: 'boss',
        promisedOn: '2025-01-20',
        dueOn: '2025-02-10',
        doneOn: '2025-02-09',
      },
    ],
    evidence: [
      { on: '2025-01-20', signal: 'exec_meeting_accepted', from: 'boss', quote: 'Bring me one name who answers' },
    ],
  })
  const result = page(deal, '2025-02-20', { with: ['boss'], play: 'trust_reconfirm' })
  expect(result.takeBack?.said[0]?.en).toContain('Bring me one name who answers')
  expect(result.takeBack?.kept.map(({ en }) => en)).toEqual([
    'We promised “A call with a customer” and it was done on 9 Feb',
  ])
  expect(result.takeBack?.missed.map(({ en }) => en)).toEqual([
    'We promised “The security paper” for 1 Feb; it is not done',
  ])
  expect(result.takeBack?.bring.map(({ en }) => en).join(' ')).toContain('The security paper')
  expect(result.points.map(({ kind }) => kind).slice(0, 2)).toEqual(['kept', 'missed'])
  expect(result.shortcoming).toMatchObject({ kind: 'overdue' })
  expect(page(deal, '2025-02-20', { with: ['boss'], play: 'ucv_update' }).takeBack).toBeNull()
})

test('a promise not kept comes before a question asked, which comes before what they will ask next', () => {
  const evidence = [{ on: '2025-02-01', signal: 'asks_financial_statements', from: 'boss' }]
  const promise = { what: 'A visit', to: 'boss', promisedOn: '2025-01-20', dueOn: '2025-02-01' }
  const kinds = [
    small({ proofs: [], evidence, commitments: [promise] }),
    small({ proofs: [], evidence }),
    small({ proofs: [] }),
    small({}),
  ].map((deal) => page(deal, '2025-02-20', { with: ['boss'] }).shortcoming.kind)
  expect(kinds).toEqual(['overdue', 'asked', 'topic', 'unknown'])
})

test('where nothing is written down of proofs, rivals and promises the page says that it is not known, not that there is none', () => {
  const deal = small({})
  const result = page(deal, '2025-02-20', { with: ['boss'] })
  expect(result.rivals).toBeNull()
  expect(result.proof).toBeNull()
  expect(result.proofSays?.en).toMatch(/Not known/)
  expect(
    page(small({ proofs: [], rivals: [{ id: 'r', name: 'Rival', contacts: [] }] }), '2025-02-20', { with: ['boss'] })
      .rivals,
  ).toEqual([])
})

test('what the coach told in confidence is on no page for a meeting with others', () => {
  const deal = small({
    evidence: [
      { on: '2025-01-20', signal: 'coach_inside_info', from: 'lead', quote: 'The other side offers 30 percent less' },
    ],
  })
  expect(JSON.stringify(page(deal, '2025-02-20', { with: ['boss', 'lead'] }))).not.toContain('30 percent')
  expect(JSON.stringify(page(deal, '2025-02-20', { with: ['lead'] }))).toContain('30 percent')
})

test('while a tender is silent the page of an executive says that the meeting is not allowed, and asks for nothing', () => {
  const deal = small({
    traits: ['public_tender'],
    amount: { value: 1000000, currency: 'CNY' },
    process: [{ step: 'tender-notice', on: '2025-02-10', done: true }],
  })
  const result = page(deal, '2025-02-20', { with: ['boss'], play: 'ucv_update', on: '2025-02-25' })
  expect(result.forbidden).not.toBeNull()
  expect(result.ask).toBeNull()
  expect(sheetOf(result, METHOD, 'zh').stop).toMatch(/^不得会见/)
  expect(page(deal, '2025-02-05', { with: ['boss'], play: 'ucv_update', on: '2025-02-06' }).forbidden).toBeNull()
})

const meetings = fc.tuple(deals, asOfs, fc.constantFrom(...METHOD.plays.plays.map(({ id }) => id), undefined), fc.nat())

test('every meeting of every deal has a page of the published shape that fits a sheet, with one proof fit for whom it is', () => {
  const model = modelOf(METHOD)
  fc.assert(
    fc.property(meetings, ([deal, asOf, play, n]) => {
      const whole = brief(deal, METHOD, asOf)
      const ids = whole.people.people.map(({ id }) => id)
      if (ids.length === 0) return
      const people = [ids[n % ids.length]!, ...ids.slice(0, n % 3)]
      const request = { with: people, on: addDays(asOf, n % 30), ...(play !== undefined && { play }) }
      const result = MeetingPage.parse(meetingPage(deal, whole, METHOD, request))
      expect(result.people.map(({ id }) => id)).toEqual([...new Set(people)])
      expect(result.points.length).toBeGreaterThan(0)
      expect(result.answers.length).toBeLessThanOrEqual(5)
      expect(result.history.events.length).toBeLessThanOrEqual(5)
      if (result.proof) {
        const paper = model.topics.get(result.proof.topic)!.proofs.find(({ id }) => id === result.proof!.proof)!
        expect(paper.for).toContain(result.people.find(({ id }) => id === result.proof!.for)!.level)
        const { ready, state } = result.proof
        if (ready === null) expect(['ready', 'again']).toContain(state)
        else expect(state).toBe(ready <= result.on ? 'in-time' : 'too-late')
      }
      expect(result.takeBack !== null).toBe(play === 'trust_reconfirm')
      for (const lang of ['en', 'zh'] as const) {
        for (const { name, lines } of sheetOf(result, METHOD, lang).sections) {
          expect(name).not.toBe('')
          for (const { text, label } of lines) expect(`${label ?? ''} ${text}`).not.toMatch(/\{\w+\}|undefined|null/)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('nothing that happened or was written down later is on the page, and the same input gives the same bytes', () => {
  fc.assert(
    fc.property(meetings, ([deal, asOf, play, n]) => {
      const whole = brief(deal, METHOD, asOf)
      const ids = whole.people.people.map(({ id }) => id)
      if (ids.length === 0) return
      const request = { with: [ids[n % ids.length]!], ...(play !== undefined && { play }) }
      const all = JSON.stringify(meetingPage(deal, whole, METHOD, request))
      const then = dealAsOf(deal, asOf)
      expect(JSON.stringify(meetingPage(then, brief(then, METHOD, asOf), METHOD, request))).toBe(all)
    }),
    { numRuns: 25 },
  )
})

test('nobody of these ids: no page', () => {
  const deal = story('5-early-and-right')
  expect(meetingPage(deal, brief(deal, METHOD, plainDate('2024-06-01')), METHOD, { with: ['nobody'] })).toBeUndefined()
})
