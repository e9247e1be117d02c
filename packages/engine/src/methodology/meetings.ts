import { z } from 'zod'
import { ConcernId } from './phases.ts'
import { Id, Text } from './words.ts'

/** The parts of a meeting page, in the order in which it is read. */
export const MEETING_SECTIONS = [
  'purpose',
  'people',
  'history',
  'promises',
  'rivals',
  'numbers',
  'points',
  'shortcoming',
  'proof',
  'ask',
  'answers',
  'takeBack',
  'after',
] as const
export type MeetingSection = (typeof MEETING_SECTIONS)[number]

/** Sentences of the page, each with places like `{person}`. */
export const MEETING_SAYS = [
  'theirAim',
  'entry',
  'entryUnknown',
  'way',
  'neverMet',
  'rivalMet',
  'rivalLast',
  'pointPain',
  'pointKept',
  'pointRisk',
  'missBroken',
  'missOverdue',
  'missLate',
  'missAsked',
  'missTopic',
  'missNone',
  'missUnknown',
  'repairPromise',
  'repairLate',
  'repairProof',
  'proofReady',
  'proofNotReady',
  'proofLate',
  'proofNone',
  'proofUnknown',
  'keptShown',
  'keptAgreed',
  'proofAgain',
  'answerPresented',
  'answerPrepared',
  'answerPreparing',
  'answerMissing',
  'askWhyYou',
  'answerWhyYouPlain',
  'answerWhyYouUnknown',
  'askLowest',
  'answerLowest',
  'bringKept',
  'bringRepair',
  'tell',
  'record',
  'usAsked',
  'noPromises',
  'noRivals',
  'rivalsUnknown',
  'noNumbers',
  'nothingSaid',
  'nothingMissed',
  'nothingKept',
  'cares',
  'caresAsked',
  'agenda',
  'pressures',
  'business',
  'noPlay',
  'goes',
  'goesNobody',
  'goesParity',
  'them',
  'us2them',
  'due',
  'stateOverdue',
  'stateKept',
  'stateLate',
  'stateBroken',
  'said',
  'kept',
  'missed',
  'brings',
  'why',
  'aim',
  'manner',
  'stop',
  'trust',
  'lastMet',
  'notMet',
  'holdGiven',
  'holdAsked',
  'holdBroken',
  'asked',
] as const
export type MeetingSays = (typeof MEETING_SAYS)[number]

/** What the method says for a meeting: what it is to bring about, how to answer, how long to stay. */
export const MeetingsFile = z.strictObject({
  /** What is to be different afterwards, by play; a play without one is known by its objective. */
  aims: z.array(z.strictObject({ play: Id, text: Text })),
  /** What to say to a question of the customer, and what never. */
  answers: z.array(z.strictObject({ topic: Id, say: Text, never: Text })),
  /** How to be with somebody who stands so high. */
  manners: z
    .array(
      z.strictObject({
        level: z.enum(['top', 'executive', 'working']),
        minutes: z.number().int().positive(),
        text: Text,
      }),
    )
    .length(3),
  /** What to speak of where nothing better is known, by concern. */
  speak: z.array(z.strictObject({ concern: ConcernId, text: Text })).length(4),
  sections: z.array(z.strictObject({ id: z.enum(MEETING_SECTIONS), name: Text })).length(MEETING_SECTIONS.length),
  says: z.record(z.enum(MEETING_SAYS), Text),
})
export type MeetingsFile = z.infer<typeof MeetingsFile>
