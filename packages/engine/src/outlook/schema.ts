import { z } from 'zod'
import { Day, P, Quantiles } from '../core/shapes.ts'
import { FeatureId, Subject, Text } from '../methodology/schema.ts'

const EstimateView = z.strictObject({ value: P, on: Day.nullable(), by: z.string().nullable() }).nullable()
export const Outlook = z.strictObject({
  /** Null: closed, or nothing was heard of the customer from which a day would follow. */
  when: Quantiles.nullable(),
  /** P(won): decided in time and for us; silence and stalling included. Null once closed. */
  whether: z
    .strictObject({
      value: P,
      /** 80 % interval; its width hangs on how much is known, not on what. */
      low: P,
      high: P,
      source: z.enum(['prior', 'fitted']),
      /** The share won of a deal of which nothing is known, and how many closed deals of the workspace say so; 0: an estimate. */
      base: z.strictObject({ won: P, deals: z.number().int() }),
      /** Strongest first. */
      contributions: z.array(
        z.strictObject({
          feature: FeatureId,
          name: Text,
          subject: Subject,
          /** 0..1; days for `silence`. */
          value: z.number(),
          coefficient: z.number(),
          /** Log-odds of winning with it minus without it. */
          contribution: z.number(),
          /** False: nothing says a value, and 0 stands for not knowing. */
          known: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** Three numbers side by side, none written over another. */
  seller: EstimateView,
  manager: EstimateView,
  /** The three ends by the day on which 90 % of the forecast's futures have ended: they sum to 1, `won` is `whether.value`. */
  horizon: z.strictObject({ on: Day, won: P, lost: P, noDecision: P }).nullable(),
})
export type Outlook = z.infer<typeof Outlook>
