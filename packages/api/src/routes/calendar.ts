import { z } from 'zod'
import { Day, Id, Line, Moment } from '../records/shapes.ts'
import { route } from '../route.ts'

const Feed = {
  proposals: z.boolean().meta({ description: 'Steps that the plan proposes for you are in it as well, as tentative' }),
}
const FeedSeen = z.strictObject({ ...Feed, createdAt: Moment, readAt: Moment.optional() })

/** Days on which somebody cannot go to customers; both ends are among them. */
const Absence = z.strictObject({ from: Day, to: Day, why: Line.optional() })
const Says = z.strictObject({ en: z.string(), zh: z.string() })

export const calendar = {
  feed: route({
    method: 'GET',
    path: '/me/calendar',
    tag: 'Calendar',
    summary: 'See whether you have a calendar subscription, since when, and when a calendar last read it',
    permission: 'signed-in',
    output: z.strictObject({ feed: FeedSeen.optional() }),
  }),
  renew: route({
    method: 'POST',
    path: '/me/calendar',
    tag: 'Calendar',
    summary:
      'Make the secret address of your calendar subscription, or a new one; the address is shown once, and an earlier one ends',
    permission: 'signed-in',
    body: z.strictObject({ proposals: z.boolean().default(false) }),
    output: z.strictObject({
      url: z.string().meta({ description: 'Whoever knows it reads your steps: it is a secret' }),
      feed: FeedSeen,
    }),
  }),
  choose: route({
    method: 'PATCH',
    path: '/me/calendar',
    tag: 'Calendar',
    summary: 'Choose what is in your calendar subscription; its address stays',
    permission: 'signed-in',
    body: z.strictObject({ proposals: z.boolean().optional() }),
    output: z.strictObject({ feed: FeedSeen }),
    errors: ['not-found'],
  }),
  end: route({
    method: 'DELETE',
    path: '/me/calendar',
    tag: 'Calendar',
    summary: 'End your calendar subscription: its address is worth nothing from now on',
    permission: 'signed-in',
  }),
  read: route({
    method: 'GET',
    path: '/calendar/{feed}',
    tag: 'Calendar',
    summary: 'Read somebody’s steps as a calendar (iCalendar); for programs that subscribe to it',
    permission: 'public',
    bySecret: true,
    params: z.strictObject({
      feed: z
        .string()
        .regex(/^[\w-]{43}\.ics$/)
        .meta({ description: 'Secret of a subscription, as its address has it' }),
    }),
    produces: 'text/calendar',
    errors: ['not-found'],
  }),
  step: route({
    method: 'GET',
    path: '/deals/{dealId}/plan-steps/{id}/calendar',
    tag: 'Calendar',
    summary: 'Read one planned step as a calendar file (iCalendar), to add it to a calendar',
    permission: 'deals:read',
    params: z.strictObject({ dealId: Id, id: Id }),
    produces: 'text/calendar',
  }),
  absences: route({
    method: 'GET',
    path: '/me/absences',
    tag: 'Calendar',
    summary: 'Read the days on which you cannot go to customers, as the plans of all deals have them',
    permission: 'signed-in',
    output: z.strictObject({
      listed: z
        .boolean()
        .meta({ description: 'You are among those of ours who go to customers; otherwise no plan asks' }),
      absences: z.array(Absence),
    }),
  }),
  setAbsences: route({
    method: 'PUT',
    path: '/me/absences',
    tag: 'Calendar',
    summary: 'Say on which days you cannot go to customers; the list takes the place of the one before',
    permission: 'signed-in',
    body: z.strictObject({ absences: z.array(Absence).max(200) }),
    output: z.strictObject({ listed: z.boolean(), absences: z.array(Absence) }),
    errors: ['conflict'],
  }),
  readAbsences: route({
    method: 'POST',
    path: '/me/absences/read',
    tag: 'Calendar',
    summary: 'Find days away in a calendar file (iCalendar); nothing is kept, and what is doubtful says why',
    permission: 'signed-in',
    accepts: 'application/octet-stream',
    output: z.strictObject({
      found: z.array(
        z.strictObject({
          ...Absence.shape,
          sure: z
            .boolean()
            .meta({ description: 'False: `doubts` say why it may not be an absence, or not these days' }),
          doubts: z.array(Says),
        }),
      ),
      leftOut: z.int().meta({ description: 'Entries that are no absence, are over, or were cancelled' }),
      doubts: z.array(Says).meta({ description: 'Of the file as a whole' }),
    }),
    errors: ['too-large', 'unsupported-media', 'stalled'],
  }),
}
