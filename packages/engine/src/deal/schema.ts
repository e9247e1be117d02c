import { z } from 'zod'
import type { Methodology } from '../methodology/schema.ts'
import { RANKS } from './deal.ts'
import { kindOf, KINDS, LISTED_KINDS } from './kinds/index.ts'
import type { FileItem, ListedKind } from './kinds/index.ts'
import { file, itemSchemas, spelled } from './kinds/item-schema.ts'

/**
 * The shape of a deal FILE. It is a little richer than `Deal`: a single value may stand where a list with dates may, and
 * roles, traits and paths may be written with hyphens. `normalise.ts` makes a `Deal` of it.
 */
export type FileShape = ReturnType<typeof shapes>

type ListOf<T> = z.ZodOptional<z.ZodArray<z.ZodType<T>>>

const shapesOf = new WeakMap<Methodology, FileShape>()

export function fileShape(methodology: Methodology): FileShape {
  let shape = shapesOf.get(methodology)
  if (!shape) shapesOf.set(methodology, (shape = shapes(methodology)))
  return shape
}

function shapes(methodology: Methodology) {
  const { date, text, id, share } = file
  const country = z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'country' })
    .meta({ description: 'Two letters, like CN, DE, US: whose holidays count' })
  const known = <T extends z.ZodType>(value: T) => z.union([z.literal(false), value])
  const item = itemSchemas(methodology)
  const trait = z.enum(spelled(methodology.concerns.traits.map(({ id: name }) => name)))
  const regime = z.enum(methodology.tender.regimes.map(({ id: name }) => name.replaceAll('_', '-')))
  const hours = z.number().min(0).max(10000)
  const amountValue = z.union([z.number().min(0), z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, { error: 'decimal' })])
  const estimate = z.union([share, z.array(z.strictObject(item('estimate')))])

  const { recordedOn, ...part } = item('stakeholder')
  const hold = z.strictObject(item('hold'))
  const person = z.strictObject({
    ...part,
    name: text,
    title: text.optional(),
    reportsTo: id.nullable().optional().meta({ description: 'Id of the person above; null: nobody' }),
    stance: z
      .union([item('stance').value, z.array(z.strictObject(item('stance')))])
      .optional()
      .meta({ description: '−2 against us … 2 for us, or a list of {value, on}' }),
    hold: z.union([hold, z.array(hold)]).optional(),
    local: z.boolean().optional(),
    email: text.optional(),
    phone: text.optional(),
    leftOn: date.optional(),
    recordedOn,
  })
  const rival = z.strictObject({
    ...item('rival'),
    contacts: z.array(z.strictObject(item('rivalContact'))).optional(),
  })
  const { status, on: _, ...since } = item('proofStatus')
  const proof = z.strictObject({
    ...item('proof'),
    status: status.optional(),
    on: date.optional().meta({ description: 'The day from which the status counts' }),
    history: z.array(z.strictObject({ status, on: date.optional(), ...since })).optional(),
  })
  // Two more ways to say the status of a piece of evidence: `normalise.ts`.
  const evidence = z.strictObject({
    ...item('evidence'),
    status: z.enum(KINDS.evidence.fields.status.values as ['confirmed', 'suggested', 'rejected']).optional(),
    confirmed: z.boolean().optional().meta({ description: 'false: suggested, counts half until confirmed' }),
    rejected: z.boolean().optional(),
  })
  const lists = Object.fromEntries(
    LISTED_KINDS.map((kind) => {
      const {
        description,
        lists: [name],
      } = kindOf(kind)
      const list = z.array(kind === 'evidence' ? evidence : z.strictObject(item(kind))).optional()
      return [name, description === undefined ? list : list.meta({ description })]
    }),
  ) as unknown as {
    [K in Exclude<ListedKind, 'evidence'> as (typeof KINDS)[K]['lists'][number]]: ListOf<FileItem<K>>
  } & {
    evidence: z.ZodOptional<z.ZodArray<typeof evidence>>
  }

  const deal = z.strictObject({
    sente: z.literal(1).default(1).meta({ description: 'Version of the deal file' }),
    id: id.optional(),
    name: text,
    account: z
      .strictObject({
        name: text,
        industry: text.optional(),
        region: text.optional(),
        country: country.optional(),
        goal: known(text).optional(),
        plan: known(z.strictObject({ updatedOn: z.union([date, z.array(date).min(1)]).optional() })).optional(),
        wonProjects: z.number().int().min(0).optional(),
        nextOpportunities: z.number().int().min(0).optional(),
        units: z.array(text).optional().meta({ description: 'Its units, whether anything is sold there or not' }),
      })
      .optional(),
    amount: z
      .strictObject({ value: amountValue, currency: z.string().regex(/^[A-Z]{3}$/, { error: 'currency' }) })
      .optional(),
    unit: text.optional().meta({ description: 'The unit of the customer that buys' }),
    offer: text.optional().meta({ description: 'What of ours it is about' }),
    carriedFrom: text.optional().meta({ description: 'Name of the deal of this account from which it was opened' }),
    crmCloseOn: date
      .optional()
      .meta({ description: 'When the CRM expects the end; shown, and no number is made of it' }),
    crmNextStep: text.optional().meta({ description: 'The next step in the CRM, in its words' }),
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
    tender: z
      .strictObject({
        regime: regime.optional().meta({ description: 'Under which rules it is bought' }),
        overruled: z
          .array(z.strictObject({ reason: text, by: text.optional(), on: date, recordedOn }))
          .min(1)
          .optional()
          .meta({ description: 'Why the silence of the tender was set aside, by whom and when' }),
      })
      .optional(),
    us: z
      .strictObject({
        foundedOn: date.optional(),
        localPresence: z.boolean().optional(),
        execSponsor: known(text).optional(),
        references: z.array(z.strictObject({ name: text, execWilling: z.boolean().optional() })).optional(),
        offers: z.array(text).optional().meta({ description: 'What we sell, whether this customer has it or not' }),
        hoursPerWeek: hours.optional(),
        country: country.optional(),
        team: z
          .array(
            z.strictObject({
              id,
              name: text,
              title: text.optional(),
              rank: z.enum(RANKS).optional(),
              hoursPerWeek: hours.optional(),
              absences: z.array(z.strictObject({ from: date, to: date, why: text.optional() })).optional(),
            }),
          )
          .optional()
          .meta({ description: 'Who of ours goes to the customer' }),
        blackouts: z.array(z.strictObject({ from: date, to: date, why: text.optional() })).optional(),
      })
      .optional(),
    people: z.array(person).optional(),
    rivals: z.array(rival).optional(),
    proofs: z.array(proof).optional(),
    riskFile: known(z.strictObject({ on: date.optional(), note: text.optional() })).optional(),
    riskMessage: known(text).optional(),
    execPlan: known(
      z.strictObject({
        targets: z.array(id).optional(),
        objective: text.optional(),
        owner: text.optional(),
        on: date.optional(),
      }),
    ).optional(),
    exchange: known(text).optional(),
    ...lists,
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
