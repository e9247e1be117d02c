import { dealOf, KINDS } from '@sente/api'
import { addDays, brief, plainDate } from '@sente/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clashes, effective, patched, recordIn, same, withRecord } from '../src/shared/api/edits-model.ts'
import { foundOf, partsOf, segments, withDraft } from '../src/features/deal/capture/model.ts'
import { changed, created, missing } from '../src/features/deal/forms/spec.ts'
import type { FieldSpec } from '../src/features/deal/forms/spec.ts'
import { wholeAsOf } from '../src/features/deal/model/as-of.ts'
import { firingSince } from '../src/features/deal/model/firing-since.ts'
import { groupsOf, toldFields } from '../src/features/deal/model/history.ts'
import { crmSays } from '../src/features/deal/model/crm.ts'
import { answerOf } from '../src/features/deal/model/homework.ts'
import { knownIn, newKey, sameName } from '../src/features/deal/model/people.ts'
import { itemOf, sectionOf } from '../src/features/deal/model/sections.ts'
import { risksOf } from '../src/features/deal/model/risks.ts'
import { indexOf } from '../src/features/deal/model/method-index.ts'
import { byMonth, timelineOf } from '../src/features/deal/model/timeline.ts'
import { treeLayout } from '../src/features/deal/people/tree-layout.ts'
import { dayOf, months, rowsFor, shareOf } from '../src/features/deal/plan/model.ts'
import { exampleWhole, methodology } from './support/deal-api.ts'

describe('an edit that meets somebody else’s', () => {
  const before = { id: 'a', version: 3, name: 'Old', amount: { value: '1', currency: 'CNY' }, owner: 'Li' }

  test('goes through without asking when other fields were changed', () => {
    expect(clashes(before, { name: 'Mine' }, { ...before, version: 4, owner: 'Chen' })).toEqual([])
  })
  test('asks about exactly the fields that both changed to different values', () => {
    const current = { ...before, version: 4, name: 'Theirs', owner: 'Same' }
    expect(clashes(before, { name: 'Mine', owner: 'Same' }, current)).toEqual([
      { field: 'name', before: 'Old', mine: 'Mine', theirs: 'Theirs' },
    ])
  })
  test('sends only what really differs; null and absent are one', () => {
    expect(
      effective(before, { name: 'Old', goal: null, amount: { currency: 'CNY', value: '1' }, owner: null }),
    ).toEqual({ owner: null })
  })
  test('a patch of null takes the field away', () => {
    expect('owner' in patched(before, { owner: null })).toBe(false)
  })
  test('equality looks at content, not at the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) =>
        same(value, Object.fromEntries(Object.entries(value).toReversed())),
      ),
    )
  })
})

describe('what the CRM says', () => {
  const claim = (id: string, on: string, label?: string) => ({
    id,
    version: 1,
    on,
    phase: 'need',
    ...(label && { label }),
  })
  test('is its newest stage by its own name, since when, and the newest estimate of the seller', () => {
    expect(
      crmSays({
        deal: { status: 'open' },
        stageClaim: [
          claim('a', '2025-02-01', 'Proposal'),
          claim('b', '2025-03-01', 'Negotiation'),
          claim('c', '2025-04-01'),
        ],
        estimate: [
          { id: 'd', version: 1, side: 'seller', value: 0.4, on: '2025-01-01' },
          { id: 'e', version: 1, side: 'seller', value: 0.85, on: '2025-03-02' },
          { id: 'f', version: 1, side: 'manager', value: 0.2, on: '2025-05-02' },
        ],
      } as never),
    ).toEqual({ stage: 'Negotiation', on: '2025-03-01', probability: 0.85 })
  })
  test('is nothing where no list brought a stage: what a seller claims is no CRM', () =>
    expect(crmSays({ deal: {}, stageClaim: [claim('c', '2025-04-01')] } as never)).toBeUndefined())
  test('is also the end it expects and its next step, of a deal that is open', () => {
    const deal = { status: 'open', crmCloseOn: '2026-09-30', crmNextStep: 'Send the offer' }
    const expected = { closeOn: '2026-09-30', nextStep: 'Send the offer' }
    expect(crmSays({ deal } as never)).toEqual(expected)
    expect(crmSays({ deal, stageClaim: [claim('a', '2025-02-01', 'Proposal')] } as never)).toEqual({
      stage: 'Proposal',
      on: '2025-02-01',
      ...expected,
    })
    expect(crmSays({ deal: { ...deal, status: 'won' } } as never)).toBeUndefined()
  })
})

describe('a deal in the browser', () => {
  const whole = exampleWhole()

  test('takes a record in, changes it and takes it out, and leaves all other lists the very same', () => {
    const id = 'z'
    const added = withRecord(whole, 'touch', id, { id, version: 1, on: '2025-01-01' })
    expect(recordIn(added, 'touch', id)).toMatchObject({ id })
    expect(added.evidence).toBe(whole.evidence)
    expect(withRecord(added, 'touch', id, null).touch).toEqual(whole.touch)
  })
  test('knows on an earlier day nothing that came later, but what was planned', () => {
    const then = wholeAsOf(whole, '2025-03-01')
    expect(then.evidence!.every(({ on }) => on <= '2025-03-01')).toBe(true)
    expect(then.evidence!.length).toBeGreaterThan(0)
    expect(then.planStep).toEqual(whole.planStep)
  })
  test('shows every dated fact once on its time line, newest first', () => {
    const all = timelineOf(whole, 'all')
    expect(new Set(all.map(({ fact }) => fact.id)).size).toBe(all.length)
    expect(all.map(({ on }) => on)).toEqual(
      all
        .map(({ on }) => on)
        .sort()
        .reverse(),
    )
    expect(byMonth(all).reduce((sum, [, list]) => sum + list.length, 0)).toBe(all.length)
  })
})

describe('findings and risks', () => {
  const asOf = plainDate('2025-08-10')
  const whole = exampleWhole()
  const deal = dealOf(whole)
  const reading = { whole, deal, brief: brief(deal, methodology, asOf), methodology, asOf }

  test('a finding fires on the day it is said to fire since, and did not on the day before', async () => {
    const since = await firingSince(reading)
    expect([...since.keys()].sort()).toEqual(reading.brief.findings.map(({ rule }) => rule).sort())
    const fires = (rule: string, on: string): boolean =>
      brief(reading.deal, methodology, plainDate(on)).findings.some((finding) => finding.rule === rule)
    const began = [reading.deal.openedOn, reading.deal.firstContactOn].filter((day) => day !== undefined).sort()[0]!
    for (const [rule, day] of since) {
      expect(fires(rule, day)).toBe(true)
      if (day > began) expect([rule, fires(rule, addDays(day, -1))]).toEqual([rule, false])
    }
  })

  test('a proof that cannot be ready any more says by how many days, and no other one does', () => {
    const late = risksOf(reading.whole, reading.brief, indexOf(methodology)).flatMap(({ startBy }) => startBy ?? [])
    expect(late.length).toBeGreaterThan(0)
    for (const { verdict, late: days } of late) expect(days > 0).toBe(verdict === 'too-late')
  })
})

describe('a note', () => {
  const read = (text: string, ...spans: [number, number][]) =>
    foundOf(
      [{ on: '2025-01-01', text, offset: 0 }],
      [
        spans.map((span, i) => ({
          signal: `s${i}`,
          confidence: 0.8,
          span,
          quote: text.slice(...span),
          on: '2025-01-01' as never,
        })),
      ],
    )

  test('is cut into pieces that together are the text, each with the suggestions that rest on it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 5 }),
        (text, ranges) => {
          const spans = ranges
            .map(([a, b]): [number, number] => [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)])
            .filter(([a, b]) => a < b)
          const found = read(text, ...spans)
          const pieces = segments(text, found)
          expect(pieces.map((piece) => piece.text).join('')).toBe(text)
          for (const one of found)
            expect(
              pieces
                .filter(({ keys }) => keys.includes(one.key))
                .map((piece) => piece.text)
                .join(''),
            ).toContain(one.quote)
        },
      ),
    )
  })
  test('is one note where its parts cannot be found again word by word', () => {
    expect(
      partsOf('abc', '2025-01-01', '', [
        { on: '2025-01-02', text: 'a' },
        { on: '2025-01-03', text: 'x' },
      ]),
    ).toHaveLength(1)
    expect(
      partsOf('2 Jan\nabc\n3 Jan\nabc', '2025-01-01', 'W', [
        { on: '2025-01-02', text: 'abc' },
        { on: '2025-01-03', text: 'abc' },
      ]).map(({ offset }) => offset),
    ).toEqual([6, 16])
  })
  test('shows what was confirmed or waits, and nothing that was rejected', () => {
    const whole = exampleWhole()
    const found = read('one two', [0, 3], [4, 7])
    const shown = withDraft(
      whole,
      found,
      new Map([
        [found[0]!.key, 'confirmed'],
        [found[1]!.key, 'rejected'],
      ]),
      () => undefined,
    )
    expect(shown.evidence!.length - whole.evidence!.length).toBe(1)
    expect(shown.evidence!.at(-1)).toMatchObject({ signal: 's0', status: 'confirmed' })
  })
})

describe('a form', () => {
  const specs: FieldSpec[] = [
    { name: 'on', as: 'day', required: true },
    { name: 'what', as: 'line' },
    { name: 'with', as: 'choices' },
    { name: 'agenda', as: 'known' },
  ]

  test('sends on creation only what says something; "we know that there is none" says something', () => {
    expect(created(specs, { on: '2025-01-01', what: ' x ', with: [], agenda: false })).toEqual({
      on: '2025-01-01',
      what: 'x',
      agenda: false,
    })
  })
  test('sends null for what was emptied, and nothing for what never was', () => {
    expect(changed(specs, { what: 'x' }, { on: '2025-01-01', what: '', with: [] })).toEqual({
      on: '2025-01-01',
      what: null,
    })
  })
  test('names what is still needed', () => {
    expect(missing(specs, { what: 'x' })).toEqual([specs[0]])
  })
  test('asks for one of several fields as long as none of them says anything', () => {
    const either: FieldSpec[] = [
      { name: 'play', as: 'choice', unless: { others: ['what', 'note'], says: 'one of them' } },
      { name: 'what', as: 'line' },
      { name: 'note', as: 'words' },
    ]
    expect(missing(either, { what: '', note: undefined })).toEqual([either[0]])
    for (const values of [{ play: 'p' }, { what: 'x' }, { note: 'x' }]) expect(missing(either, values)).toEqual([])
  })
})

describe('the map', () => {
  test('puts nobody on top of anybody, and heads above those who report to them, whatever the reports', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            above: fc.option(fc.nat(14), { nil: undefined }),
            width: fc.integer({ min: 100, max: 220 }),
            height: fc.integer({ min: 50, max: 120 }),
          }),
          { maxLength: 15 },
        ),
        (raw) => {
          const boxes = raw.map(({ above, ...size }, i) => ({
            id: String(i),
            above: above === undefined ? undefined : String(above),
            ...size,
          }))
          const places = treeLayout(boxes)
          expect(places.size).toBe(boxes.length)
          for (const a of boxes)
            for (const b of boxes) {
              if (a.id >= b.id) continue
              const [p, q] = [places.get(a.id)!, places.get(b.id)!]
              const apart =
                p.x + a.width <= q.x + 0.001 ||
                q.x + b.width <= p.x + 0.001 ||
                p.y + a.height <= q.y + 0.001 ||
                q.y + b.height <= p.y + 0.001
              expect(apart).toBe(true)
            }
        },
      ),
    )
  })
  test('names newcomers so that no two share a short name', () => {
    expect(newKey('Zhou Min', new Set())).toBe('zhou-min')
    expect(newKey('Zhou Min', new Set(['zhou-min']))).toBe('zhou-min-2')
    expect(newKey('周敏', new Set())).toBe('周敏')
  })
})

describe('the time line of a plan', () => {
  test('lays labels of one lane so that none covers another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ left: fc.nat(900), width: fc.integer({ min: 10, max: 200 }) }), { maxLength: 30 }),
        (raw) => {
          const spans = [...raw].sort((a, b) => a.left - b.left)
          const rows = rowsFor(spans)
          spans.forEach((a, i) =>
            spans.forEach((b, j) => i < j && rows[i] === rows[j] && expect(a.left + a.width <= b.left).toBe(true)),
          )
        },
      ),
    )
  })
  test('a day and its place are the same thing', () => {
    const range = { from: '2025-07-01', to: '2025-12-20' }
    for (const on of ['2025-07-01', '2025-08-12', '2025-12-20']) expect(dayOf(range, shareOf(range, on))).toBe(on)
    expect(months(range)).toEqual(['2025-08-01', '2025-09-01', '2025-10-01', '2025-11-01', '2025-12-01'])
  })
})

describe('addresses, history and homework', () => {
  test('an unknown section is the first one, and an item names a form', () => {
    expect(sectionOf('nonsense')).toBe('brief')
    expect(itemOf('touch.new')).toEqual({ target: 'touch' })
    expect(itemOf('touch.abc')).toEqual({ target: 'touch', id: 'abc' })
    expect(itemOf('nonsense')).toBeNull()
  })
  test('what was changed by one request stands together', () => {
    const item = (id: string, changeSet: string) => ({
      id,
      changeSet,
      at: '',
      via: 'web',
      kind: 'touch',
      recordId: id,
      action: 'update' as const,
      fields: [
        { name: 'version', before: 1, after: 2 },
        { name: 'on', before: 'a', after: 'b' },
      ],
      undone: false,
    })
    expect(groupsOf([item('1', 'a'), item('2', 'a'), item('3', 'b')]).map((group) => group.length)).toEqual([2, 1])
    expect(toldFields(item('1', 'a')).map(({ name }) => name)).toEqual(['on'])
  })
  test('every question of the method leads somewhere', () => {
    const whole = exampleWhole()
    const labels = { reference: '', execWilling: '', accountPlan: '', objective: '', updatedOn: '', says: '' }
    for (const { id, homework } of methodology.facts.facts) {
      if (!homework) continue
      const answer = answerOf(id, homework.field, {
        whole,
        people: [],
        asOf: '2025-08-12',
        options: { playbook: [] },
        labels,
      })
      // `brief` would be here again: the question would have led nowhere.
      expect([homework.field, answer.how === 'section' ? answer.section : answer.how]).not.toEqual([
        homework.field,
        'brief',
      ])
      if (answer.how === 'form') expect(Object.keys(KINDS)).toContain(answer.editing.target)
    }
  })
})

describe('somebody known', () => {
  test('goes by one name however it is typed', () => {
    expect(sameName(' Zhou  Min', 'ZHOU MIN')).toBe(true)
    expect(sameName('周敏', '周敏 ')).toBe(true)
    expect(sameName('', '')).toBe(false)
    expect(sameName('Zhou Min', 'Zhou Ming')).toBe(false)
  })

  test('is taken for as long as the name is theirs', () => {
    const known = { id: 'p', name: 'Zhou Min' }
    expect(knownIn({ known, name: 'Zhou Min' })).toBe(known)
    expect(knownIn({ known, name: 'Zhou Mingli' })).toBeUndefined()
    expect(knownIn({ name: 'Zhou Min' })).toBeUndefined()
  })
})
