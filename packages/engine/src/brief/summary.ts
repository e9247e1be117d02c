import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import { modelOf } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { chainOf } from '../position/chain.ts'
import { newScratch } from '../position/forecast.ts'
import type { Scratch } from '../position/forecast.ts'
import { stalledShare } from '../position/position.ts'
import { decisionDays } from './listing.ts'
import type { Brief } from './schema.ts'

/** The parts of a brief that lists and totals keep. */
export interface BriefSummary extends Pick<Brief, 'asOf' | 'lead' | 'findings' | 'homework'> {
  position: Pick<Brief['position'], 'known' | 'leading' | 'phases' | 'stalled' | 'progress'>
  people: Pick<Brief['people'], 'cover' | 'vacuum'>
  outlook: Pick<Brief['outlook'], 'when' | 'whether'>
}

/**
 * The win number as lists show it: null once closed, and where nothing is known that would tell the deal from any other; its number
 * is then the base rate and says nothing of it.
 */
export function judgedWin({
  position,
  outlook,
}: Pick<BriefSummary, 'outlook'> & { position: { known: boolean } }): number | null {
  const { whether } = outlook
  const judged = position.known || whether?.contributions.some(({ feature, known }) => feature !== 'silence' && known)
  return judged && whether ? whether.value : null
}

/** Memory that one summary after another uses. */
const memory = new WeakMap<Methodology, Scratch>()

/** What `brief` says of a deal on a day, word for word, without what only its page shows: a fraction of the work. */
export function summary(deal: Deal, methodology: Methodology, asOf: PlainDate): BriefSummary {
  let scratch = memory.get(methodology)
  if (!scratch) memory.set(methodology, (scratch = newScratch(chainOf(modelOf(methodology)).open)))
  const ground = groundOf(deal, methodology, asOf, scratch)
  const { lead, findings, homework, win } = assess(ground, deal)
  const { known, regime, now, shares, leading, progress, relations } = ground
  return {
    asOf,
    position: {
      known,
      leading,
      phases: Object.fromEntries(PHASES.map((phase, i) => [phase, shares[i]!])) as Brief['position']['phases'],
      stalled: stalledShare(regime, now),
      progress,
    },
    lead,
    people: { cover: relations.cover, vacuum: relations.vacuum },
    findings,
    homework,
    outlook: { when: decisionDays(ground), whether: win },
  }
}
