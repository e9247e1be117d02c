import { isMap, isScalar, parseAllDocuments, visit } from 'yaml'
import type { Document } from 'yaml'
import { beyond, MOST } from './bounds.ts'
import type { RawRow } from './source.ts'

const unreadable = (message: string): NonNullable<RawRow['fault']> => ({
  en: `Not readable as YAML or JSON: ${message}`,
  zh: `无法按 YAML 或 JSON 读取：${message}`,
})

/** The documents of a text; for the thread. */
export function yamlRows(text: string): RawRow[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, schema: 'core', prettyErrors: false })
  if (!Array.isArray(documents)) return []
  return documents.slice(0, MOST.documents).map((document, i): RawRow => {
    const read = valueOf(document)
    return 'fault' in read
      ? { row: i + 1, cells: {}, fault: read.fault }
      : { row: i + 1, cells: (read.value ?? {}) as Record<string, unknown> }
  })
}

/** The value of a document, or why it has none. */
export function valueOf(document: Document): { value: unknown } | { fault: NonNullable<RawRow['fault']>; at?: number } {
  const error = document.errors[0]
  if (error) return { fault: unreadable(error.message), at: error.pos[0] }
  const twice = repeatedKey(document)
  if (twice) return { fault: unreadable('Map keys must be unique'), at: twice.at }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    const fault = beyond(value)
    return fault ? { fault } : { value }
  } catch (cause) {
    // Aliases of aliases: a few lines that would become gigabytes.
    return { fault: unreadable((cause as Error).message) }
  }
}

/** The library compares each key of a map with each other one. */
function repeatedKey(document: Document): { at: number } | undefined {
  let found: { at: number } | undefined
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : isMap(key) ? undefined : key
        if (name === undefined) continue
        if (seen.has(name)) {
          found = { at: (isScalar(key) ? key.range?.[0] : undefined) ?? 0 }
          return visit.BREAK
        }
        seen.add(name)
      }
      return undefined
    },
  })
  return found
}
