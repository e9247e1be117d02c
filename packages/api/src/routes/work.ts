import { Text } from '@sente/engine'
import { z } from 'zod'
import { Page, pageOf } from '../records/records.ts'
import { Day, Id, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

export const work = {
  today: route({
    method: 'GET',
    path: '/today',
    tag: 'Work',
    summary: 'Read your moves that are due, new findings, homework and the meetings of the week',
    permission: 'deals:read',
    query: z.strictObject({ on: Day.optional() }),
    output: z.strictObject({
      on: Day,
      moves: z.array(
        z.strictObject({
          dealId: Id,
          deal: z.string(),
          account: z.string().optional(),
          planStepId: Id.optional(),
          play: z.string().optional(),
          what: z.string().optional(),
          with: z.array(z.strictObject({ id: Id, name: z.string() })),
          due: Day,
          kind: z.enum(['planned', 'start-by', 'commitment']),
          topic: z.string().optional(),
          proof: z.string().optional(),
          late: z.boolean(),
          daysLate: z.int().optional(),
        }),
      ),
      findings: z.array(
        z.strictObject({
          dealId: Id,
          deal: z.string(),
          account: z.string().optional(),
          rule: z.string(),
          severity: z.string(),
          name: z.strictObject({ en: z.string(), zh: z.string() }),
          message: z.strictObject({ en: z.string(), zh: z.string() }),
          since: Day.optional(),
          isNew: z.boolean(),
        }),
      ),
      homework: z.array(
        z.strictObject({
          dealId: Id,
          deal: z.string(),
          fact: z.string(),
          field: z.string(),
          question: z.strictObject({ en: z.string(), zh: z.string() }),
          weight: z.number(),
        }),
      ),
      meetings: z.array(
        z.strictObject({
          dealId: Id,
          deal: z.string(),
          account: z.string().optional(),
          planStepId: Id,
          on: Day,
          play: z.string().optional(),
          what: z.string().optional(),
          people: z.array(z.strictObject({ id: Id, name: z.string(), title: z.string().optional() })),
        }),
      ),
    }),
  }),
  agenda: route({
    method: 'GET',
    path: '/agenda',
    tag: 'Work',
    summary:
      'Read whom to see or call today, through whom, by when and with what in hand: at most seven lines over all deals',
    permission: 'deals:read',
    query: z.strictObject({
      whose: z.enum(['own', 'all']).default('own').meta({ description: 'Your own deals, or all that you may see' }),
      memberId: Id.optional().meta({ description: 'Of all that you may see those of this member' }),
      teamId: Id.optional().meta({ description: 'Of all that you may see those of the members of this team' }),
    }),
    output: z.strictObject({
      on: Day,
      looked: z.strictObject({ deals: z.int(), plans: z.int() }).meta({
        description:
          'Open deals that were looked through for what is fixed and promised, at most 500, and of how many the plan was read; the most endangered first',
      }),
      lines: z
        .array(
          z.strictObject({
            kind: z.enum(['outcome', 'see', 'promise', 'decide']).meta({
              description:
                'A step whose day has passed and of which nobody said how it went; somebody to see on a fixed day; a promise of ours; a proposed step that must be begun',
            }),
            dealId: Id,
            deal: z.string(),
            account: z.string().optional(),
            owner: z.string().optional().meta({ description: 'Whose deal it is, where all are asked for' }),
            planStepId: Id.optional(),
            step: z.string().optional().meta({ description: 'Of a proposed step: its name in the plan, to accept it' }),
            commitmentId: Id.optional(),
            play: z.string().optional(),
            what: z.string().optional(),
            with: z.array(z.strictObject({ id: Id, name: z.string(), title: z.string().optional() })),
            through: z.string().optional(),
            ours: z.string().optional(),
            on: Day,
            start: Day.optional(),
            bring: Text.optional(),
            papers: z.array(z.strictObject({ name: Text, startBy: Day })),
            why: Text.optional(),
          }),
        )
        .max(7),
      question: z
        .strictObject({ dealId: Id, deal: z.string(), to: z.string().optional(), text: Text, changes: Text })
        .optional(),
    }),
  }),
  search: route({
    method: 'GET',
    path: '/search',
    tag: 'Work',
    summary: 'Search names, notes, touches and evidence in Chinese and English',
    permission: 'deals:read',
    query: z.strictObject({
      q: z.string().min(1).max(200),
      kind: z.enum(['account', 'person', 'deal', 'note', 'touch', 'evidence']).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          kind: z.string(),
          id: Id,
          dealId: Id.optional(),
          accountId: Id.optional(),
          of: z.string().optional(),
          on: Day.optional(),
          title: z.string(),
          excerpt: z.string().optional(),
          marks: z.array(z.array(z.int()).length(2)),
        }),
      ),
    }),
  }),
  undo: route({
    method: 'POST',
    path: '/changes/{changeSet}/undo',
    tag: 'Work',
    summary: 'Undo all changes of one request, if nothing of it was changed since',
    permission: 'deals:write',
    params: z.strictObject({ changeSet: Id }),
    output: z.strictObject({ undone: z.int(), changeSet: Id }),
    errors: ['conflict'],
  }),
  audit: route({
    method: 'GET',
    path: '/audit',
    tag: 'Work',
    summary: 'Read the audit trail of the workspace',
    permission: 'audit:read',
    query: z.strictObject({
      actorId: Id.optional(),
      kind: z.string().optional(),
      recordId: Id.optional(),
      from: Moment.optional(),
      to: Moment.optional(),
      ...Page,
    }),
    output: pageOf(
      z.strictObject({
        id: Id,
        changeSet: Id,
        at: Moment,
        actorId: Id.optional(),
        actor: z.string().optional(),
        via: z.string(),
        kind: z.string(),
        recordId: Id,
        dealId: Id.optional(),
        action: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
      }),
    ),
    errors: ['bad-cursor'],
  }),
  events: route({
    method: 'GET',
    path: '/events',
    tag: 'Work',
    summary: 'Follow changes as they happen (server-sent events)',
    permission: 'deals:read',
    query: z.strictObject({ dealId: Id.optional() }),
    produces: 'text/event-stream',
  }),
  methodology: route({
    method: 'GET',
    path: '/methodology',
    tag: 'Work',
    summary: 'Read the methodology in force',
    permission: 'signed-in',
    output: z.strictObject({ id: z.string(), version: z.string(), files: z.record(z.string(), z.unknown()) }),
  }),
}
