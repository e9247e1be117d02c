import type { Model } from '../core/model.ts'
import type { PersonLevel } from '../methodology/schema.ts'

/** A way to somebody we do not know yet. */
export interface WayIn {
  path: string
  /** Days from asking to sitting there. */
  fast: number
  normal: number
  probability: number
  /** Who takes us there: a person at the customer, or null. */
  through: string | null
}

interface Around {
  model: Model
  /** People inside who could take us there. */
  guides: readonly { id: string; influence: number; stance: number | null }[]
  ours: readonly { executive: boolean }[]
  /** We know each other: no way in is needed. */
  met: boolean
}

/** Ways in to a person that this deal has, by the access table of the method, the likeliest first. */
export function waysIn(
  person: { id: string; standing: PersonLevel; path: string | null },
  { model, guides, ours, met }: Around,
): WayIn[] {
  if (met) return []
  const guide = guides
    .filter(({ id }) => id !== person.id)
    .sort((a, b) => (b.stance ?? 0) - (a.stance ?? 0) || b.influence - a.influence || (a.id < b.id ? -1 : 1))[0]
  return model.methodology.people.paths
    .flatMap(({ id, access }): WayIn[] => {
      const has =
        id === person.path ||
        id === 'letter_then_call' ||
        (id === 'internal_recommendation' && guide !== undefined) ||
        (id === 'our_exec' && ours.some(({ executive }) => executive))
      const row = access.find(({ level }) => level === person.standing)
      if (!has || !row) return []
      const through = id === 'internal_recommendation' ? (guide?.id ?? null) : null
      return [{ path: id, fast: row.days[0], normal: row.days[1], probability: row.probability, through }]
    })
    .sort((a, b) => b.probability - a.probability)
}
