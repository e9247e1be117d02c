import { z } from 'zod'
import { ConcernId, PhaseId } from '../methodology/schema.ts'

// The shapes that all results are made of.

/** A day, `YYYY-MM-DD`. */
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** A probability or a share. */
export const P = z.number().min(0).max(1)
/** Days that are reached with 10, 50 and 90 %; null: not within the horizon. */
export const Quantiles = z.strictObject({ p10: Day.nullable(), p50: Day.nullable(), p90: Day.nullable() })
export const perPhase = <T extends z.ZodType>(value: T) => z.record(PhaseId, value)
export const perConcern = <T extends z.ZodType>(value: T) => z.record(ConcernId, value)
export const Band = z.strictObject({ value: P, low: P, high: P })
export type Band = z.infer<typeof Band>
