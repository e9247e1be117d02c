import { z } from 'zod'
import { Brief, KIND_NAMES } from '@sente/engine'
import { FIELD_SCHEMAS } from '../records/kinds.ts'
import { csv, Day, Id, Line, MethodId, Moment, Phase, Words } from '../records/shapes.ts'
import { PROPOSAL, TAKEN } from '../records/proposals.ts'
import { route } from '../route.ts'
import { meetingRoutes } from './meeting.ts'
import { dealSlides } from './slides.ts'
import {
  Currency,
  Deal,
  DealFields,
  DealRow,
  DealWhole,
  Decimal,
  Page,
  pageOf,
  patchOf,
  Sum,
} from '../records/records.ts'

const one = z.strictObject({ dealId: Id })
export const Status = z.enum(['open', 'won', 'lost', 'no-decision'])

/** Filters of the deals list, the board and the totals: all of them must hold. Lists are separated by commas. */
export const dealFilters = {
  q: z.string().max(200).optional().meta({ description: 'Words of the name of the deal or its account' }),
  ownerId: csv(Id),
  teamId: csv(Id),
  accountId: csv(Id),
  status: csv(Status),
  phase: csv(Phase),
  judged: z
    .stringbool()
    .optional()
    .meta({ description: 'Something was heard of the customer, so that a phase is known' }),
  leadState: csv(z.enum(['unknown', 'ahead', 'behind', 'covered', 'closed'])),
  leadBelow: z.coerce.number().int().optional(),
  coverBelow: z.coerce.number().optional(),
  vacuum: z.stringbool().optional(),
  danger: z.stringbool().optional().meta({ description: 'Has a finding of severity danger or block' }),
  currency: csv(Currency),
  amountFrom: Decimal.optional(),
  amountTo: Decimal.optional(),
  openedFrom: Day.optional(),
  openedTo: Day.optional(),
  decisionFrom: Day.optional(),
  decisionTo: Day.optional(),
}
export const DEAL_SORTS = [
  'name',
  'account',
  'owner',
  'amount',
  'phase',
  'progress',
  'lead',
  'cover',
  'danger',
  'win',
  'decisionOn',
  'nextStartBy',
  'openedOn',
  'updatedAt',
] as const

export const PipelineCell = z.strictObject({
  phase: Phase.optional(),
  currency: Currency.optional(),
  count: z.int(),
  amount: Sum,
  behind: z.int(),
  danger: z.int(),
})

export const deals = {
  list: route({
    method: 'GET',
    path: '/deals',
    tag: 'Deals',
    summary: 'List deals that you may see',
    permission: 'deals:read',
    query: z.strictObject({
      ...dealFilters,
      sort: z.enum(DEAL_SORTS).default('updatedAt'),
      order: z.enum(['asc', 'desc']).default('desc'),
      ...Page,
    }),
    output: pageOf(DealRow),
    errors: ['bad-cursor'],
  }),
  pipeline: route({
    method: 'GET',
    path: '/pipeline',
    tag: 'Deals',
    summary: 'Count deals and add up amounts by the customer’s phase and currency',
    permission: 'deals:read',
    query: z.strictObject(dealFilters),
    output: z.strictObject({
      cells: z.array(PipelineCell),
      total: z.int(),
      stale: z.int().meta({ description: 'Deals whose summary is still being computed' }),
    }),
  }),
  create: route({
    method: 'POST',
    path: '/deals',
    tag: 'Deals',
    summary: 'Create a deal',
    permission: 'deals:write',
    body: z.strictObject({ id: Id.optional(), ...DealFields }),
    output: Deal,
    status: 201,
    idempotent: true,
    versioned: true,
    errors: ['conflict'],
  }),
  get: route({
    method: 'GET',
    path: '/deals/{dealId}',
    tag: 'Deals',
    summary: 'Read a deal with what `include` names',
    permission: 'deals:read',
    params: one,
    query: z.strictObject({
      include: csv(z.enum(['account', 'people', 'summary', 'all', ...KIND_NAMES])),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(5000)
        .default(5000)
        .meta({ description: 'At most so many of each kind, newest first' }),
      at: Moment.optional().meta({ description: 'As it stood in the database at this moment' }),
    }),
    output: DealWhole,
    versioned: true,
  }),
  update: route({
    method: 'PATCH',
    path: '/deals/{dealId}',
    tag: 'Deals',
    summary: 'Change a deal',
    permission: 'deals:write',
    params: one,
    body: patchOf(DealFields),
    output: Deal,
    versioned: true,
    errors: ['changed-since', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/deals/{dealId}',
    tag: 'Deals',
    summary: 'Delete a deal with its facts; it can be undone',
    permission: 'deals:write',
    params: one,
    versioned: true,
    errors: ['changed-since'],
  }),
  bulk: route({
    method: 'POST',
    path: '/deals/bulk',
    tag: 'Deals',
    summary: 'Change many deals at once, all or none',
    permission: 'deals:write',
    body: z.strictObject({
      ids: z.array(Id).min(1).max(1000),
      set: patchOf({
        ownerId: DealFields.ownerId,
        accountId: DealFields.accountId,
        status: DealFields.status,
        closedOn: DealFields.closedOn,
        reason: DealFields.reason,
        style: DealFields.style,
      }).optional(),
      remove: z.literal(true).optional(),
    }),
    output: z.strictObject({ changed: z.int(), changeSet: Id }),
  }),
  brief: route({
    method: 'GET',
    path: '/deals/{dealId}/brief',
    tag: 'Deals',
    summary: 'Read the brief of a deal, today or as of an earlier day',
    permission: 'deals:read',
    params: one,
    query: z.strictObject({ asOf: Day.optional(), at: Moment.optional() }),
    output: Brief,
    versioned: true,
  }),
  ...meetingRoutes,
  slides: dealSlides,
  history: route({
    method: 'GET',
    path: '/deals/{dealId}/history',
    tag: 'Deals',
    summary: 'Read who changed what from which value to which, newest first',
    permission: 'deals:read',
    params: one,
    query: z.strictObject(Page),
    output: pageOf(
      z.strictObject({
        id: Id,
        changeSet: Id.optional(),
        at: Moment,
        actorId: Id.optional(),
        actor: z.string().optional(),
        via: z.string(),
        kind: z.string(),
        recordId: Id,
        action: z.enum(['create', 'update', 'delete']),
        label: z.string().optional(),
        fields: z.array(
          z.strictObject({ name: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
        ),
        undone: z.boolean(),
      }),
    ),
    errors: ['bad-cursor'],
  }),
  file: route({
    method: 'GET',
    path: '/deals/{dealId}/file',
    tag: 'Deals',
    summary: 'Download the deal as a deal file',
    permission: 'export',
    params: one,
    query: z.strictObject({
      format: z.enum(['yaml', 'json']).default('yaml'),
      private: z
        .stringbool()
        .default(false)
        .meta({ description: 'With stance, personal agenda and private notes, where you may' }),
    }),
    produces: 'application/yaml',
  }),
  fromFile: route({
    method: 'POST',
    path: '/deals/from-file',
    tag: 'Deals',
    summary: 'Create a deal from a deal file',
    permission: 'deals:write',
    body: z.strictObject({ text: z.string().max(5_000_000), name: Line.optional() }),
    largest: 6_000_000,
    output: Deal,
    status: 201,
    idempotent: true,
  }),
  nextUnit: route({
    method: 'POST',
    path: '/deals/{dealId}/next-unit',
    tag: 'Deals',
    summary:
      'Open the next deal of the account from one that was won: people, trust, promises, proofs and pains are carried over, each marked',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      name: Line,
      unit: Line.optional().meta({ description: 'The unit of the customer that would buy' }),
      offer: Line.optional().meta({ description: 'What it is about; default: as in the deal it comes from' }),
    }),
    output: z.strictObject({
      deal: Deal,
      carried: z
        .strictObject({ people: z.int(), touches: z.int(), promises: z.int(), proofs: z.int(), pains: z.int() })
        .meta({ description: 'How much was carried over' }),
    }),
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  read: route({
    method: 'POST',
    path: '/deals/{dealId}/read',
    tag: 'Deals',
    summary: 'Find signals in a note, without keeping anything',
    permission: 'deals:read',
    params: one,
    waits: true,
    body: z.strictObject({ on: Day, author: Line.optional(), text: Words }),
    output: z.strictObject({
      suggestions: z.array(
        z.strictObject({
          signal: MethodId,
          confidence: z.number(),
          span: z.array(z.int()).length(2),
          quote: z.string(),
          personId: Id.optional(),
          about: Line.optional().meta({ description: 'Key of the rival that the words name' }),
          on: Day,
        }),
      ),
      proposals: z
        .array(PROPOSAL)
        .meta({ description: 'What the note says besides signals: to be sent back as `taken` of a capture, or left' }),
      source: z.enum(['built-in', 'model']),
      notice: z
        .strictObject({ en: z.string(), zh: z.string() })
        .optional()
        .meta({ description: 'Why the language model did not read it' }),
    }),
  }),
  capture: route({
    method: 'POST',
    path: '/deals/{dealId}/capture',
    tag: 'Deals',
    summary: 'Keep a note and the evidence found in it, in one step',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      note: z.strictObject({ id: Id.optional(), ...FIELD_SCHEMAS.note }),
      evidence: z
        .array(
          z.strictObject({
            id: Id.optional(),
            on: Day,
            signal: MethodId,
            personId: Id.optional(),
            about: Line.optional(),
            confidence: z.number().gt(0).max(1),
            quote: Words.optional(),
            span: z.array(z.int()).length(2).optional(),
            status: z.enum(['confirmed', 'suggested', 'rejected']),
          }),
        )
        .max(100)
        .optional()
        .meta({ description: 'Absent: the built-in reader suggests' }),
      taken: z.array(TAKEN).max(100).optional().meta({
        description: 'What else of the note becomes records of the deal: touches, people, rivals, told days, promises',
      }),
    }),
    output: DealWhole.pick({ note: true, evidence: true }),
    status: 201,
    idempotent: true,
  }),
  shares: route({
    method: 'GET',
    path: '/deals/{dealId}/shares',
    tag: 'Deals',
    summary: 'See with whom a deal is shared',
    permission: 'deals:read',
    params: one,
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          memberId: Id.optional(),
          teamId: Id.optional(),
          name: z.string(),
          mayWrite: z.boolean(),
          sensitive: z.boolean(),
        }),
      ),
    }),
  }),
  share: route({
    method: 'POST',
    path: '/deals/{dealId}/shares',
    tag: 'Deals',
    summary: 'Share a deal with a member or a team',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      memberId: Id.optional(),
      teamId: Id.optional(),
      mayWrite: z.boolean().default(false),
      sensitive: z.boolean().default(false),
    }),
    output: z.strictObject({ id: Id }),
    status: 201,
    idempotent: true,
  }),
  unshare: route({
    method: 'DELETE',
    path: '/deals/{dealId}/shares/{id}',
    tag: 'Deals',
    summary: 'Stop sharing',
    permission: 'deals:write',
    params: z.strictObject({ dealId: Id, id: Id }),
  }),
}
