import { Far, Lack, LACKS, ReviewChange, ReviewLine, VOICES } from '@sente/engine'
import { z } from 'zod'
import { Day, Id, Line, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

const Loss = z
  .array(z.strictObject({ currency: z.string(), loss: z.number() }))
  .meta({ description: 'Amount × drop of win, added up within each currency' })
const Total = z.strictObject({
  deals: z.int(),
  loss: Loss,
  unknown: z.int().meta({ description: 'Deals of which the loss is not known' }),
  lacks: z.record(z.enum(LACKS), z.int()),
})
const Row = z.strictObject({
  dealId: Id,
  version: z.int(),
  name: z.string(),
  account: z.string().nullable(),
  ownerId: Id,
  owner: z.string(),
  /** Its place in which group. */
  group: z.int(),
  loss: z.number().nullable(),
  line: ReviewLine,
  before: ReviewLine.nullable(),
  compared: z.boolean().meta({ description: 'False: nobody knows what the deal was on the earlier day' }),
  voices: z.partialRecord(z.enum(VOICES), z.number()),
  far: z.array(Far),
  lacks: z.array(Lack),
  changes: z.array(ReviewChange),
  write: z.boolean(),
})

/** What is asked of a review; the same when it is kept. */
const asked = {
  since: Day.optional().meta({ description: 'The earlier day to compare with; default a week before today' }),
  ownerId: Id.optional(),
  teamId: Id.optional(),
  lack: Lack.optional(),
  far: z.stringbool().optional().meta({ description: 'Only deals of which two numbers are far apart' }),
  changed: z.stringbool().optional().meta({
    description: 'Only deals with news since the earlier day: more than lead and win moved by days that went by',
  }),
}

export const PipelineReview = z.strictObject({
  on: Day,
  since: Day,
  /** Numbers of all deals that the caller may see and asks for, whatever `lack` and `far` leave. */
  total: Total,
  far: z.int(),
  waiting: z.int().meta({ description: 'Deals of which nothing is computed yet' }),
  stale: z.int().meta({ description: 'Deals that changed since they were computed' }),
  owners: z.array(Total.extend({ ownerId: Id, owner: z.string() })),
  groups: z.array(
    z.strictObject({
      by: z.enum(['loss', 'no-amount', 'no-drop']),
      currency: z.string().nullable(),
      loss: z.number().nullable(),
      deals: z.int(),
    }),
  ),
  rows: z.array(Row),
  next: z.int().nullable().meta({ description: 'The offset that reads on; null: this is the end' }),
  gone: z.array(Row).meta({ description: 'Closed since the earlier day, at most 50' }),
})
export type PipelineReview = z.infer<typeof PipelineReview>

const KeptReview = z.strictObject({
  id: Id,
  name: z.string(),
  on: Day,
  since: Day,
  deals: z.int(),
  createdAt: Moment,
})

export const review = {
  get: route({
    method: 'GET',
    path: '/review',
    tag: 'Work',
    summary:
      'Read the pipeline review: deals you may see by the loss that can still be prevented this week, and what changed',
    permission: 'deals:read',
    query: z.strictObject({
      ...asked,
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: PipelineReview,
  }),
  keep: route({
    method: 'POST',
    path: '/reviews',
    tag: 'Work',
    summary: 'Keep the review as it stands, with its first 200 deals, for yourself',
    permission: 'deals:read',
    body: z.strictObject({
      name: Line.optional(),
      ...asked,
      far: z.boolean().optional(),
      changed: z.boolean().optional(),
    }),
    output: KeptReview,
    status: 201,
    idempotent: true,
  }),
  kept: route({
    method: 'GET',
    path: '/reviews',
    tag: 'Work',
    summary: 'List the reviews you kept, the newest first, at most 100',
    permission: 'deals:read',
    output: z.strictObject({ items: z.array(KeptReview) }),
  }),
  snapshot: route({
    method: 'GET',
    path: '/reviews/{reviewId}',
    tag: 'Work',
    summary: 'Read a review you kept, as it was presented',
    permission: 'deals:read',
    params: z.strictObject({ reviewId: Id }),
    output: z.strictObject({ kept: KeptReview, review: PipelineReview }),
  }),
}
