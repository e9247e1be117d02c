import { z } from 'zod'
import { OUTCOMES, Plan, Text, WarGame } from '@sente/engine'
import { factShape, Ours } from '../records/records.ts'
import { Day, Id, Key, Line, MethodId, Time, Words } from '../records/shapes.ts'
import { route } from '../route.ts'

const one = z.strictObject({ dealId: Id })

/** A step of the plan: its play, and for whom it is first; `proof_pack` or `ceo_meeting~zhou`. */
export const StepId = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}(~[^\s/~]{1,64})?$/)
  .meta({ description: 'Play of a step, and after ~ the key of the person it is for first' })
const Style = z.enum(['steady', 'swift'])

/** Days off of one side, as the plan was made with. */
const DaysOff = z.strictObject({
  country: z.string().nullable().meta({ description: 'Whose holidays count; null: only weekends are known' }),
  guessed: z.boolean().optional(),
  off: z.array(Day),
  working: z.array(Day).meta({ description: 'Saturdays and Sundays that are worked' }),
  knownUntil: Day.nullable(),
})

/** A plan as the API gives it: people are named by their keys in the deal, and `people` says who they are. */
export const PlanAnswer = z.strictObject({
  plan: Plan.omit({ changed: true }),
  changed: z
    .array(Plan.shape.changed.element.extend({ noticedOn: Day }))
    .meta({ description: 'What is new, gone or moved within the last two weeks, and why; the newest first' }),
  own: z
    .array(z.strictObject({ step: StepId, on: Day, planStepId: Id, version: z.int() }))
    .meta({ description: 'Steps of the plan that stand in the deal already: accepted, or written down by hand' }),
  held: z
    .array(z.strictObject({ step: StepId, on: Day, planStepId: Id, version: z.int() }))
    .optional()
    .meta({ description: 'Proposals that somebody holds on their day (plan steps of the deal with status held)' }),
  kept: Day.optional().meta({
    description:
      'The plan is not made for this answer: it is the one that was made on this day and stood on the day asked about, without reasons',
  }),
  people: z.array(z.strictObject({ key: Key, id: Id, name: z.string(), title: z.string().optional() })),
  ours: z.array(Ours.shape.team.unwrap().element),
  us: Ours.meta({
    description:
      'What the workspace says of our side: with it, the deal and the days off the same plan can be made again',
  }),
  calendars: z.strictObject({ ours: DaysOff, theirs: DaysOff }),
})
export type PlanAnswer = z.infer<typeof PlanAnswer>

const Promised = z.strictObject({
  by: z.enum(['us', 'them']),
  what: Words,
  dueOn: Day.optional(),
  personId: Id.optional().meta({
    description: 'To whom ours was given, or who gave theirs; absent: the first one of the step',
  }),
})

const LedgerLine = z.strictObject({
  commitmentId: Id,
  version: z.int(),
  what: z.string(),
  by: z.enum(['us', 'them']),
  giver: z.string().optional().meta({ description: 'As it was written' }),
  personId: Id.optional().meta({ description: 'To whom ours was given, or who gave theirs' }),
  madeOn: Day,
  dueOn: Day.optional(),
  settledOn: Day.optional(),
  state: z.enum(['open', 'kept', 'late', 'broken']),
  overdue: z.boolean(),
  where: z.string().optional(),
})

export const plan = {
  get: route({
    method: 'GET',
    path: '/deals/{dealId}/plan',
    tag: 'Plan',
    summary: 'Read whom to see, when, through whom, with what, and who of ours goes',
    permission: 'deals:read',
    params: one,
    query: z.strictObject({
      style: Style.optional(),
      asOf: Day.optional(),
      kept: z.stringbool().optional().meta({
        description:
          'Of an earlier day: the plan as it stood then, where it was kept; else, and without this, as it would have been made from what was known',
      }),
    }),
    output: PlanAnswer,
    versioned: true,
  }),
  preview: route({
    method: 'POST',
    path: '/deals/{dealId}/plan/preview',
    tag: 'Plan',
    summary: 'Read the plan as it would be with steps locked, set aside or in another style; nothing is kept',
    permission: 'deals:read',
    params: one,
    body: z.strictObject({
      style: Style.optional(),
      locks: z
        .array(z.strictObject({ play: MethodId, with: z.array(Key).max(50), on: Day }))
        .max(50)
        .default([]),
      moved: z
        .array(z.strictObject({ planStepId: Id, on: Day }))
        .max(50)
        .default([])
        .meta({ description: 'Open and held steps of the deal, as if they stood on another day' }),
      setAside: z
        .array(z.strictObject({ play: MethodId.optional(), person: Key.optional(), until: Day.optional() }))
        .max(50)
        .default([]),
    }),
    output: PlanAnswer,
  }),
  compare: route({
    method: 'GET',
    path: '/deals/{dealId}/plan/compare',
    tag: 'Plan',
    summary: 'Read the steady and the swift plan side by side, and where they part',
    permission: 'deals:read',
    params: one,
    output: z.strictObject({
      steady: PlanAnswer,
      swift: PlanAnswer,
      differs: z.array(
        z.strictObject({
          step: StepId,
          name: Text,
          steady: Day.optional().meta({ description: 'Absent: not in this plan' }),
          swift: Day.optional(),
        }),
      ),
    }),
  }),
  wargame: route({
    method: 'GET',
    path: '/deals/{dealId}/wargame',
    tag: 'Plan',
    summary: 'Play our ways of going on against what rivals may do; rests on assumptions that the answer names',
    permission: 'deals:read',
    params: one,
    waits: true,
    query: z.strictObject({
      asOf: Day.optional(),
      paths: z.coerce.number().int().min(200).max(10_000).default(10_000).meta({
        description: 'Ways the customer may go that are drawn',
      }),
      seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1).meta({
        description: 'The same seed gives the same numbers',
      }),
    }),
    output: WarGame,
  }),
  accept: route({
    method: 'POST',
    path: '/deals/{dealId}/plan/accept',
    tag: 'Plan',
    summary: 'Take a proposed step into the deal: it keeps its day, and the plan is made around it',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      id: Id.optional(),
      step: StepId,
      on: Day.optional().meta({ description: 'Absent: the day of the plan' }),
      owner: Line.optional().meta({ description: 'Absent: who of ours goes by the plan' }),
      time: Time.optional(),
      minutes: z.int().min(5).max(1440).optional(),
      where: Line.optional(),
      what: Line.optional(),
      style: Style.optional(),
    }),
    output: factShape('planStep'),
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  outcome: route({
    method: 'POST',
    path: '/deals/{dealId}/outcomes',
    tag: 'Plan',
    summary: 'Say how a step went: touch, promises of both sides and the next date, in one call',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      planStepId: Id.optional().meta({ description: 'The step it was; it becomes done, or stays open when postponed' }),
      play: MethodId.optional().meta({ description: 'Where it was no step of the deal' }),
      what: Line.optional(),
      with: z.array(Id).max(50).optional().meta({ description: 'Who came; absent: who was to come' }),
      on: Day.optional().meta({ description: 'Absent: today' }),
      outcome: z.enum(OUTCOMES),
      note: Words.optional(),
      promises: z.array(Promised).max(20).default([]),
      kept: z.array(Id).max(50).default([]).meta({ description: 'Commitments that were kept on this day' }),
      next: z
        .strictObject({
          on: Day,
          time: Time.optional(),
          minutes: z.int().min(5).max(1440).optional(),
          where: Line.optional(),
          play: MethodId.optional(),
          what: Line.optional(),
          with: z.array(Id).max(50).optional(),
        })
        .optional()
        .meta({ description: 'The next date that was agreed; of a postponed step, its new day' }),
    }),
    output: z.strictObject({
      changeSet: Id,
      touch: factShape('touch').optional(),
      planStep: factShape('planStep').optional(),
      next: factShape('planStep').optional(),
      commitments: z.array(factShape('commitment')),
    }),
    status: 201,
    idempotent: true,
    errors: ['conflict'],
  }),
  promises: route({
    method: 'GET',
    path: '/deals/{dealId}/promises',
    tag: 'Plan',
    summary: 'Read what was promised both ways and where it stands, with the trust of each person and what moved it',
    permission: 'deals:read',
    params: one,
    query: z.strictObject({ asOf: Day.optional() }),
    output: z.strictObject({
      on: Day,
      promises: z.array(LedgerLine),
      trust: z.array(
        z.strictObject({
          personId: Id,
          name: z.string(),
          trust: z.number().meta({ description: '0..1, as it is today' }),
          moves: z.array(
            z.strictObject({
              on: Day,
              kind: z.enum(['met', 'cold', 'kept', 'late', 'broken', 'overdue', 'faded']),
              what: Text,
              from: z.number(),
              to: z.number(),
            }),
          ),
        }),
      ),
    }),
    versioned: true,
  }),
}
