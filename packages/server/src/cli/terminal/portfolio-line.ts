import type { Brief } from '@sente/engine'

/** What the list shows of a deal; the brief's own words and figures. */
export interface Line {
  source: string
  name: string
  account: string | null
  amount: Brief['deal']['amount']
  /** Null: nothing was heard of the customer, so that no phase is known. */
  phase: Brief['position']['leading'] | null
  probability: number | null
  stalled: number | null
  lead: Pick<Brief['lead'], 'state' | 'days' | 'concern'>
  cover: number | null
  blocks: number
  dangers: number
  warnings: number
  worst: Brief['findings'][number]['name'] | null
  homework: number
  decision: string | null
  model: number | null
  seller: number | null
  /** The end the CRM expects and its next step. */
  crmCloseOn: string | null
  crmNextStep: string | null
}
