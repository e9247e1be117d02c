import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, brief, CONSTRAINTS, dayNumber, modelOf, plan, Plan, planning, stands, TERMS } from '@sente/engine'
import type { Deal, PlainDate, Step } from '@sente/engine'
import { assess } from '../src/assess/assess.ts'
import { groundOf } from '../src/assess/ground.ts'
import { forbidden, tenderGuard } from '../src/deal/tender.ts'
import { workingDays } from '../src/plan/calendar.ts'
import type { Calendars } from '../src/plan/calendar.ts'
import { terms } from '../src/plan/terms/terms.ts'
import { viewOf } from '../src/plan/view.ts'
import type { PlanView } from '../src/plan/view.ts'
import { asOfs, deals, FIRST, read } from './support/deals.ts'
import { METHOD } from './support/method.ts'

const on = (n: number): PlainDate => addDays(FIRST, n)
const model = modelOf(METHOD)
const RUNS = { numRuns: 25 }
const quick = { withoutQuestions: true, evaluations: 150 } as const

const people = [
  { id: 'zhou', name: '周总', roles: ['number_one'], reportsTo: null, influence: 5, path: 'internal_recommendation' },
  { id: 'he', name: '何副总', roles: ['executive', 'economic_buyer'], reportsTo: 'zhou', influence: 4 },
  { id: 'lin', name: '林工', roles: ['project_leader', 'coach'], reportsTo: 'he', influence: 3, stance: 1 },
  { id: 'gu', name: '顾工', roles: ['technical_buyer'], reportsTo: 'lin', influence: 3, stance: -1 },
]
const told = (more: object = {}): Deal =>
  read({
    name: 'x',
    firstContactOn: FIRST,
    people,
    us: {
      hoursPerWeek: 30,
      team: [
        { id: 'ceo', name: 'Mo', rank: 'executive' },
        { id: 'ann', name: 'Ann' },
      ],
    },
    touches: [
      { on: on(5), play: 'exec_discovery', with: ['lin'], outcome: 'done' },
      { on: on(20), what: 'talk', with: ['gu'], outcome: 'done' },
    ],
    process: [{ step: 'signature', on: on(220), owner: 'he' }],
    pins: [{ on: on(40), phase: 'define' }],
    proofs: [],
    ...more,
  })
const today = on(45)
const at = (deal: Deal, request: Parameters<typeof plan>[3] = {}): Plan => plan(deal, METHOD, today, request)

/** What must hold of every plan of every deal. */
function breaches(deal: Deal, found: Plan, calendars?: Calendars): string[] {
  const faults: string[] = []
  const ground = groundOf(deal, METHOD, found.asOf as PlainDate)
  const view = viewOf(ground, assess(ground, deal), calendars ?? { ours: OFF, theirs: OFF }, found.style)
  const guard = tenderGuard(ground.seen, model, found.asOf as PlainDate)
  const worked = workingDays(calendars ?? { ours: OFF, theirs: OFF })
  const steps = found.steps.filter(({ locked, play }) => !locked && play !== 'qualify_out')
  for (const step of steps) {
    const play = model.plays.get(step.play)!
    const day = dayNumber(step.on as PlainDate)
    const say = (what: string): void => void faults.push(`${what}: ${step.play} ${step.with.join(',')} ${step.on}`)
    if (!worked(day)) say('no working day')
    if (step.on < found.asOf) say('in the past')
    if (
      view.decision !== null &&
      day - view.today > view.decision &&
      play.phases.every((phase) => !['implement', 'realize'].includes(phase))
    )
      say('after the decision')
    const known = step.with.map((id) => ground.seen.people?.find((person) => person.id === id))
    if (step.with.length > 0 && forbidden(guard, known, step.on as PlainDate, model)) say('forbidden by the tender')
    const byOurselves = step.with.length === 0 ? play.alone : undefined
    if (!byOurselves && view.phaseShare(play.phases, day - view.today) < METHOD.plan.phaseFloor - 1e-9)
      say('outside its phases')
    if (day - view.today < (byOurselves ?? play).leadDays[0]) say('sooner than it can be ready')
    for (const id of step.with) {
      const person = view.people.find((one) => one.id === id)!
      const spacing = METHOD.plan.spacingDays[person.standing]
      for (const other of found.steps) {
        const apart = Math.abs(dayNumber(other.on as PlainDate) - day)
        if (other !== step && other.play !== 'qualify_out' && other.with.includes(id) && apart < spacing)
          say(`too close to ${other.play}`)
      }
      if (person.lastTouch !== null && day - view.today - person.lastTouch < spacing)
        say('too close to the last meeting')
    }
    if (skipsRung(step, steps, view)) say('a rung was skipped')
  }
  return faults
}
/** It needs more of its person than he or she and the steps before can give. */
function skipsRung(step: Step, steps: readonly Step[], view: PlanView): boolean {
  const main = view.people.find(({ id }) => id === step.with[0])
  if (!main) return false
  const play = model.plays.get(step.play)!
  const from = model.rungIndex.get(play.fromFor?.[main.standing] ?? play.from)!
  const lifts = steps.filter((other) => other.on < step.on && other.with.includes(main.id)).length
  return main.rung < from && Math.max(main.rung, lifts > 0 ? 1 : 0) + lifts < from
}
const OFF = { country: null, off: [], working: [], knownUntil: null }

describe('a plan', () => {
  test('keeps every constraint, whatever the deal, the day and the style', () => {
    fc.assert(
      fc.property(deals, asOfs, fc.constantFrom('steady' as const, 'swift' as const), (deal, asOf, style) => {
        const found = plan(deal, METHOD, asOf, { style, ...quick })
        expect(breaches(deal, found)).toEqual([])
        expect(() => Plan.parse(found)).not.toThrow()
      }),
      RUNS,
    )
  })
  test('is the same for the same input, and uses no fact after its day', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const first = JSON.stringify(plan(deal, METHOD, asOf, quick))
        expect(JSON.stringify(plan(structuredClone(deal), METHOD, asOf, quick)) === first).toBe(true)
        const later: Deal = !deal.touches
          ? deal
          : {
              ...deal,
              touches: [...(deal.touches ?? []), { on: addDays(asOf, 1), with: [], outcome: 'done' as const }],
            }
        expect(JSON.stringify(plan(later, METHOD, asOf, quick)) === first).toBe(true)
      }),
      { numRuns: 10 },
    )
  })
  test('names whom to see, who of ours goes, when to begin, what to bring for whom, why, and another way in', () => {
    const found = at(told())
    const zhou = found.steps.find((step) => step.with[0] === 'zhou')!
    expect(zhou.ours).toBe('ceo')
    expect([zhou.through, zhou.path]).toEqual(['lin', 'internal_recommendation'])
    expect(zhou.ifDeclined?.path).not.toBe(zhou.path)
    expect(zhou.linked.some(({ with: who }) => who.includes('lin'))).toBe(true)
    for (const step of found.steps) {
      expect(step.start <= step.on && step.earliest <= step.on && step.on <= step.latest).toBe(true)
      for (const { proof, topic, for: id } of step.bring.proofs) {
        expect(step.with).toContain(id)
        const level = id === 'zhou' ? 'top' : id === 'he' ? 'executive' : 'working'
        const levels = model.topics.get(topic)!.proofs.find((one) => one.id === proof)!.for
        if (level === 'top') expect(levels).toContain('top')
      }
    }
  })
  test('steady and swift, and early and late entry, give visibly different plans', () => {
    const shape = ({ steps }: Plan): string => steps.map(({ play, on: day }) => `${play} ${day}`).join('|')
    expect(shape(at(told(), { style: 'swift' }))).not.toBe(shape(at(told(), { style: 'steady' })))
    const late = {
      pins: [{ on: on(40), phase: 'risk' }],
      firstContactOn: on(40),
      process: [{ step: 'signature', on: on(110) }],
    }
    const plays = (found: Plan): Set<string> => new Set(found.steps.map(({ play }) => play))
    expect(plays(at(told(late)))).not.toEqual(plays(at(told())))
  })
  test('the number one is not asked about needs and pressures before he or she knows us', () => {
    for (const { steps } of [at(told()), at(told(), { style: 'swift' })]) {
      const first = steps.find((step) => step.with.includes('zhou'))
      expect(first?.play).not.toBe('exec_discovery')
    }
    const greeted = { on: on(20), what: 'greeted at a fair', with: ['zhou'], outcome: 'done' }
    const found = at(told({ touches: [greeted] }))
    expect(found.steps.some(({ play, with: [who] }) => play === 'exec_discovery' && who === 'zhou')).toBe(true)
  })
  test('where nobody says who decides, or nobody inside can be asked, the first thing is our own homework', () => {
    const homework = (deal: Deal): boolean =>
      at(deal).steps.some(({ play, with: who }) => play === 'intel_sprint' && who.length === 0)
    expect(homework(told())).toBe(false)
    expect(homework(told({ people: people.slice(1).map((person) => ({ ...person, reportsTo: null })) }))).toBe(true)
  })
  test('what we settle among ourselves is a step where price decides or hope outruns the facts, behind people and never before the law', () => {
    const review = (more: object): Step | undefined =>
      at(told(more)).steps.find(({ play, with: who }) => play === 'account_review' && who.length === 0)
    expect(review({ rivals: [] })).toBeUndefined()
    const priced = { evidence: [{ on: on(40), signal: 'only_price_talk', from: 'he' }] }
    expect(review(priced)).toMatchObject({ with: [], name: { en: 'Review among ourselves' } })
    expect(review({ sellerEstimate: [{ on: on(40), value: 0.95 }] })).toBeDefined()
    expect(at(told(priced)).steps[0]!.with.length).toBeGreaterThan(0)
  })
  test('who is for us already is not won once more, but asked to do something with us', () => {
    const won = people.map((person) => (person.id === 'he' ? { ...person, stance: 2 } : person))
    const met = { on: on(10), play: 'exec_discovery', with: ['he'], outcome: 'done' }
    const persuading = ['ucv_update', 'reference_exec_call', 'executive_briefing', 'peer_exec_exchange']
    const [first] = at(told({ people: won, touches: [met] })).steps.filter(({ with: [who] }) => who === 'he')
    expect(persuading).not.toContain(first!.play)
  })
  test('papers are not planned for the number one: they go along with a meeting', () => {
    fc.assert(
      fc.property(deals, asOfs, (deal, asOf) => {
        const { steps } = plan(deal, METHOD, asOf, quick)
        const top = new Set(deal.people?.filter(({ roles }) => roles.includes('number_one')).map(({ id }) => id))
        expect(
          steps.filter(({ play, with: [who], locked }) => !locked && play === 'proof_pack' && top.has(who!)),
        ).toEqual([])
      }),
      { numRuns: 10 },
    )
  })
  test('nobody is attacked by those who were named first, and again once a rival was', () => {
    const late = {
      firstContactOn: on(40),
      pins: [{ on: on(40), phase: 'risk' }],
      process: [{ step: 'signature', on: on(75), owner: 'he' }],
      rivals: [{ id: 'r', name: 'R', leading: true }],
    }
    const named = { on: on(43), signal: 'preferred_vendor_named' }
    const attacks = (evidence: object[]): boolean =>
      at(told({ ...late, evidence })).steps.some(({ play }) => model.plays.get(play)!.kind === 'attack')
    expect(attacks([])).toBe(true)
    expect(attacks([named])).toBe(false)
    expect(attacks([named, { on: on(44), signal: 'rival_first_ranked', about: 'r' }])).toBe(true)
  })
  test('whoever takes us to somebody is spoken to before', () => {
    const { steps } = at(told({ touches: [] }))
    const taken = steps.filter(({ through }) => through === 'lin').map(({ on: day }) => day)
    const [met] = steps.flatMap(({ on: day, with: who }) => (who.includes('lin') ? [day] : [])).sort()
    expect(taken.length).toBeGreaterThan(1)
    expect(taken.filter((day) => day < met!)).toEqual([])
  })
  test('plans nothing for a deal that is lost, and only what follows the signature for one that is won', () => {
    const closed = (status: string, more: object): object => ({ status, closedOn: on(30), pins: [], ...more })
    expect(at(told(closed('lost', { pins: [{ on: on(29), phase: 'evaluate' }] }))).steps).toEqual([])
    const evidence = [{ on: on(30), signal: 'contract_signed', from: 'zhou' }]
    const won = at(told(closed('won', { evidence, account: { name: 'A', wonProjects: 1 } })))
    expect(new Set(won.steps.map(({ play }) => model.plays.get(play)!.kind))).toEqual(new Set(['expand']))
  })
  test('what was done with somebody is not planned again before its time', () => {
    const found = at(told({ touches: [{ on: on(40), play: 'exec_discovery', with: ['gu'] }] }))
    expect(found.steps.some(({ play, with: who }) => play === 'exec_discovery' && who[0] === 'gu')).toBe(false)
  })
  test('days off and absences move steps, and the plan says how far it knows the holidays', () => {
    const off = Array.from({ length: 21 }, (_, i) => addDays(today, i) as string)
    const theirs = { country: 'CN', off, working: [], knownUntil: addDays(today, 60) as string }
    const found = at(told(), { calendars: { ours: theirs, theirs } })
    expect(found.steps[0]!.on >= addDays(today, 21)).toBe(true)
    expect(breaches(told(), found, { ours: theirs, theirs })).toEqual([])
    expect(found.notes.some(({ en, zh }) => en.includes('China') && zh.includes('中国'))).toBe(true)
    const away = {
      us: { team: [{ id: 'ceo', name: 'Mo', rank: 'executive', absences: [{ from: today, to: on(100) }] }] },
    }
    const zhou = at(told(away)).steps.find((step) => step.with[0] === 'zhou' && step.ours === 'ceo')
    expect(zhou === undefined || zhou.on > on(100)).toBe(true)
  })
  test('asks a named person what would change the plan, never about our own forms', () => {
    const { questions } = at(told({ pins: [{ on: on(40), phase: 'evaluate' }] }))
    expect(questions[0]!.worth).toBeGreaterThan(0)
    for (const { to } of questions) expect(people.map(({ id }) => id)).toContain(to)
  })
  test('says what cannot be done any more and what to say first', () => {
    const silent = {
      traits: ['public_tender'],
      pins: [{ on: on(40), phase: 'evaluate' }],
      process: [
        { step: 'tender-notice', on: on(44), done: true },
        { step: 'award', on: on(120) },
      ],
    }
    const found = at(told(silent))
    expect(found.cannot.length).toBeGreaterThan(0)
    expect(breaches(told(silent), found)).toEqual([])
    expect(found.steps.some(({ play }) => play === 'clean_conduct')).toBe(true)
  })
  test('leaves with two conditions and a day where we are there to make up the numbers', () => {
    const decoy = at(
      told({
        evidence: [{ on: on(40), signal: 'column_fodder_hint', from: 'lin' }],
        pins: [{ on: on(40), phase: 'evaluate' }],
      }),
    )
    const leave = decoy.steps.filter(({ play }) => play === 'qualify_out')
    expect(leave.map(({ with: who }) => who)).toEqual([[], ['lin']])
    for (const { ask } of leave) expect(ask.en).toMatch(/two things.*;/)
    expect(leave[0]!.on <= leave[1]!.on).toBe(true)
    // Beside it only what would let us stay, what we owe and what the law asks.
    expect(decoy.steps.length).toBeGreaterThan(leave.length)
    const served = decoy.steps.flatMap(({ because }) => because.map(({ term }) => term))
    for (const term of served) expect(['window', 'criteria', 'promise', 'conduct']).toContain(term)
  })
})

describe('planning again', () => {
  test('the user’s own steps and locks stay, whatever the planner thinks of them', () => {
    const own = { play: 'risk_prefiling', on: on(60), with: ['gu'], status: 'open' }
    const found = at(told({ plan: [own] }))
    expect(found.steps.find(({ locked }) => locked)).toMatchObject({ play: 'risk_prefiling', on: on(60), with: ['gu'] })
  })
  test('locking the planner’s own choice changes nothing', () => {
    const free = at(told(), { withoutQuestions: true })
    const locks = free.steps.map(({ play, with: who, on: day }) => ({ play, with: who, on: day }))
    const again = at(told(), { withoutQuestions: true, locks })
    const shape = (steps: readonly Step[]): string[] => steps.map(({ play, on: day }) => `${play} ${day}`)
    expect(shape(again.steps)).toEqual(shape(free.steps))
    expect(again.value).toBeCloseTo(free.value, 6)
  })
  test('a proposal that is held stays on its day and who goes, and counts as taken up nowhere', () => {
    const free = at(told(), { withoutQuestions: true })
    const first = free.steps.find(({ with: who }) => who.length > 0)!
    const kept = { play: first.play, with: first.with, on: first.on, owner: first.ours ?? undefined, status: 'held' }
    const deal = told({ plan: [kept] })
    const again = at(deal, { withoutQuestions: true })
    const held = again.steps.filter((step) => step.held)
    expect(held).toMatchObject([{ play: first.play, with: first.with, on: first.on, ours: first.ours, locked: true }])
    expect(again.steps.filter(stands)).toEqual([])
    // The brief proposes it still, and nothing of what it says of the deal is another for it.
    const [before, after] = [brief(told(), METHOD, today), brief(deal, METHOD, today)]
    expect(after.standing).toEqual([])
    expect(after.plan.map(({ play, on: day }) => `${play} ${day}`)).toContain(`${first.play} ${first.on}`)
    for (const part of ['lead', 'readiness', 'findings', 'people', 'outlook'] as const)
      expect(after[part]).toEqual(before[part])
  })
  test('dragging plans from the same judgement as a plan from scratch', () => {
    const again = planning(told(), METHOD, today)
    for (const style of ['steady', 'swift'] as const)
      expect(again({ style, withoutQuestions: true })).toEqual(at(told(), { style, withoutQuestions: true }))
  })
  test('with the plan before it and no new fact, nothing moves and nothing is listed', () => {
    const before = at(told(), { withoutQuestions: true })
    const after = at(told(), { withoutQuestions: true, previous: before })
    expect(after.changed).toEqual([])
  })
  test('lists what moved, what is new and what fell away, with why in both languages', () => {
    const before = at(told(), { withoutQuestions: true })
    const away = [{ from: today, to: on(80) }]
    const news: readonly [kind: string, more: object][] = [
      ['moved', { process: [{ step: 'signature', on: on(110), owner: 'he' }] }],
      [
        'added',
        {
          rivals: [{ id: 'r', name: 'Rival', leading: true, contacts: [{ person: 'zhou', on: on(44) }] }],
          evidence: [{ on: on(44), signal: 'only_price_talk', from: 'he' }],
        },
      ],
      ['dropped', { us: { team: [{ id: 'ceo', name: 'Mo', rank: 'executive', absences: away }] } }],
    ]
    for (const [kind, more] of news) {
      const { changed } = at(told(more), { withoutQuestions: true, previous: before })
      expect(changed.map((one) => one.kind)).toContain(kind)
      for (const { why } of changed) expect([why.en, why.zh].map(({ length }) => length > 0)).toEqual([true, true])
    }
  })
})

describe('what is weighed and what is forbidden', () => {
  test('every term has a function, points, a reason and a principle in both languages', () => {
    expect(Object.keys(terms)).toEqual([...TERMS])
    for (const { reason, principle } of METHOD.plan.terms)
      for (const text of [reason, principle]) expect(text.en.length * text.zh.length).toBeGreaterThan(0)
    expect(METHOD.plan.constraints.map(({ id }) => id)).toEqual([...CONSTRAINTS])
  })
  const needsOf = (more: object): string[] => {
    const deal = told(more)
    const ground = groundOf(deal, METHOD, today)
    const view = viewOf(ground, assess(ground, deal), { ours: OFF, theirs: OFF }, 'steady')
    return TERMS.flatMap((term) =>
      terms[term](view).map(({ person }) => `${term} ${person === null ? '' : view.people[person]!.id}`.trim()),
    )
  }
  test('a number one never met has a window; one whom a rival met after us must be countered', () => {
    expect(needsOf({})).toContain('window zhou')
    expect(needsOf({ rivals: [{ id: 'r', name: 'R', contacts: [{ person: 'zhou', on: on(30) }] }] })).toContain(
      'rival zhou',
    )
    expect(needsOf({})).not.toContain('rival zhou')
  })
  test('a promise of ours that is overdue comes back as a need of whoever got it, one kept does not', () => {
    const promise = { what: '给林工的接口清单', promisedOn: on(20), dueOn: on(40) }
    expect(needsOf({ commitments: [promise] })).toContain('promise lin')
    expect(needsOf({ commitments: [{ ...promise, doneOn: on(39) }] })).not.toContain('promise lin')
  })
  test('who is against us is to be heard, who fights for us is not', () => {
    expect(needsOf({})).toContain('stance gu')
    expect(needsOf({})).not.toContain('stance lin')
  })
  test('whoever owns the next gate is to be worked with before it', () => {
    expect(needsOf({ process: [{ step: 'budget-approval', on: on(80), owner: 'he' }] })).toContain('gate he')
  })
  test('a meeting of substance in company counts for the plan as it counts for the lead: wholly, for everybody present', () => {
    const visit = { on: on(44), play: 'reference_visit', with: ['gu', 'he'], outcome: 'done' }
    for (const touches of [[], [visit]]) {
      const deal = told({ touches })
      const ground = groundOf(deal, METHOD, today)
      const judged = assess(ground, deal)
      const room = judged.lead.executives.each.find(({ person }) => person === 'he')!
      const view = viewOf(ground, judged, { ours: OFF, theirs: OFF }, 'steady')
      const needs = terms.window(view).filter(({ person }) => person !== null && view.people[person]!.id === 'he')
      const now = needs.filter(({ due }) => due <= 30)
      expect([room.met !== null, now.length === 0]).toEqual(touches.length > 0 ? [true, true] : [false, false])
    }
  })
  test('unpaid advice is to be traded for something', () => {
    const touches = [{ on: on(30), what: 'spec', with: ['lin'], hours: 60, paid: false }]
    expect(needsOf({ touches })).toContain('unpaid lin')
  })
})
