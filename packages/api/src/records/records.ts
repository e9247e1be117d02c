import { DEAL_LISTS, KIND_NAMES, RANKS } from '@sente/engine'
import type { KindName } from '@sente/engine'
import { z } from 'zod'
import { FIELD_SCHEMAS } from './kinds.ts'
import type { FieldSchemas } from './kinds.ts'
import {
  Concern,
  Country,
  Currency,
  Day,
  Decimal,
  Id,
  Key,
  known,
  Line,
  MethodId,
  Moment,
  Money,
  Phase,
  Share,
  Stored,
  Sum,
  Words,
} from './shapes.ts'

/** Records of the API: what a client writes, what it reads back, and how lists are asked for. */

/** Days on which somebody cannot go. */
const Away = z.strictObject({ from: Day, to: Day, why: Line.optional() })
/** Who of ours goes to customers. Absences are those of the workspace's list and of the deal's together. */
export const Team = z
  .array(
    z.strictObject({
      id: Key,
      name: Line,
      title: Line.optional(),
      rank: z.enum(RANKS).optional().meta({ description: 'Absent counts as seller' }),
      hoursPerWeek: z.number().min(0).max(10_000).optional(),
      absences: z.array(Away).max(200).optional(),
    }),
  )
  .max(200)
export type Team = z.infer<typeof Team>
/** What holds for all deals of a workspace where a deal says nothing else. */
export const Ours = z.strictObject({
  country: Country.optional().meta({ description: 'Whose holidays are ours' }),
  team: z
    .array(Team.element.extend({ memberId: Id.optional().meta({ description: 'The member this is' }) }))
    .max(200)
    .optional(),
  blackouts: z.array(Away).max(100).optional(),
})
export type Ours = z.infer<typeof Ours>

export const AccountFields = {
  name: Line,
  parentId: Id.optional(),
  ownerId: Id.optional(),
  industry: Line.optional(),
  region: Line.optional(),
  country: Country.optional(),
  goal: known(Words).optional(),
  plan: known(z.strictObject({ updatedOn: z.array(Day).min(1).optional() })).optional(),
  wonProjects: z.int().min(0).optional(),
  nextOpportunities: z.int().min(0).optional(),
  units: z.array(Line).max(200).optional().meta({ description: 'Its units, whether anything is sold there or not' }),
  externalId: Line.optional().meta({ description: 'Its id in the CRM it came from' }),
}
export const Account = z.strictObject({ ...AccountFields, ...Stored, updatedAt: Moment })
export type Account = z.infer<typeof Account>

export const PersonFields = {
  accountId: Id,
  name: Line,
  title: Line.optional(),
  reportsTo: known(Id).optional().meta({ description: 'Id of the person above; false: reports to nobody here' }),
  local: z.boolean().optional(),
  email: Line.optional(),
  phone: Line.optional(),
  leftOn: Day.optional(),
  externalId: Line.optional(),
}
export const Person = z.strictObject({ ...PersonFields, ...Stored, updatedAt: Moment })
export type Person = z.infer<typeof Person>

export const DealFields = {
  accountId: Id.optional(),
  ownerId: Id.optional().meta({ description: 'Default: who creates it' }),
  name: Line,
  key: Key.optional(),
  amount: Money.optional(),
  unit: Line.optional().meta({ description: 'The unit of the customer that buys' }),
  offer: Line.optional().meta({ description: 'What of ours it is about' }),
  carriedFrom: Line.optional().meta({ description: 'Name of the deal from which it was opened' }),
  crmCloseOn: Day.optional().meta({ description: 'When the CRM expects the end; shown, and no number is made of it' }),
  crmNextStep: Words.optional().meta({ description: 'The next step in the CRM, in its words' }),
  openedOn: Day.optional(),
  firstContactOn: Day.optional(),
  status: z.enum(['open', 'won', 'lost', 'no-decision']).optional(),
  closedOn: Day.optional(),
  reason: Words.optional(),
  goal: known(Words).optional(),
  style: z.enum(['steady', 'swift']).optional(),
  playbook: z.enum(['early', 'mid', 'late']).optional(),
  timingNote: known(Words).optional(),
  traits: z.array(MethodId).max(30).optional(),
  us: z
    .strictObject({
      foundedOn: Day.optional(),
      localPresence: z.boolean().optional(),
      execSponsor: known(Line).optional(),
      references: z
        .array(z.strictObject({ name: Line, execWilling: z.boolean().optional() }))
        .max(50)
        .optional(),
      offers: z
        .array(Line)
        .max(200)
        .optional()
        .meta({ description: 'What we sell, whether this customer has it or not' }),
      hoursPerWeek: z.number().min(0).max(10_000).optional(),
      country: Country.optional().meta({ description: 'Whose holidays are ours' }),
      team: Team.optional().meta({ description: 'Who of ours goes; absent: the team of the workspace' }),
      blackouts: z.array(Away).max(100).optional(),
    })
    .optional(),
  tender: z
    .strictObject({
      regime: Line.optional().meta({ description: 'Under which rules it is bought: a regime of the methodology' }),
      overruled: z
        .array(z.strictObject({ reason: Words, by: Line.optional(), on: Day, recordedOn: Day.optional() }))
        .min(1)
        .max(50)
        .optional()
        .meta({ description: 'Why the silence of the tender was set aside, by whom and when' }),
    })
    .optional(),
  riskFile: known(z.strictObject({ on: Day.optional(), note: Words.optional() })).optional(),
  riskMessage: known(Words).optional(),
  execPlan: known(
    z.strictObject({
      targets: z.array(Id).max(50).optional(),
      objective: Words.optional(),
      owner: Line.optional(),
      on: Day.optional(),
    }),
  ).optional(),
  exchange: known(Words).optional(),
  emptyLists: z
    .array(z.enum(DEAL_LISTS))
    .optional()
    .meta({ description: 'Lists that are known to be empty: we looked, there is none' }),
  externalId: Line.optional(),
}

/** What the engine says of a deal, as lists show it. `fresh` false: a change since then is still being worked in. */
export const Summary = z.strictObject({
  on: Day,
  fresh: z.boolean(),
  phase: Phase.optional().meta({
    description:
      'Absent, with phases, stalled and progress: nothing was heard of the customer yet, so no phase is known',
  }),
  phases: z.array(z.number()).length(8).optional().meta({ description: 'Probability of each phase, in their order' }),
  stalled: z.number().optional(),
  progress: z.number().optional(),
  lead: z.strictObject({
    state: z.enum(['unknown', 'ahead', 'behind', 'covered', 'closed']),
    days: z.int().optional(),
    concern: Concern.optional(),
  }),
  cover: z.number().optional(),
  workingCover: z.number().optional(),
  vacuum: z.boolean().optional(),
  dangers: z.int(),
  warnings: z.int(),
  topFindings: z.array(z.strictObject({ rule: z.string(), severity: z.string() })),
  win: z
    .number()
    .optional()
    .meta({ description: 'Absent: closed, or nothing is known that would tell it from any other deal' }),
  decisionOn: Day.optional(),
  nextStartBy: Day.optional(),
  homework: z.int(),
})
export type Summary = z.infer<typeof Summary>

export const Deal = z.strictObject({
  ...DealFields,
  ownerId: Id,
  status: z.enum(['open', 'won', 'lost', 'no-decision']),
  ...Stored,
  updatedAt: Moment,
})
export type Deal = z.infer<typeof Deal>

/** A row of the deals list: names beside ids, and the summary. */
export const DealRow = z.strictObject({
  id: Id,
  version: z.int(),
  name: z.string(),
  account: z.strictObject({ id: Id, name: z.string() }).optional(),
  owner: z.strictObject({ id: Id, name: z.string() }),
  amount: Money.optional(),
  status: z.enum(['open', 'won', 'lost', 'no-decision']),
  openedOn: Day.optional(),
  closedOn: Day.optional(),
  sellerEstimate: Share.optional(),
  crmCloseOn: Day.optional(),
  crmNextStep: z.string().optional().meta({ description: 'At most 200 characters of it' }),
  updatedAt: Moment,
  summary: Summary.optional().meta({ description: 'Absent until first computed' }),
})
export type DealRow = z.infer<typeof DealRow>

type FactShape<K extends KindName> = z.ZodObject<
  FieldSchemas<K> & {
    id: typeof Id
    version: z.ZodInt
    dealId: typeof Id
    createdAt: typeof Moment
    createdBy: z.ZodOptional<typeof Id>
  }
>
/** A stored fact of a kind. */
export function factShape<K extends KindName>(kind: K): FactShape<K> {
  return z.strictObject({ ...FIELD_SCHEMAS[kind], ...Stored, dealId: Id }) as unknown as FactShape<K>
}

/** Everything of one deal: itself, the people it knows and its facts by kind. What `include` leaves out is absent. */
export const DealWhole = z.strictObject({
  deal: Deal,
  account: Account.optional(),
  people: z.array(Person).optional(),
  ...(Object.fromEntries(KIND_NAMES.map((kind) => [kind, z.array(factShape(kind)).optional()])) as unknown as {
    [K in KindName]: z.ZodOptional<z.ZodArray<FactShape<K>>>
  }),
  summary: Summary.optional(),
  access: z.strictObject({
    write: z.boolean(),
    sensitive: z.boolean(),
    share: z.boolean().optional().meta({ description: 'May share it and give it to another owner; absent: not asked' }),
  }),
})
export type DealWhole = z.infer<typeof DealWhole>

/** A person with the deals they take part in, and how we stand with them there. */
export const Relationship = z.strictObject({
  person: Person,
  deals: z.array(
    z.strictObject({
      dealId: Id,
      name: z.string(),
      key: z.string(),
      status: z.enum(['open', 'won', 'lost', 'no-decision']),
      roles: z.array(z.string()),
      rung: z.string().optional(),
      trust: z.number().optional(),
      stance: z.number().optional(),
      lastTouch: Day.optional(),
    }),
  ),
})

/** Keeps only what may be patched: every field optional, `null` takes it back to "not known". */
export function patchOf<Shape extends z.ZodRawShape>(
  fields: Shape,
): z.ZodObject<{ [K in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[K]>> }> {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, (field as z.ZodType).nullable().optional()]),
    ),
  ) as never
}

export const Page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional().meta({ description: '`next` of the page before' }),
}
/** A page of a list; `next` is absent on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() })

export { Currency, Decimal, Sum }
