import type { PlainDate } from '../core/dates.ts'
import type { Deal } from '../deal/deal.ts'

/** The first two-way contact: what the file says, else the first done touch with a person or evidence from one. */
export function entryOf(deal: Deal): PlainDate | null {
  if (deal.firstContactOn) return deal.firstContactOn
  const touches = (deal.touches ?? [])
    .filter((touch) => touch.outcome === 'done' && touch.with.length > 0)
    .map((touch) => touch.on)
  const heard = (deal.evidence ?? [])
    .filter((piece) => piece.status !== 'rejected' && piece.from)
    .map((piece) => piece.on)
  return [...touches, ...heard].reduce<PlainDate | null>(
    (first, on) => (first === null || on < first ? on : first),
    null,
  )
}
