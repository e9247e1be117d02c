import type { DealWhole } from '@sente/api'
import type { Fact } from './fact.ts'

export interface CrmSays {
  /** The stage in the CRM's own words, and since when it stands there. */
  stage?: string
  on?: string
  /** The seller's newest estimate of winning, 0 to 1, where one is said: the CRM's probability comes in as that. */
  probability?: number
  /** When it expects the end, and its next step; of a deal that is open. */
  closeOn?: string
  nextStep?: string
}

const newest = <T extends { id: string }>(list: readonly T[], dayOf: (one: T) => string): T | undefined =>
  [...list].sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || (a.id < b.id ? 1 : -1))[0]

/** What the CRM says of a deal: its newest stage that has a name there, the end it expects, its next step. Undefined where no list brought any. */
export function crmSays({
  deal: { status, crmCloseOn, crmNextStep },
  stageClaim = [],
  estimate = [],
}: { deal: Pick<DealWhole['deal'], 'status' | 'crmCloseOn' | 'crmNextStep'> } & Pick<
  DealWhole,
  'stageClaim' | 'estimate'
>): CrmSays | undefined {
  const open = (status ?? 'open') === 'open'
  const expected = {
    ...(open && crmCloseOn !== undefined && { closeOn: crmCloseOn }),
    ...(open && crmNextStep !== undefined && { nextStep: crmNextStep }),
  }
  const named = stageClaim.filter(({ label }) => label !== undefined)
  const claim = newest(named, ({ on }) => on)
  if (claim?.label === undefined) return Object.keys(expected).length > 0 ? expected : undefined
  const said = newest<Fact<'estimate'>>(
    estimate.filter(({ side }) => side === 'seller'),
    ({ on, recordedOn }) => on ?? recordedOn ?? '',
  )
  return { stage: claim.label, on: claim.on, ...(said ? { probability: said.value } : {}), ...expected }
}
