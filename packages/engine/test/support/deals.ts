import fc from 'fast-check'
import { addDays, parseDeal, plainDate } from '@sente/engine'
import type { Deal, PlainDate } from '@sente/engine'
import { METHOD } from './method.ts'

/** Deals run over the days FIRST .. FIRST + SPAN; tests look from days in between. */
export const FIRST = plainDate('2024-03-01')
export const SPAN = 420

const day = (max = SPAN): fc.Arbitrary<PlainDate> => fc.integer({ min: 0, max }).map((n) => addDays(FIRST, n))
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 })
const signals = METHOD.signals.signals.map(({ id }) => id)
const plays = METHOD.plays.plays.map(({ id }) => id)
const roles = METHOD.people.roles.map(({ id }) => id)
const proofsOf = METHOD.topics.topics.flatMap((topic) =>
  topic.proofs.map((proof) => ({ topic: topic.id, proof: proof.id })),
)
const phases = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit'] as const
const concerns = ['need', 'cost', 'solution', 'risk'] as const

const personIds = ['zhou', 'lin', 'he', 'ma'] as const

const person = (id: string, first: boolean): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(`Person ${id}`),
    roles: fc
      .uniqueArray(fc.constantFrom(...roles), { maxLength: 3 })
      .map((list) =>
        first
          ? ['number_one', ...list.filter((role) => role !== 'number_one')]
          : list.filter((role) => role !== 'number_one'),
      ),
    reportsTo: fc.constant(first ? null : 'zhou'),
    influence: sometimes(fc.integer({ min: 1, max: 5 })),
    stance: sometimes(
      fc.array(fc.record({ value: fc.integer({ min: -2, max: 2 }), on: day() }), { maxLength: 2 }).map(byDay),
    ),
    path: sometimes(fc.constantFrom(...METHOD.people.paths.map(({ id: path }) => path))),
    agenda: sometimes(fc.constantFrom<unknown>(false, 'growth')),
    pressures: sometimes(fc.constantFrom<unknown>(false, 'cost')),
    businessModel: sometimes(fc.constantFrom<unknown>(false, 'fees')),
    hold: sometimes(fc.record({ state: fc.constantFrom('none', 'asked', 'given', 'broken'), on: day() })),
    local: sometimes(fc.boolean()),
    leftOn: fc.option(day(), { nil: undefined, freq: 9 }),
  })

function byDay<T extends { on: PlainDate }>(list: T[]): T[] {
  return [...list].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

const ids = fc.uniqueArray(fc.constantFrom(...personIds), { maxLength: 3 })

export const evidence = fc.record({
  on: day(),
  signal: fc.constantFrom(...signals),
  from: sometimes(fc.constantFrom(...personIds)),
  confidence: fc.constantFrom(0.3, 0.5, 0.8, 0.9, 1),
  status: fc.constantFrom('confirmed', 'confirmed', 'confirmed', 'suggested', 'rejected'),
})

/** The same with whom it is about. A rival may not be among the deal's: then it is left out. */
const aboutSomebody = evidence.chain((piece) =>
  fc
    .option(fc.constantFrom('us', 'north', 'south', ...personIds), { nil: undefined, freq: 1 })
    .map((about) => ({ ...piece, about })),
)

function withoutStrangers<
  T extends { rivals?: { id: string }[] | undefined; evidence?: { about?: string | undefined }[] | undefined },
>(deal: T): T {
  const stranger = (about: string | undefined): boolean =>
    (about === 'north' || about === 'south') && !deal.rivals?.some(({ id }) => id === about)
  return {
    ...deal,
    evidence: deal.evidence?.map((piece) => (stranger(piece.about) ? { ...piece, about: undefined } : piece)),
  }
}

const proof = fc
  .record({
    known: fc.constantFrom(...proofsOf),
    for: sometimes(ids),
    history: fc
      .array(
        fc.record({ status: fc.constantFrom('missing', 'preparing', 'prepared', 'presented', 'accepted'), on: day() }),
        { minLength: 1, maxLength: 3 },
      )
      .map(byDay),
    readyOn: sometimes(day(SPAN + 100)),
    expiresOn: fc.option(day(SPAN + 100), { nil: undefined, freq: 5 }),
  })
  .map(({ known, expiresOn, ...rest }) => {
    // A proof that expires before it is ready is a fault of the file.
    const ready = [...rest.history.map(({ on }) => on), rest.readyOn ?? FIRST].sort().at(-1)!
    return { ...known, ...rest, ...(expiresOn !== undefined && expiresOn > ready ? { expiresOn } : {}) }
  })

const touch = fc.record({
  on: day(),
  play: sometimes(fc.constantFrom(...plays)),
  with: ids,
  concern: sometimes(fc.constantFrom(...concerns)),
  hours: sometimes(fc.integer({ min: 1, max: 80 })),
  paid: sometimes(fc.boolean()),
  outcome: fc.constantFrom('done', 'done', 'done', 'failed', 'cancelled'),
  flag: fc.option(fc.constantFrom('gift', 'side-payment', 'forbidden-contact'), { nil: undefined, freq: 25 }),
})

const raw = fc.record({
  sente: fc.constant(1),
  name: fc.constant('A deal'),
  account: sometimes(
    fc.record({
      name: fc.constant('An account'),
      goal: sometimes(fc.constantFrom<unknown>(false, 'a goal')),
      plan: sometimes(
        fc.oneof(
          fc.constant(false),
          day().map((updatedOn) => ({ updatedOn })),
        ),
      ),
      wonProjects: sometimes(fc.integer({ min: 0, max: 5 })),
      nextOpportunities: sometimes(fc.integer({ min: 0, max: 5 })),
    }),
  ),
  amount: fc.constant({ value: '4800000.50', currency: 'CNY' }),
  openedOn: sometimes(day(60)),
  firstContactOn: sometimes(day(60)),
  goal: sometimes(fc.constantFrom<unknown>(false, 'a goal')),
  style: sometimes(fc.constantFrom('steady', 'swift')),
  playbook: sometimes(fc.constantFrom('early', 'mid', 'late')),
  timingNote: sometimes(fc.constantFrom<unknown>(false, 'their contract ends')),
  sellerEstimate: sometimes(
    fc
      .array(
        fc.record({
          value: fc.double({ min: 0, max: 1, noNaN: true }),
          on: day(),
          because: fc.subarray(['exec-support', 'advisory', 'excitement', 'price', 'relationship', 'product']),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map(byDay),
  ),
  traits: sometimes(fc.subarray(METHOD.concerns.traits.map(({ id }) => id))),
  us: sometimes(
    fc.record({
      foundedOn: sometimes(fc.constantFrom('1998-01-01', '2023-06-01')),
      localPresence: sometimes(fc.boolean()),
      execSponsor: sometimes(fc.constantFrom<unknown>(false, 'our CEO')),
      references: sometimes(
        fc.array(fc.record({ name: fc.constant('a reference'), execWilling: fc.boolean() }), { maxLength: 2 }),
      ),
      hoursPerWeek: sometimes(fc.integer({ min: 5, max: 80 })),
    }),
  ),
  people: fc.tuple(...personIds.map((id, i) => person(id, i === 0))),
  rivals: sometimes(
    fc
      .array(
        fc.record({
          id: fc.constantFrom('north', 'south'),
          name: fc.constant('A rival'),
          kind: sometimes(fc.constantFrom('vendor', 'status-quo', 'in-house')),
          incumbent: sometimes(fc.boolean()),
          leading: sometimes(fc.boolean()),
          contacts: sometimes(
            fc.array(fc.record({ person: fc.constantFrom(...personIds), on: day() }), { maxLength: 3 }),
          ),
          strengths: sometimes(fc.record({ risk: fc.double({ min: 0, max: 1, noNaN: true }) })),
        }),
        { maxLength: 2 },
      )
      .map((list) => list.filter((rival, i) => list.findIndex((other) => other.id === rival.id) === i)),
  ),
  process: sometimes(
    fc
      .array(
        fc.record({
          step: fc.constantFrom(...METHOD.phases.milestones.map(({ id }) => id)),
          on: sometimes(day(SPAN + 100)),
          owner: sometimes(fc.constantFrom(...personIds)),
          done: sometimes(fc.boolean()),
          applies: sometimes(fc.boolean()),
        }),
        { maxLength: 6 },
      )
      .map((list) => list.filter((entry, i) => list.findIndex((other) => other.step === entry.step) === i)),
  ),
  evidence: sometimes(fc.array(aboutSomebody, { maxLength: 25 })),
  pins: sometimes(fc.array(fc.record({ on: day(), phase: fc.constantFrom(...phases) }), { maxLength: 2 })),
  stages: sometimes(fc.array(fc.record({ on: day(), phase: fc.constantFrom(...phases) }), { maxLength: 3 })),
  touches: sometimes(fc.array(touch, { maxLength: 14 })),
  proofs: sometimes(fc.array(proof, { maxLength: 10 })),
  notNeeded: sometimes(
    fc.array(
      fc.constantFrom('lock_in', 'integration').map((topic) => ({ topic, reason: 'not here' })),
      { maxLength: 1 },
    ),
  ),
  riskFile: sometimes(
    fc.oneof(
      fc.constant(false),
      day().map((on) => ({ on })),
    ),
  ),
  riskMessage: sometimes(fc.constantFrom<unknown>(false, 'who runs it at night?')),
  ucv: sometimes(
    fc.array(
      fc.record({
        on: day(),
        onlyUs: fc.constant('only us'),
        number: sometimes(fc.constant('12 %')),
        concern: sometimes(fc.constantFrom(...concerns)),
        confirmedBy: sometimes(fc.constantFrom(...personIds)),
      }),
      { maxLength: 2 },
    ),
  ),
  steps: sometimes(
    fc.array(
      fc.record({
        phase: fc.constantFrom(...phases),
        status: fc.constantFrom('done', 'done', 'skipped'),
        on: day(),
        evidence: sometimes(fc.constant('minutes')),
        reason: sometimes(fc.constant('why')),
      }),
      { maxLength: 5 },
    ),
  ),
  plan: sometimes(
    fc.array(
      fc.record({
        play: sometimes(fc.constantFrom(...plays)),
        what: fc.constant('a step'),
        on: sometimes(day(SPAN + 100)),
        with: ids,
        phase: sometimes(fc.constantFrom(...phases)),
        status: fc.constantFrom('open', 'open', 'done', 'dropped', 'skipped'),
        deviates: sometimes(fc.boolean()),
        reason: sometimes(fc.constant('why')),
      }),
      { maxLength: 5 },
    ),
  ),
  execPlan: sometimes(
    fc.oneof(
      fc.constant(false),
      fc.record({ targets: ids, objective: fc.constant('to be known'), owner: fc.constant('our CEO') }),
    ),
  ),
  commitments: sometimes(
    fc.array(
      fc
        .record({
          promisedOn: day(),
          what: fc.constant('data'),
          late: fc.integer({ min: 0, max: 60 }),
          kept: fc.boolean(),
        })
        .map(({ promisedOn, what, late, kept }) => ({
          what,
          promisedOn,
          dueOn: addDays(promisedOn, 14),
          ...(kept ? { doneOn: addDays(promisedOn, late) } : {}),
        })),
      { maxLength: 3 },
    ),
  ),
  discounts: sometimes(fc.array(fc.record({ on: day(), percent: fc.integer({ min: 1, max: 30 }) }), { maxLength: 2 })),
  exchange: sometimes(fc.constantFrom<unknown>(false, 'a meeting at the top')),
})

/** Leaves out what is undefined, as a file would. */
export function tidy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

/** A generated deal file, checked and read as a real one would be. */
export const rawDeals: fc.Arbitrary<object> = raw.map((deal) => tidy(withoutStrangers(deal)))

export function read(file: unknown): Deal {
  const result = parseDeal(file, METHOD)
  if ('faults' in result) throw new Error(`the generated deal has faults: ${JSON.stringify(result.faults, null, 1)}`)
  return result.deal
}

export const deals: fc.Arbitrary<Deal> = rawDeals.map(read)
export const asOfs: fc.Arbitrary<PlainDate> = fc.integer({ min: 5, max: SPAN }).map((n) => addDays(FIRST, n))
