import { KIND_NAMES } from '@sente/api'
import type { DealWhole, KindName } from '@sente/api'

/** Plans, milestones and expectations have days to come: they were known before they happened. */
const AHEAD: ReadonlySet<KindName> = new Set(['processStep', 'planStep', 'commitment', 'proof', 'stakeholder', 'rival'])

/** What of a deal could be known at the end of a day, so that lists say what the brief of that day says. */
export function wholeAsOf(whole: DealWhole, asOf: string): DealWhole {
  const known = (
    kind: KindName,
    { on, recordedOn, promisedOn }: { on?: string; recordedOn?: string; promisedOn?: string },
  ): boolean => (recordedOn ?? '') <= asOf && (promisedOn ?? '') <= asOf && (AHEAD.has(kind) || (on ?? '') <= asOf)
  return {
    ...whole,
    ...Object.fromEntries(
      KIND_NAMES.flatMap((kind) =>
        whole[kind] ? [[kind, (whole[kind] as object[]).filter((fact) => known(kind, fact))]] : [],
      ),
    ),
  } as DealWhole
}
