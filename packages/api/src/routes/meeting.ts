import { MeetingPage } from '@sente/engine'
import { z } from 'zod'
import { Language } from '../records/members.ts'
import { csv, Day, Id, MethodId } from '../records/shapes.ts'
import { route } from '../route.ts'

const one = z.strictObject({ dealId: Id })
/** Which meeting of a deal. */
const Meeting = {
  with: csv(Id)
    .unwrap()
    .meta({ description: 'Ids of the people who are met, the one it is for first, with commas between them' }),
  on: Day.optional().meta({ description: 'The day of the meeting; default: as planned with them' }),
  play: MethodId.optional().meta({ description: 'The play; default: as planned with them' }),
  planStepId: Id.optional().meta({
    description: 'The step of the deal that it is: what is not said otherwise is taken from it',
  }),
  asOf: Day.optional(),
}

/** The page before a meeting, as data and as a file. */
export const meetingRoutes = {
  meeting: route({
    method: 'GET',
    path: '/deals/{dealId}/meeting',
    tag: 'Deals',
    summary: 'Read the one page for a meeting: aim, people, promises, three points, one proof, one ask, answers',
    permission: 'deals:read',
    params: one,
    query: z.strictObject(Meeting),
    output: MeetingPage.extend({
      personIds: z.record(z.string(), Id),
      planStep: z
        .strictObject({ id: Id, status: z.enum(['open', 'done', 'dropped', 'skipped', 'held']) })
        .optional()
        .meta({ description: 'The step of the deal that it is; absent: it is none' }),
    }).meta({
      description:
        'The engine’s `meetingPage`; people are named by their keys in the deal, and `personIds` has their ids',
    }),
    versioned: true,
  }),
  meetingDocx: route({
    method: 'GET',
    path: '/deals/{dealId}/meeting/docx',
    tag: 'Deals',
    summary: 'Download the page for a meeting as a Word document',
    permission: 'deals:read',
    params: one,
    query: z.strictObject({ ...Meeting, language: Language.optional().meta({ description: 'Default: yours' }) }),
    produces: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }),
}
