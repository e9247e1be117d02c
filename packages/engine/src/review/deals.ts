import type { PlainDate } from '../core/dates.ts'
import { changesOf, farOf, lacksOf, voicesOf } from './changes.ts'
import type { Before, Voices } from './changes.ts'
import { groupsOf, lossOf, ownersOf, totalOf } from './review.ts'
import type { Group, OwnerTotal, Staked } from './review.ts'
import type { Far, ReviewChange, ReviewLine } from './schema.ts'

/** A deal as it comes into a review: its line of today and of the earlier day. */
export interface DealOfReview extends Pick<Staked, 'id' | 'name' | 'owner'> {
  account: string | null
  line: ReviewLine
  before: Before
}

/** The same, judged. */
export interface ReviewedDeal extends Staked, Omit<DealOfReview, 'before'> {
  before: ReviewLine | null
  /** Amount × drop in the currency of the amount, at most so much; null: not known. */
  loss: number | null
  voices: Voices
  far: Far[]
  changes: ReviewChange[]
  /** False: nobody knows what the deal was on the earlier day. */
  compared: boolean
}

export function reviewedDeal({ line, before, ...head }: DealOfReview): ReviewedDeal {
  const staked = { amount: line.amount, drop: line.week?.drop ?? null }
  const voices = voicesOf(line)
  return {
    ...head,
    ...staked,
    line,
    before: typeof before === 'string' ? null : before,
    lacks: lacksOf(line),
    loss: lossOf(staked),
    voices,
    far: farOf(voices),
    changes: changesOf(before, line),
    compared: before !== 'unknown',
  }
}

export interface Review {
  asOf: PlainDate
  /** The earlier day that everything is compared with. */
  since: PlainDate
  groups: Group<ReviewedDeal>[]
  owners: OwnerTotal[]
  total: Omit<OwnerTotal, 'owner'>
  /** Closed since the earlier day. */
  gone: ReviewedDeal[]
}

/** A pipeline review of deals, open ones and those that closed after `since`; who closed before is left out. */
export function reviewOf(asOf: PlainDate, since: PlainDate, deals: readonly DealOfReview[]): Review {
  const all = deals.map(reviewedDeal)
  const open = all.filter(({ line }) => line.status === 'open')
  const gone = all.filter(
    ({ line, changes }) => line.status !== 'open' && changes.some(({ kind }) => kind === 'closed'),
  )
  return { asOf, since, groups: groupsOf(open), owners: ownersOf(open), total: totalOf(open), gone }
}
