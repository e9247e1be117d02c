import type { Signal } from '../methodology/schema.ts'
import type { Deal, Evidence } from './deal.ts'

/** Whom a piece of evidence is about. A rival without an id: one of them, nobody knows which. */
export type Subject = { kind: 'person'; id: string } | { kind: 'rival'; id: string | null } | { kind: 'us' }

/**
 * What the evidence says, else what its signal is usually about: the person it comes from, the only vendor in the race, or
 * us. Null: nobody in particular, the customer's process.
 */
export function subjectOf(
  piece: Pick<Evidence, 'about' | 'from'>,
  signal: Pick<Signal, 'about'>,
  deal: Deal,
): Subject | null {
  const { about } = piece
  if (about !== undefined) {
    if (deal.people?.some(({ id }) => id === about)) return { kind: 'person', id: about }
    if (deal.rivals?.some(({ id }) => id === about)) return { kind: 'rival', id: about }
    if (about === 'us') return { kind: 'us' }
    // Somebody the deal has lost sight of: removed since, or not yet written down on that day.
    return null
  }
  switch (signal.about?.[0]) {
    case 'us':
      return { kind: 'us' }
    case 'rival': {
      const vendors = (deal.rivals ?? []).filter((rival) => (rival.kind ?? 'vendor') === 'vendor')
      return { kind: 'rival', id: vendors.length === 1 ? vendors[0]!.id : null }
    }
    case 'person':
      return piece.from === undefined ? null : { kind: 'person', id: piece.from }
    case undefined:
      return null
  }
}

/** Confidence from which a word that we are chosen is taken for one. */
const SURE = 0.5

/** The customer has said that we are preferred, or awarded the contract to us; a decider who must still sign can be met until then. */
export function weAreChosen(deal: Deal, signals: ReadonlyMap<string, Signal>): boolean {
  return (deal.evidence ?? []).some((piece) => {
    const signal = signals.get(piece.signal)
    if (signal?.rival !== 'preferred' && signal?.rival !== 'awarded') return false
    return piece.status !== 'rejected' && piece.confidence >= SURE && subjectOf(piece, signal, deal)?.kind === 'us'
  })
}

/** The person a signal moves (rung, stance, hold): whom it is about where it can be about a person, else who it comes from. */
export function personMoved(
  piece: Pick<Evidence, 'about' | 'from'>,
  signal: Pick<Signal, 'about'>,
): string | undefined {
  return signal.about?.includes('person') ? (piece.about ?? piece.from) : piece.from
}

/** The event that a piece of evidence reports; none where the signal can be about us and this piece is about somebody else. */
export function eventOf(signal: Pick<Signal, 'about' | 'event'>, about: Subject | null): string | undefined {
  if (signal.about?.includes('us') && about !== null && about.kind !== 'us') return undefined
  return signal.event
}

/** True where the good a signal says is said of a rival: it answers nothing for us. */
export function aboutRival(piece: Pick<Evidence, 'about' | 'from'>, signal: Signal, deal: Deal): boolean {
  return subjectOf(piece, signal, deal)?.kind === 'rival'
}
