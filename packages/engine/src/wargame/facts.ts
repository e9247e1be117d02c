import { addDays } from '../core/dates.ts'
import type { Deal, Rival, Touch } from '../deal/deal.ts'
import type { Board } from './board.ts'
import type { Happened } from './play.ts'
import { pieceOf } from './rivals.ts'

/**
 * The deal of today with what happened on a path written down as facts, so that the engine itself can be asked what the game
 * computes: `featuresOf` of this deal on the day of the decision is what the path decided by.
 */
export function dealAfter(board: Board, happened: readonly Happened[]): Deal {
  const { deal, asOf, pawns, rival } = board
  const on = (day: number): ReturnType<typeof addDays> => addDays(asOf, day)
  const idOf = (p: number): string => pawns[p]!.id
  const touches: Touch[] = []
  const evidence = [...(deal.evidence ?? [])]
  const proofs = [...(deal.proofs ?? [])]
  const contacts = [...(rival.contacts ?? [])]
  const people = (deal.people ?? []).map((person) => ({ ...person }))
  const personOf = (p: number): (typeof people)[number] => people.find(({ id }) => id === idOf(p))!
  for (const one of happened) {
    switch (one.kind) {
      case 'touch':
        touches.push({ on: on(one.day), play: one.play, with: one.who.map(idOf), outcome: one.outcome } as Touch)
        break
      case 'stance': {
        const person = personOf(one.who)
        // What was so before today has no day of its own where nothing of him was dated.
        const dated = one.day > 0 || (person.stance ?? []).length > 0
        person.stance = [...(person.stance ?? []), { value: one.value, ...(dated && { on: on(one.day) }) }]
        break
      }
      case 'held': {
        const person = personOf(one.who)
        person.hold = [...(person.hold ?? []), { value: 'given', on: on(one.day) }]
        break
      }
      case 'papers':
        for (const { topic, proof, for: person } of one.papers)
          proofs.push({ topic, proof, for: [person], history: [{ status: 'presented', on: on(one.day) }] })
        break
      case 'meets':
        contacts.push({ person: idOf(one.who), on: on(one.day) })
        break
      case 'life':
        // The customer goes on with somebody who is not on the map: it ends a silence and says nothing else.
        touches.push({ on: on(one.day), with: ['customer'], outcome: 'done' } as Touch)
        break
      default:
        evidence.push(pieceOf(board, one.id, one.day))
    }
  }
  return {
    ...deal,
    evidence,
    // What was never written down stays so where nothing happened of its kind.
    ...((deal.touches || touches.length > 0) && { touches: [...(deal.touches ?? []), ...touches] }),
    ...((deal.proofs || proofs.length > 0) && { proofs }),
    ...(deal.people && { people }),
    rivals: (deal.rivals ?? []).map((one) => (one.id === rival.id ? withContacts(one, contacts) : one)),
  }
}

const withContacts = (rival: Rival, contacts: NonNullable<Rival['contacts']>): Rival =>
  contacts.length > 0 ? { ...rival, contacts } : rival
