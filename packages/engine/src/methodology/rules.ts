import { z } from 'zod'
import { Condition } from './conditions.ts'
import { CONCERNS } from './phases.ts'
import { Days, Id, Text } from './words.ts'

export const SEVERITIES = ['block', 'danger', 'warn', 'info'] as const
export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>

export const Rule = z.strictObject({
  id: Id,
  /** Short headline of the finding. */
  name: Text,
  type: z.enum(['diagnostic', 'gate', 'classification', 'advice']),
  severity: Severity,
  /** What is at stake; it ranks findings of the same severity. */
  about: z.enum([...CONCERNS, 'people', 'process', 'plan', 'conduct']),
  /** What must be done: an act of `acts`. Rules of one act make one finding. */
  act: Id,
  /** Days after which a warning that nothing has changed rests; absent: as its severity. */
  expires: Days.optional(),
  /** Days within which to act; absent: as its severity. */
  within: z.number().min(0).optional(),
  when: Condition,
  /** With `{fact}` places for numbers. */
  message: Text,
  recommend: z.array(Id),
  /** What it recommends must begin today. */
  atOnce: z.literal(true).optional(),
  /** The roundtable's claim, in our own words. */
  claim: Text,
  speaker: Text,
})
export type Rule = z.infer<typeof Rule>
/** Whom an act is about, looked up on the map. */
export const WHOM = ['top', 'deciders_unmet', 'rival_met', 'against', 'champion'] as const
export type Whom = (typeof WHOM)[number]
/** What answers rules: one thing somebody does. Named in the imperative, because it is what a finding asks for. */
export const Act = z.strictObject({ id: Id, name: Text, whom: z.enum(WHOM).optional() })
export type Act = z.infer<typeof Act>
export const RulesFile = z.strictObject({
  rules: z.array(Rule).min(1),
  acts: z.array(Act).min(1),
  /** Days by severity; a block never rests. */
  expires: z.strictObject({ danger: Days, warn: Days, info: Days }),
  within: z.record(Severity, z.number().min(0)),
})
