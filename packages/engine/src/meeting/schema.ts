import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { ConcernId, Text } from '../methodology/schema.ts'

const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  roles: z.array(z.string()),
  level: z.enum(['top', 'executive', 'working']),
  rung: z.string(),
  trust: P,
  stance: z.number().nullable(),
  hold: z.enum(['none', 'asked', 'given', 'broken']).nullable(),
  lastTouch: Day.nullable(),
  agenda: z.string().nullable(),
  pressures: z.string().nullable(),
  businessModel: z.string().nullable(),
  /** Of the four concerns the strongest today, with how much of what this person asks of it is answered. */
  cares: z.strictObject({ concern: ConcernId, demand: P, readiness: P }),
  /** The last question that this person asked aloud and that nothing was shown for. */
  asked: z.strictObject({ topic: z.string(), on: Day }).nullable(),
})
export type MeetingPerson = z.infer<typeof Person>

const Promised = z.strictObject({
  by: z.enum(['us', 'them']),
  /** The person at the customer: to whom ours was given, who gave theirs. */
  person: z.string().nullable(),
  what: z.string(),
  due: Day.nullable(),
  state: z.enum(['open', 'overdue', 'kept', 'late', 'broken']),
  /** The day it was kept or broken. */
  settled: Day.nullable(),
})
export type MeetingPromise = z.infer<typeof Promised>

/**
 * One page for one meeting. Words of the method come in both languages; what somebody wrote is the same in both. People are named by
 * their ids in the deal.
 */
export const MeetingPage = z.strictObject({
  asOf: Day,
  /** The day of the meeting. */
  on: Day,
  deal: z.string(),
  account: z.string().nullable(),
  play: z.string().nullable(),
  /** What the meeting is called. */
  name: Text,
  /** Who of ours goes, by name; null: nobody is named. */
  ours: z.string().nullable(),
  /** The play asks for an executive of ours and nobody is named. */
  parityMissing: z.boolean(),
  /** Why the law forbids it on that day; nothing is to be asked then. */
  forbidden: Text.nullable(),
  purpose: z.array(Text),
  aim: Text,
  manner: z.strictObject({ minutes: z.number().int(), text: Text }),
  /** Names of everybody of the customer that the page names, by id. */
  names: z.record(z.string(), z.string()),
  /** The one it is for first. */
  people: z.array(Person),
  /** The way in and the first contact, then what happened with these people, newest first. */
  history: z.strictObject({
    entry: z.array(Text),
    events: z.array(z.strictObject({ on: Day, text: Text, quote: z.string().nullable() })),
  }),
  /** What is not kept first, then by day. */
  promises: z.array(Promised),
  /** Null: nobody wrote down whom rivals met. */
  rivals: z
    .array(
      z.strictObject({
        rival: z.string(),
        person: z.string(),
        on: Day,
        /** Nobody of ours met this person since. */
        after: z.boolean(),
        /** How we differ from them, as the deal says. */
        differs: z.string().nullable(),
      }),
    )
    .nullable(),
  /** Numbers of theirs, in their words; `about`: the goal it is for; `pain`: what it costs them today. */
  numbers: z.array(
    z.strictObject({
      text: z.string(),
      about: z.string().nullable(),
      from: z.string().nullable(),
      pain: z.boolean(),
      on: Day,
    }),
  ),
  points: z
    .array(z.strictObject({ kind: z.enum(['ucv', 'answer', 'pain', 'risk', 'kept', 'missed', 'speak']), text: Text }))
    .max(3),
  shortcoming: z.strictObject({
    kind: z.enum(['broken', 'overdue', 'asked', 'late', 'topic', 'none', 'unknown']),
    text: Text,
    repair: Text.nullable(),
    by: Day.nullable(),
  }),
  /** `in-time`: it can be made by the day of the meeting; `again`: it was shown and is not agreed yet. Null: see `proofSays`. */
  proof: z
    .strictObject({
      topic: z.string(),
      proof: z.string(),
      name: Text,
      for: z.string(),
      state: z.enum(['ready', 'in-time', 'again', 'too-late']),
      /** The last day to begin it. */
      begin: Day.nullable(),
      /** The day on which it can lie there, where it does not yet; `too-late`: after the meeting, and nothing else is ready sooner than that meeting. */
      ready: Day.nullable(),
      shown: Day.nullable(),
    })
    .nullable(),
  /** Why there is none. */
  proofSays: Text.nullable(),
  /** Null where the law forbids the meeting. */
  ask: Text.nullable(),
  answers: z.array(
    z.strictObject({
      /** A topic of the method; `rival` and `price` are asked of everybody. */
      topic: z.string(),
      question: Text,
      asked: Day.nullable(),
      answer: Text,
      never: Text.nullable(),
    }),
  ),
  /** Where the play is to win trust back: what they said, what we kept, what we missed, what we bring. */
  takeBack: z
    .strictObject({
      said: z.array(Text),
      kept: z.array(Text),
      missed: z.array(Text),
      bring: z.array(Text),
    })
    .nullable(),
  after: z.array(Text),
})
export type MeetingPage = z.infer<typeof MeetingPage>

/** Which meeting: who is there, the one it is for first; what is absent is taken from what is planned with them. */
export interface MeetingRequest {
  /** Ids of the deal's people. */
  with: readonly string[]
  on?: string
  play?: string
  what?: string
  /** Who of ours goes, as the file names him. */
  ours?: string
}
