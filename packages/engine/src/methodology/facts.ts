import { z } from 'zod'
import { SignalCount } from './signals.ts'
import { Id, Text } from './words.ts'

export const FACT_TYPES = ['bool', 'int', 'number', 'share', 'percent', 'enum', 'list'] as const
export const FactDefinition = z.strictObject({
  id: Id,
  type: z.enum(FACT_TYPES),
  /** How a value is written in a message: a phase index as the phase's name, 999 days as "never", … */
  format: z.enum([
    'plain',
    'phase',
    'step',
    'concern',
    'days',
    'share',
    'percent',
    'hours',
    'yes-no',
    'topics',
    'plays',
  ]),
  values: z.array(z.string()).optional(),
  name: Text,
  definition: Text,
  /** It is the number of pieces of evidence of such signals, of the last `days` days or ever. Facts without it have a function. */
  counts: SignalCount.optional(),
  /** It is how things are, not something we can bring about: a play it rules out is not offered. */
  circumstance: z.literal(true).optional(),
  /** It moves by itself, as days pass and estimates waver: that alone does not answer a finding. */
  volatile: z.literal(true).optional(),
  /** The question to ask when it is unknown, and the field of the deal file that answers it. Null: the engine always knows it. */
  homework: z
    .strictObject({
      question: Text,
      /** Whom it asks about: the customer (asked of a deal), our company (asked once), or our own work (never asked). */
      of: z.enum(['customer', 'ours', 'us']),
      /** What it tells where nothing is known, beside what its rules are worth. */
      tells: z.number().min(0).optional(),
      /** It can only be asked after the award: not knowing it before is no gap. */
      after: z.literal(true).optional(),
      field: z.string().min(1),
    })
    .nullable(),
})
export type FactDefinition = z.infer<typeof FactDefinition>
export const FactsFile = z.strictObject({ facts: z.array(FactDefinition).min(1) })
