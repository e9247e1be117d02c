import { z } from 'zod'
import type { PlainDate } from '../core/dates.ts'
import { Day } from '../core/shapes.ts'
import { Text } from '../methodology/schema.ts'
import { silenceOn } from './tender.ts'
import type { TenderGuard } from './tender.ts'

/** Under which rules the customer buys, and whether it is silent today. */
export const TenderView = z.strictObject({
  /** A regime of `tender.json`. */
  regime: z.string(),
  name: Text,
  law: z.boolean(),
  /** The silence of today, and the sign it rests on; `to` null: nobody knows its end. */
  silence: z.strictObject({ from: Day, to: Day.nullable(), sign: Text }).nullable(),
  /** The next one that is told. */
  ahead: z.strictObject({ from: Day, to: Day.nullable() }).nullable(),
  says: Text,
  sources: z.array(Text),
  overruled: z.strictObject({ reason: z.string(), by: z.string().nullable(), on: Day }).nullable(),
})
export type TenderView = z.infer<typeof TenderView>

export function tenderView(guard: TenderGuard, asOf: PlainDate): TenderView {
  const now = silenceOn(guard, asOf)
  const next = guard.windows.find(({ from }) => from > asOf)
  const { regime, overruled } = guard
  return {
    regime: regime.id,
    name: regime.name,
    law: regime.law,
    silence: now && { from: now.from, to: now.to, sign: now.sign },
    ahead: next ? { from: next.from, to: next.to } : null,
    says: regime.says,
    sources: regime.sources,
    overruled: overruled && { reason: overruled.reason, by: overruled.by ?? null, on: overruled.on },
  }
}
