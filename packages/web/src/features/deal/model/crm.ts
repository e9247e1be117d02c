import type { DealWhole } from '@sente/api'
import type { Fact } from './fact.ts'

export interface CrmSays {
  /** The stage in the CRM's own words, and since when it stands there. */
  stage: string
  on: string
  /** The seller's newest estimate of winning, 0 to 1, where one is said: the CRM's probability comes in as that. */
  probability?: number
}

const newest = <T extends { id: string }>(list: readonly T[], dayOf: (one: T) => string): T | undefined =>
  [...list].sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || (a.id < b.id ? 1 : -1))[0]

/** What the CRM says of a deal: its newest stage that has a name there. Undefined where no list brought one. */
export function crmSays({
  stageClaim = [],
  estimate = [],
}: Pick<DealWhole, 'stageClaim' | 'estimate'>): CrmSays | undefined {
  const named = stageClaim.filter(({ label }) => label !== undefined)
  const claim = newest(named, ({ on }) => on)
  if (claim?.label === undefined) return undefined
  const said = newest<Fact<'estimate'>>(
    estimate.filter(({ side }) => side === 'seller'),
    ({ on, recordedOn }) => on ?? recordedOn ?? '',
  )
  return { stage: claim.label, on: claim.on, ...(said ? { probability: said.value } : {}) }
}
