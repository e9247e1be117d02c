import { z } from 'zod'
import { P } from '../core/shapes.ts'
import { Severity, Text } from '../methodology/schema.ts'

export const FactValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type FactValue = z.infer<typeof FactValue>
export const Finding = z.strictObject({
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
