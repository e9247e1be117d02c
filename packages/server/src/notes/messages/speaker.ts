import type { KnownPerson, Note, Suggestion } from '@sente/reader'
import { plainName } from '../../exchange/intake/identity.ts'

/** Who wrote a mail or spoke in a chat, where one person of the deal's map is called so: what they wrote is from them, unless it names somebody. */
export function saidBy(note: Note, suggestions: Suggestion[], people: readonly KnownPerson[]): Suggestion[] {
  if (note.author === undefined) return suggestions
  const author = plainName(note.author)
  const known = people.filter(({ name }) => plainName(name) === author)
  if (known.length !== 1) return suggestions
  return suggestions.map((suggestion) =>
    suggestion.from === undefined ? { ...suggestion, from: known[0]!.id } : suggestion,
  )
}
