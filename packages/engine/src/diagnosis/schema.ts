import { z } from 'zod'
import { Day, P } from '../core/shapes.ts'
import { Severity, Text } from '../methodology/schema.ts'

export const FactValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type FactValue = z.infer<typeof FactValue>
export const Finding = z.strictObject({
  /** What answers it, an act of the method: there is one finding an act. */
  act: z.string(),
  /** The act in the imperative. */
  todo: Text,
  /** People of the customer it is about. */
  with: z.array(z.string()),
  /** The day by which, where an event sets it. */
  by: Day.nullable(),
  /** Else the days within which. */
  within: z.number(),
  /** The weightiest rule behind it; name, message, claim and what else is said are that rule's. */
  rule: z.string(),
  severity: Severity,
  name: Text,
  /** With its numbers filled in. */
  message: Text,
  claim: Text,
  speaker: Text,
  about: z.string(),
  /** 0..1, what is at stake; ranks findings of one severity. */
  stake: P,
  facts: z.array(z.strictObject({ fact: z.string(), name: Text, value: FactValue })),
  plays: z.array(z.string()),
  /** All rules that ask for the act, the weightiest first. */
  reasons: z.array(z.strictObject({ rule: z.string(), severity: Severity, name: Text, message: Text })),
  /** Its condition is no longer met, but only because an estimate or a window of days moved: it clears in at most 14 days. */
  lingers: z.boolean(),
})
export type Finding = z.infer<typeof Finding>
export const Homework = z.strictObject({
  fact: z.string(),
  question: Text,
  /** Where the answer goes in the deal file. */
  field: z.string(),
  /** Sum over the rules it could decide, weighted by severity. */
  weight: z.number(),
  rules: z.array(z.string()),
})
export type Homework = z.infer<typeof Homework>
