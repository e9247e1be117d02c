/** Concepts found in a text by their words; read from the corpus's list when training, from the model when reading. */
export interface ConceptList {
  names: readonly string[]
  /** Chinese words, by concept: found wherever they stand. */
  han: ReadonlyMap<string, readonly number[]>
  longest: number
  /** English words and phrases as one expression each. */
  latin: readonly (RegExp | null)[]
}

/**
 * Lines `name: 中文 词 | english words*`; `_` stands for a blank, `*` for any ending; a name that comes again goes on. Throws on a
 * line that is none.
 */
export function readConcepts(text: string): ConceptList {
  const words = new Map<string, { han: string[]; latin: string[] }>()
  for (const row of text.split('\n')) {
    if (row.trim() === '' || row.startsWith('#')) continue
    const match = /^(\w+): ([^|]*)\|(.*)$/.exec(row)
    if (!match) throw new Error(`not a line of concepts: ${row}`)
    const entry = words.get(match[1]!) ?? { han: [], latin: [] }
    words.set(match[1]!, entry)
    // A Chinese list may hold Latin abbreviations (IT, POC): they are looked for in both ways.
    entry.han.push(...match[2]!.trim().toLowerCase().split(/\s+/).filter(Boolean))
    entry.latin.push(...match[3]!.trim().toLowerCase().split(/\s+/).filter(Boolean))
  }
  const han = new Map<string, number[]>()
  let longest = 1
  const latin = [...words.values()].map((entry, place): RegExp | null => {
    for (const word of new Set(entry.han)) {
      longest = Math.max(longest, word.length)
      han.set(word, [...(han.get(word) ?? []), place])
    }
    const parts = [...new Set(entry.latin)].map((word) => word.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('_', '\\s+').replaceAll('*', "[a-z'-]*"))
    return parts.length > 0 ? new RegExp(`(?<![a-z])(?:${parts.join('|')})(?![a-z])`) : null
  })
  return { names: [...words.keys()], han, longest, latin }
}

/** Places of the concepts that a normalised text speaks of, in ascending order. */
export function conceptsIn(list: ConceptList, text: string): number[] {
  const found = new Set<number>()
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x3400 && !(code >= 97 && code <= 122)) continue
    for (let length = 1; length <= list.longest && i + length <= text.length; length++) {
      for (const concept of list.han.get(text.slice(i, i + length)) ?? []) found.add(concept)
    }
  }
  if (/[a-z]/.test(text)) list.latin.forEach((pattern, concept) => pattern?.test(text) && found.add(concept))
  return [...found].sort((a, b) => a - b)
}
