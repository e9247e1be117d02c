import { modelOf } from '../core/model.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { Deal } from './deal.ts'

/** A piece of evidence whose signal says two things at once or has another name by now: it still counts, but others say it better. */
export interface ReplacedSignal {
  /** Place in the deal's `evidence`, from 0. */
  index: number
  signal: string
  /** Ids of the signals to take instead, whichever was meant. */
  successors: readonly string[]
}

/** The evidence of a deal that uses signals for which the methodology names successors, in the order of the file. */
export function replacedSignals(deal: Deal, methodology: Methodology): ReplacedSignal[] {
  const { signals } = modelOf(methodology)
  return (deal.evidence ?? []).flatMap(({ signal }, index) => {
    const successors = signals.get(signal)?.replacedBy
    return successors ? [{ index, signal, successors }] : []
  })
}
