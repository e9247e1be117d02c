import { z } from 'zod'

export const PHASES = ['frame', 'need', 'define', 'evaluate', 'risk', 'commit', 'implement', 'realize'] as const
export const PhaseId = z.enum(PHASES)
/** The customer's phase, never ours. `frame..commit` lie before the decision. */
export type PhaseId = z.infer<typeof PhaseId>
/** Phases before the decision come first in `PHASES`. */
export const OPEN_PHASES = 6

export const CONCERNS = ['need', 'cost', 'solution', 'risk'] as const
export const ConcernId = z.enum(CONCERNS)
/** What people care about; the order is that of the curves, and of every array "per concern". */
export type ConcernId = z.infer<typeof ConcernId>
