import { z } from 'zod'
import { Day, P, Quantiles } from '../core/shapes.ts'
import { FeatureId, Text } from '../methodology/schema.ts'

const EstimateView = z.strictObject({ value: P, on: Day.nullable(), by: z.string().nullable() }).nullable()
export const Outlook = z.strictObject({
  when: Quantiles.nullable(),
  whether: z
    .strictObject({
      value: P,
      low: P,
      high: P,
      source: z.enum(['prior', 'fitted']),
      contributions: z.array(
        z.strictObject({
          feature: FeatureId,
          name: Text,
          value: z.number(),
          coefficient: z.number(),
          contribution: z.number(),
          known: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** Three numbers side by side, none written over another. `model` is P(win | decision). */
  seller: EstimateView,
  manager: EstimateView,
  /** At the day on which 90 % are decided (or ended): sums to 1 with `open` spread by the same odds. */
  horizon: z.strictObject({ on: Day, won: P, lost: P, noDecision: P }).nullable(),
})
export type Outlook = z.infer<typeof Outlook>
