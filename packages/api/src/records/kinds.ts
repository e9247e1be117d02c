import { z } from 'zod'
import { Concern, Day, Id, Key, known, Line, MethodId, Phase, RecordedOn, Share, Words } from './shapes.ts'

/**
 * The kinds of facts below a deal: name in the API, table, fields. One list serves the routes, the store, the export and the web
 * application. A field that points to somebody of the customer holds the person's id; a fact may only name stakeholders of its deal.
 */
interface KindSpec<Shape extends z.ZodRawShape> {
  /** Table of the store. */
  table: string
  /** Last part of its path below /deals/{dealId}/, and key of its list in a deal's `include`. */
  path: string
  /** Fields a client writes. */
  fields: Shape
  /** Fields that hold the id of a person, and of another fact. */
  persons?: readonly (keyof Shape & string)[]
  parent?: { field: keyof Shape & string; kind: string }
  /** The whole record, or these fields of it, need the right to see what is personal. */
  sensitive?: true | readonly (keyof Shape & string)[]
  /** Fields checked against the methodology. */
  method?: Partial<Record<keyof Shape & string, 'signal' | 'play' | 'topic' | 'role' | 'path' | 'milestone'>>
}

const kind = <const Shape extends z.ZodRawShape>(spec: KindSpec<Shape>): KindSpec<Shape> => spec

export const KINDS = {
  stakeholder: kind({
    table: 'stakeholder',
    path: 'stakeholders',
    fields: {
      personId: Id,
      key: Key.optional().meta({
        description: 'Id of the person in the deal file; made from the name where it is not given',
      }),
      roles: z.array(MethodId).max(20).optional(),
      influence: z.number().min(1).max(5).optional(),
      path: MethodId.optional(),
      agenda: known(Words).optional(),
      pressures: known(Words).optional(),
      businessModel: known(Words).optional(),
      mapX: z.number().optional(),
      mapY: z.number().optional(),
      emptyLists: z
        .array(z.enum(['stance', 'hold']))
        .optional()
        .meta({ description: 'Histories that are known to be empty' }),
      recordedOn: RecordedOn,
    },
    persons: ['personId'],
    sensitive: ['agenda', 'pressures', 'businessModel'],
    method: { roles: 'role', path: 'path' },
  }),
  stance: kind({
    table: 'stance',
    path: 'stances',
    fields: { personId: Id, value: z.number().min(-2).max(2), on: Day.optional(), recordedOn: RecordedOn },
    persons: ['personId'],
    sensitive: true,
  }),
  hold: kind({
    table: 'hold',
    path: 'holds',
    fields: {
      personId: Id,
      state: z.enum(['none', 'asked', 'given', 'broken']),
      on: Day.optional(),
      recordedOn: RecordedOn,
    },
    persons: ['personId'],
  }),
  rival: kind({
    table: 'rival',
    path: 'rivals',
    fields: {
      key: Key.optional(),
      name: Line,
      kind: z.enum(['vendor', 'status-quo', 'in-house']).optional(),
      incumbent: z.boolean().optional(),
      leading: z.boolean().optional(),
      strengths: z.partialRecord(Concern, Share).optional(),
      noContacts: z.boolean().optional().meta({ description: 'We looked: they have met nobody' }),
      recordedOn: RecordedOn,
    },
  }),
  rivalContact: kind({
    table: 'rival_contact',
    path: 'rival-contacts',
    fields: { rivalId: Id, personId: Id, on: Day, play: Line.optional(), recordedOn: RecordedOn },
    persons: ['personId'],
    parent: { field: 'rivalId', kind: 'rival' },
  }),
  note: kind({
    table: 'note',
    path: 'notes',
    fields: {
      on: Day,
      author: Line.optional(),
      text: Words,
      private: z.boolean().optional(),
      externalId: Line.optional(),
      recordedOn: RecordedOn,
    },
  }),
  evidence: kind({
    table: 'evidence',
    path: 'evidence',
    fields: {
      key: Key.optional(),
      on: Day,
      signal: MethodId,
      personId: Id.optional(),
      confidence: z.number().gt(0).max(1).optional(),
      quote: Words.optional(),
      status: z.enum(['confirmed', 'suggested', 'rejected']).optional(),
      source: Line.optional(),
      noteId: Id.optional(),
      span: z.array(z.int().min(0)).length(2).optional(),
      recordedOn: RecordedOn,
    },
    persons: ['personId'],
    parent: { field: 'noteId', kind: 'note' },
    method: { signal: 'signal' },
  }),
  touch: kind({
    table: 'touch',
    path: 'touches',
    fields: {
      key: Key.optional(),
      on: Day,
      play: MethodId.optional(),
      what: Line.optional(),
      with: z.array(Id).max(50).optional(),
      concern: Concern.optional(),
      hours: z.number().min(0).max(10_000).optional(),
      paid: z.boolean().optional(),
      outcome: z.enum(['done', 'failed', 'cancelled']).optional(),
      flag: z.enum(['gift', 'side-payment', 'forbidden-contact']).optional(),
      note: Words.optional(),
      externalId: Line.optional(),
      recordedOn: RecordedOn,
    },
    persons: ['with'],
    method: { play: 'play' },
  }),
  proof: kind({
    table: 'proof',
    path: 'proofs',
    fields: {
      topic: MethodId,
      proof: MethodId,
      for: z.array(Id).max(50).optional(),
      readyOn: Day.optional(),
      expiresOn: Day.optional(),
      owner: Line.optional(),
      note: Words.optional(),
      recordedOn: RecordedOn,
    },
    persons: ['for'],
    method: { topic: 'topic' },
  }),
  proofStatus: kind({
    table: 'proof_status',
    path: 'proof-statuses',
    fields: {
      proofId: Id,
      status: z.enum(['missing', 'preparing', 'prepared', 'presented', 'accepted']),
      on: Day.optional(),
      recordedOn: RecordedOn,
    },
    parent: { field: 'proofId', kind: 'proof' },
  }),
  ucv: kind({
    table: 'ucv',
    path: 'ucvs',
    fields: {
      on: Day,
      goal: Words.optional(),
      onlyUs: Words,
      number: Line.optional(),
      differsFrom: z
        .record(Key, Words)
        .optional()
        .meta({ description: 'Difference to each rival, by the key of the rival' }),
      concern: Concern.optional(),
      confirmedBy: Id.optional(),
      recordedOn: RecordedOn,
    },
    persons: ['confirmedBy'],
  }),
  processStep: kind({
    table: 'process_step',
    path: 'process-steps',
    fields: {
      step: Line,
      phase: Phase.optional(),
      on: Day.optional(),
      owner: Line.optional(),
      done: z.boolean().optional(),
      applies: z.boolean().optional(),
      recordedOn: RecordedOn,
    },
    method: { step: 'milestone' },
  }),
  ourStep: kind({
    table: 'our_step',
    path: 'our-steps',
    fields: {
      phase: Phase,
      status: z.enum(['done', 'skipped']).optional(),
      on: Day.optional(),
      evidence: Words.optional(),
      reason: Words.optional(),
      recordedOn: RecordedOn,
    },
  }),
  planStep: kind({
    table: 'plan_step',
    path: 'plan-steps',
    fields: {
      key: Key.optional(),
      play: MethodId.optional(),
      what: Line.optional(),
      on: Day.optional(),
      with: z.array(Id).max(50).optional(),
      phase: Phase.optional(),
      status: z.enum(['open', 'done', 'dropped', 'skipped']).optional(),
      deviates: z.boolean().optional(),
      reason: Words.optional(),
      owner: Line.optional(),
      recordedOn: RecordedOn,
    },
    persons: ['with'],
    method: { play: 'play' },
  }),
  estimate: kind({
    table: 'estimate',
    path: 'estimates',
    fields: {
      side: z.enum(['seller', 'manager']),
      value: Share,
      on: Day.optional(),
      by: Line.optional(),
      because: z.array(Line).max(20).optional(),
      recordedOn: RecordedOn,
    },
  }),
  pin: kind({
    table: 'pin',
    path: 'pins',
    fields: { on: Day, phase: Phase, by: Line.optional(), reason: Words.optional(), recordedOn: RecordedOn },
  }),
  stageClaim: kind({
    table: 'stage_claim',
    path: 'stage-claims',
    fields: { on: Day, phase: Phase, label: Line.optional(), recordedOn: RecordedOn },
  }),
  commitment: kind({
    table: 'commitment',
    path: 'commitments',
    fields: {
      what: Words,
      who: Line.optional(),
      promisedOn: Day,
      dueOn: Day.optional(),
      doneOn: Day.optional(),
      recordedOn: RecordedOn,
    },
  }),
  discount: kind({
    table: 'discount',
    path: 'discounts',
    fields: { on: Day, percent: z.number().min(0).max(100).optional(), recordedOn: RecordedOn },
  }),
  notNeeded: kind({
    table: 'not_needed',
    path: 'not-needed',
    fields: { topic: MethodId, reason: Words, on: Day.optional(), recordedOn: RecordedOn },
    method: { topic: 'topic' },
  }),
} as const

export type KindName = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as KindName[]

/** The schemas of a kind's fields. */
export type FieldsOf<K extends KindName> = (typeof KINDS)[K]['fields'] extends infer F extends z.core.$ZodLooseShape
  ? F
  : never
/** Fields a client writes for a kind. */
export type FactInput<K extends KindName> = z.output<z.ZodObject<FieldsOf<K>>>
/** A stored fact. */
export type Fact<K extends KindName> = FactInput<K> & {
  id: string
  version: number
  dealId: string
  createdAt: string
  createdBy?: string
}
