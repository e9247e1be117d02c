import type { KindName } from '@sente/api'
import { kindOf } from '@sente/engine'
import { differing } from './deal-difference.ts'
import type { Fields, Stored } from './deal-difference.ts'

export interface Matched {
  creates: Stored[]
  updates: { id: string; fields: Fields }[]
  /** Which of the given facts is which of the database. */
  same: Map<string, string>
  /** How many of the database no given fact stands for. */
  left: number
}

/** Pairs the facts of a file with those of the database: those that say the same, then those of one key, then those that are about the same. */
export function matchFacts(
  kind: KindName,
  given: readonly Stored[],
  stored: readonly Stored[],
  today: string,
): Matched {
  const matched: Matched = { creates: [], updates: [], same: new Map(), left: 0 }
  const left = new Set(stored)
  let open = present(kind, given, left, today, matched)
  const pair = (isSame: (fact: Stored, book: Stored) => boolean): void => {
    open = open.filter((fact) => {
      for (const book of left) {
        if (!isSame(fact, book)) continue
        left.delete(book)
        matched.same.set(fact.id, book.id)
        const fields = differing(kind, book, fact)
        if (Object.keys(fields).length > 0) matched.updates.push({ id: book.id, fields })
        return false
      }
      return true
    })
  }
  pair((fact, book) => Object.keys(differing(kind, book, fact)).length === 0)
  pair((fact, book) => fact['key'] !== undefined && fact['key'] === book['key'])
  const about = kindOf(kind).same
  pair(
    (fact, book) =>
      about.some((field) => fact[field] !== undefined) &&
      about.every((field) => fact[field] === book[field]) &&
      (fact['key'] === undefined || book['key'] === undefined),
  )
  matched.creates.push(...open)
  matched.left = left.size
  return matched
}

/**
 * A history of one entry without a day is the present value: where the database ends with another one it is a newer entry, of today, and what was
 * before stays. Answers the facts that are still open.
 */
function present(
  kind: KindName,
  given: readonly Stored[],
  left: Set<Stored>,
  today: string,
  matched: Matched,
): Stored[] {
  const whose = kindOf(kind).history
  if (whose === undefined) return [...given]
  const groups = Map.groupBy(given, (fact) => fact[whose])
  return given.filter((fact) => {
    if (fact['on'] !== undefined || groups.get(fact[whose])!.length > 1) return true
    const books = [...left].filter((book) => book[whose] === fact[whose])
    const last = books
      .toSorted((a, b) => String(a['on'] ?? '').localeCompare(String(b['on'] ?? '')) || (a.id < b.id ? -1 : 1))
      .at(-1)
    if (!last) return true
    for (const book of books) left.delete(book)
    if (Object.keys(differing(kind, last, fact)).length === 0) matched.same.set(fact.id, last.id)
    else matched.creates.push({ ...fact, on: today })
    return false
  })
}
