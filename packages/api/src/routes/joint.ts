import { z } from 'zod'
import { Text } from '@sente/engine'
import { Language } from '../records/members.ts'
import { factShape } from '../records/records.ts'
import { Day, Id, Line, MethodId, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

const one = z.strictObject({ dealId: Id })
const oneOf = z.strictObject({ dealId: Id, id: Id })
const Told = z.enum(['published', 'contract', 'executive', 'project-leader', 'coach', 'guess'])

export const JointLink = z.strictObject({
  id: Id,
  title: z.string(),
  intro: z.string().optional(),
  language: Language.meta({ description: 'In which the page opens; whoever reads it may change that' }),
  forWhom: z.string().optional(),
  personId: Id.optional(),
  state: z.enum(['open', 'expired', 'revoked']),
  expiresAt: Moment,
  createdAt: Moment,
  createdBy: Id.optional(),
  visits: z
    .array(
      z.strictObject({
        at: Moment.meta({ description: 'Begin of the hour' }),
        opened: z.int(),
        said: z.int(),
        authors: z.array(z.string()).meta({ description: 'As they signed' }),
      }),
    )
    .meta({ description: 'Who opened it and said something, by the hour; the newest first, at most 50' }),
})
export type JointLink = z.infer<typeof JointLink>

/** What may be put on the joint plan: planned steps with people of the customer, and dates that they told. */
const Candidate = z.strictObject({
  what: Text.meta({ description: 'Words for the customer: nothing that we call it among ourselves' }),
  whose: z.enum(['ours', 'theirs', 'both']),
  on: Day.optional(),
  owner: z.string().optional(),
  step: MethodId.optional(),
  planStepId: Id.optional(),
})

const Header = {
  title: z.string().trim().min(1).max(200),
  intro: z.string().trim().min(1).max(2000).optional(),
  language: Language,
}

export const joint = {
  get: route({
    method: 'GET',
    path: '/deals/{dealId}/joint',
    tag: 'Joint plan',
    summary:
      'Read the joint plan with the customer: its steps, what they said, its links, and what else could be on it',
    permission: 'deals:read',
    params: one,
    output: z.strictObject({
      items: z.array(factShape('jointItem')),
      suggestions: z.array(factShape('jointSuggestion').extend({ toldBy: Told.optional() })).meta({
        description: 'The newest first; `toldBy` is whose word it would count as',
      }),
      links: z.array(JointLink),
      candidates: z.array(Candidate),
    }),
  }),
  preview: route({
    method: 'GET',
    path: '/deals/{dealId}/joint/preview',
    tag: 'Joint plan',
    summary: 'See the page that a link would show, as the customer sees it',
    permission: 'deals:read',
    params: one,
    query: z.strictObject(Header),
    produces: 'text/html',
  }),
  link: route({
    method: 'POST',
    path: '/deals/{dealId}/joint/links',
    tag: 'Joint plan',
    summary: 'Make a link under which somebody of the customer sees the joint plan; its address is shown once',
    permission: 'deals:write',
    params: one,
    body: z.strictObject({
      ...Header,
      forWhom: Line.optional(),
      personId: Id.optional().meta({ description: 'Who gets it, of the people of the deal' }),
      days: z.int().min(1).max(365).default(60).meta({ description: 'So long it holds' }),
    }),
    output: z.strictObject({ url: z.string(), link: JointLink }),
    errors: ['conflict'],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/deals/{dealId}/joint/links/{id}',
    tag: 'Joint plan',
    summary: 'End a link for good',
    permission: 'deals:write',
    params: oneOf,
  }),
  decide: route({
    method: 'POST',
    path: '/deals/{dealId}/joint/suggestions/{id}/decide',
    tag: 'Joint plan',
    summary:
      'Accept what the customer said, or not: a day that is accepted moves the step, and is told by them where the step is one of their process',
    permission: 'deals:write',
    params: oneOf,
    body: z.strictObject({
      accept: z.boolean(),
      toldBy: Told.optional().meta({ description: 'Whose word it is; absent: by the role of who got the link' }),
    }),
    output: z.strictObject({
      changeSet: Id,
      suggestion: factShape('jointSuggestion'),
      item: factShape('jointItem').optional(),
      told: factShape('processStep').optional(),
      planStep: factShape('planStep').optional(),
      note: factShape('note').optional(),
    }),
    errors: ['conflict'],
  }),
}
