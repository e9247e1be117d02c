import { assess } from '../assess/assess.ts'
import { groundOf } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'
import { OPEN_PHASES, PHASES } from '../methodology/schema.ts'
import type { Methodology } from '../methodology/schema.ts'
import { stalledShare } from '../position/position.ts'
import { quantileDays } from './listing.ts'
import type { Brief } from './schema.ts'

/** The parts of a brief that lists and totals keep. */
export interface BriefSummary extends Pick<Brief, 'asOf' | 'lead' | 'findings' | 'homework'> {
  position: Pick<Brief['position'], 'leading' | 'phases' | 'stalled' | 'progress'>
  people: Pick<Brief['people'], 'cover' | 'vacuum'>
  outlook: Pick<Brief['outlook'], 'when' | 'whether'>
}

/** What `brief` says of a deal on a day, word for word, without what only its page shows: a fraction of the work. */
export function summary(deal: Deal, methodology: Methodology, asOf: PlainDate): BriefSummary {
  const ground = groundOf(deal, methodology, asOf)
  const { lead, findings, homework, win } = assess(ground, deal)
  const { regime, now, shares, leading, progress, relations, passages } = ground
  return {
    asOf,
    position: {
      leading,
      phases: Object.fromEntries(PHASES.map((phase, i) => [phase, shares[i]!])) as Brief['position']['phases'],
      stalled: stalledShare(regime, now),
      progress,
    },
    lead,
    people: { cover: relations.cover, vacuum: relations.vacuum },
    findings,
    homework,
    outlook: { when: passages ? quantileDays(passages[OPEN_PHASES - 1]!, asOf) : null, whether: win },
  }
}
