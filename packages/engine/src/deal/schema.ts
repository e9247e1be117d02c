import { z } from 'zod'
import { isPlainDate } from '../core/dates.ts'
import type { Methodology } from '../methodology/schema.ts'
import { CONCERNS, OUTCOMES, PHASES } from '../methodology/schema.ts'

/**
 * The shape of a deal FILE. It is a little richer than `Deal`: a single value may stand where a list with dates may, and
 * roles, traits and paths may be written with hyphens. `normalise.ts` makes a `Deal` of it.
 */
export type FileShape = ReturnType<typeof shapes>

const shapesOf = new WeakMap<Methodology, FileShape>()

export function fileShape(methodology: Methodology): FileShape {
  let shape = shapesOf.get(methodology)
  if (!shape) shapesOf.set(methodology, (shape = shapes(methodology)))
  return shape
}

/** `economic-buyer` and `economic_buyer` are the same word. */
function spelled(ids: readonly string[]): [string, ...string[]] {
  const all = ids.flatMap((id) => (id.includes('_') ? [id.replaceAll('_', '-'), id] : [id]))
  return all as [string, ...string[]]
}

function shapes(methodology: Methodology) {
  const date = z
    .string()
    .refine(isPlainDate, { error: 'date' })
    .meta({ format: 'date', description: 'A calendar day, YYYY-MM-DD' })
  const text = z.string().min(1)
  const id = z.string().regex(/^[^\s/]{1,64}$/, { error: 'id' })
  const recordedOn = date.optional().meta({ description: 'The day it was written down; before it nobody knew' })
  const known = <T extends z.ZodType>(value: T) => z.union([z.literal(false), value])
  const signal = z.enum(methodology.signals.signals.map(({ id: name }) => name) as [string, ...string[]])
  const play = z.enum(methodology.plays.plays.map(({ id: name }) => name) as [string, ...string[]])
  const topic = z.enum(methodology.topics.topics.map(({ id: name }) => name) as [string, ...string[]])
  const role = z.enum(spelled(methodology.people.roles.map(({ id: name }) => name)))
  const trait = z.enum(spelled(methodology.concerns.traits.map(({ id: name }) => name)))
  const path = z.enum(spelled(methodology.people.paths.map(({ id: name }) => name)))
  const concern = z.enum(CONCERNS)
  const phase = z.enum(PHASES)
  const share = z.number().min(0).max(1)
  const hours = z.number().min(0).max(10000)
  const status = z.enum(['missing', 'preparing', 'prepared', 'presented', 'accepted'])
  const holdState = z.enum(['none', 'asked', 'given', 'broken'])
  const amountValue = z.union([z.number().min(0), z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, { error: 'decimal' })])
  const estimate = z.union([
    share,
    z.array(
      z.strictObject({
        value: share,
        on: date.optional(),
        by: text.optional(),
        because: z.array(text).optional(),
        recordedOn,
      }),
    ),
  ])

  const person = z.strictObject({
    id,
    name: text,
    title: text.optional(),
    roles: z.array(role).default([]),
    reportsTo: id.nullable().optional().meta({ description: 'Id of the person above; null: nobody' }),
    influence: z.number().min(1).max(5).optional(),
    stance: z
      .union([
        z.number().min(-2).max(2),
        z.array(z.strictObject({ value: z.number().min(-2).max(2), on: date.optional(), recordedOn })),
      ])
      .optional()
      .meta({ description: '−2 against us … 2 for us, or a list of {value, on}' }),
    path: path.optional(),
    agenda: known(text).optional(),
    pressures: known(text).optional(),
    businessModel: known(text).optional(),
    hold: z
      .union([
        z.strictObject({ state: holdState, on: date.optional(), recordedOn }),
        z.array(z.strictObject({ state: holdState, on: date.optional(), recordedOn })),
      ])
      .optional(),
    local: z.boolean().optional(),
    email: text.optional(),
    phone: text.optional(),
    leftOn: date.optional(),
    recordedOn,
  })

  const evidence = z.strictObject({
    id: id.optional(),
    on: date,
    signal,
    from: id.optional().meta({ description: 'Id of the person who said or did it' }),
    about: id.optional().meta({ description: 'Whom it is about: id of a person or a rival, or us' }),
    confidence: z.number().gt(0).max(1).default(1),
    quote: text.optional(),
    status: z.enum(['confirmed', 'suggested', 'rejected']).optional(),
    confirmed: z.boolean().optional().meta({ description: 'false: suggested, counts half until confirmed' }),
    rejected: z.boolean().optional(),
    source: text.optional(),
    recordedOn,
  })

  const deal = z.strictObject({
    sente: z.literal(1).default(1).meta({ description: 'Version of the deal file' }),
    id: id.optional(),
    name: text,
    account: z
      .strictObject({
        name: text,
        industry: text.optional(),
        region: text.optional(),
        goal: known(text).optional(),
        plan: known(z.strictObject({ updatedOn: z.union([date, z.array(date).min(1)]).optional() })).optional(),
        wonProjects: z.number().int().min(0).optional(),
        nextOpportunities: z.number().int().min(0).optional(),
      })
      .optional(),
    amount: z
      .strictObject({ value: amountValue, currency: z.string().regex(/^[A-Z]{3}$/, { error: 'currency' }) })
      .optional(),
    openedOn: date.optional(),
    firstContactOn: date.optional(),
    status: z.enum(['open', 'won', 'lost', 'no-decision']).default('open'),
    closedOn: date.optional(),
    reason: text.optional(),
    goal: known(text).optional(),
    style: z.enum(['steady', 'swift']).optional(),
    playbook: z.enum(['early', 'mid', 'late']).optional(),
    timingNote: known(text).optional(),
    sellerEstimate: estimate.optional(),
    managerEstimate: estimate.optional(),
    traits: z.array(trait).optional(),
    us: z
      .strictObject({
        foundedOn: date.optional(),
        localPresence: z.boolean().optional(),
        execSponsor: known(text).optional(),
        references: z.array(z.strictObject({ name: text, execWilling: z.boolean().optional() })).optional(),
        hoursPerWeek: hours.optional(),
        blackouts: z.array(z.strictObject({ from: date, to: date, why: text.optional() })).optional(),
      })
      .optional(),
    people: z.array(person).optional(),
    rivals: z
      .array(
        z.strictObject({
          id,
          name: text,
          kind: z.enum(['vendor', 'status-quo', 'in-house']).optional(),
          incumbent: z.boolean().optional(),
          leading: z.boolean().optional(),
          contacts: z.array(z.strictObject({ person: id, on: date, play: text.optional(), recordedOn })).optional(),
          strengths: z.partialRecord(concern, share).optional(),
          recordedOn,
        }),
      )
      .optional(),
    process: z
      .array(
        z.strictObject({
          step: text,
          phase: phase.optional(),
          on: date.optional(),
          owner: text.optional(),
          done: z.boolean().optional(),
          applies: z.boolean().optional(),
          recordedOn,
        }),
      )
      .optional(),
    evidence: z.array(evidence).optional(),
    pins: z
      .array(z.strictObject({ on: date, phase, by: text.optional(), reason: text.optional(), recordedOn }))
      .optional(),
    stages: z
      .array(z.strictObject({ on: date, phase, label: text.optional(), recordedOn }))
      .optional()
      .meta({ description: 'What the stage in a CRM says of the phase: weak evidence' }),
    touches: z
      .array(
        z.strictObject({
          id: id.optional(),
          on: date,
          play: play.optional(),
          what: text.optional(),
          with: z.array(id).default([]),
          concern: concern.optional(),
          hours: hours.optional(),
          paid: z.boolean().optional(),
          outcome: z.enum(spelled([...OUTCOMES, 'failed', 'cancelled'])).default('done'),
          flag: z.enum(['gift', 'side-payment', 'forbidden-contact']).optional(),
          note: text.optional(),
          recordedOn,
        }),
      )
      .optional(),
    proofs: z
      .array(
        z.strictObject({
          topic,
          proof: text,
          for: z.array(id).optional(),
          status: status.optional(),
          on: date.optional().meta({ description: 'The day from which the status counts' }),
          history: z.array(z.strictObject({ status, on: date.optional(), recordedOn })).optional(),
          readyOn: date.optional(),
          expiresOn: date.optional(),
          owner: text.optional(),
          note: text.optional(),
          recordedOn,
        }),
      )
      .optional(),
    notNeeded: z.array(z.strictObject({ topic, reason: text, on: date.optional(), recordedOn })).optional(),
    riskFile: known(z.strictObject({ on: date.optional(), note: text.optional() })).optional(),
    riskMessage: known(text).optional(),
    ucv: z
      .array(
        z.strictObject({
          on: date,
          goal: text.optional(),
          onlyUs: text,
          number: text.optional(),
          differsFrom: z.record(z.string(), text).optional(),
          concern: concern.optional(),
          confirmedBy: id.optional(),
          recordedOn,
        }),
      )
      .optional(),
    steps: z
      .array(
        z.strictObject({
          phase,
          status: z.enum(['done', 'skipped']).default('done'),
          on: date.optional(),
          evidence: text.optional(),
          reason: text.optional(),
          recordedOn,
        }),
      )
      .optional(),
    plan: z
      .array(
        z.strictObject({
          id: id.optional(),
          play: play.optional(),
          what: text.optional(),
          on: date.optional(),
          with: z.array(id).optional(),
          phase: phase.optional(),
          status: z.enum(['open', 'done', 'dropped', 'skipped']).default('open'),
          deviates: z.boolean().optional(),
          reason: text.optional(),
          owner: text.optional(),
          recordedOn,
        }),
      )
      .optional(),
    execPlan: known(
      z.strictObject({
        targets: z.array(id).optional(),
        objective: text.optional(),
        owner: text.optional(),
        on: date.optional(),
      }),
    ).optional(),
    commitments: z
      .array(
        z.strictObject({
          what: text,
          who: text.optional(),
          promisedOn: date,
          dueOn: date.optional(),
          doneOn: date.optional(),
          recordedOn,
        }),
      )
      .optional(),
    discounts: z
      .array(z.strictObject({ on: date, percent: z.number().min(0).max(100).optional(), recordedOn }))
      .optional(),
    exchange: known(text).optional(),
    notes: z
      .array(z.strictObject({ on: date, author: text.optional(), text, private: z.boolean().optional(), recordedOn }))
      .optional(),
  })
  return deal
}

/** JSON Schema of the deal file, so that editors complete ids and mark faults while one types. */
export function dealJsonSchema(methodology: Methodology): Record<string, unknown> {
  const schema = z.toJSONSchema(fileShape(methodology), { io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return {
    ...schema,
    title: 'Sente deal file',
    description: 'One deal: facts with dates. All fields but name are optional.',
  }
}
