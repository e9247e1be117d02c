import { replanner } from '@sente/engine'
import type { Brief, Deal, Methodology, PlainDate } from '@sente/engine'
import { useMemo } from 'react'

/** A replanner that starts from the first deal it is asked for; which one that is makes no difference to what it gives. */
function startingLate(methodology: Methodology, asOf: PlainDate): (deal: Deal) => Brief {
  let replan: ((deal: Deal) => Brief) | undefined
  return (deal) => {
    replan ??= replanner(deal, methodology, asOf)
    return replan(deal)
  }
}

/**
 * The brief of a deal on a day, kept up while its plan and proofs change: the position is computed once. A change of
 * anything else is computed from scratch, by the replanner itself. `known`: it is there already, nothing is computed.
 */
export function useBrief(deal: Deal, methodology: Methodology, asOf: PlainDate, known?: Brief): Brief {
  const replan = useMemo(() => startingLate(methodology, asOf), [methodology, asOf])
  return useMemo(() => known ?? replan(deal), [replan, deal, known])
}
