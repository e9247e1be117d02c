/** Concepts found in a text by their words; read from the corpus's list when training, from the model when reading. */
export interface ConceptList {
  names: readonly string[]
  /** Chinese words, by concept: found wherever they stand. */
  han: ReadonlyMap<string, readonly number[]>
  longest: number
  /** English words and phrases as one expression each. */
  latin: readonly (RegExp | null)[]
  /** The English words of each concept as they stand in the list. */
  latinWords: readonly (readonly string[])[]
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
    const [chinese, english] = [match[2]!, match[3]!].map((list) => list.trim().toLowerCase().split(/\s+/).filter(Boolean))
    // Abbreviations in a Chinese list (POC, SLA) are words of their own in both languages; a single character says too little.
    const abbreviations = chinese!.filter((word) => /^[a-z0-9&+-]{3,}$/.test(word))
    entry.han.push(...chinese!.filter((word) => word.length > 1 && /[\u3400-\u9fff]/.test(word)))
    entry.latin.push(...english!, ...abbreviations)
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
  return { names: [...words.keys()], han, longest, latin, latinWords: [...words.values()].map((entry) => [...new Set(entry.latin)]) }
}

/** Places of the concepts that a normalised text speaks of, in ascending order. */
export function conceptsIn(list: ConceptList, text: string): number[] {
  const found = new Set<number>()
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x3400) continue
    for (let length = 2; length <= list.longest && i + length <= text.length; length++) {
      for (const concept of list.han.get(text.slice(i, i + length)) ?? []) found.add(concept)
    }
  }
  if (/[a-z]{2}/.test(text)) list.latin.forEach((pattern, concept) => pattern?.test(text) && found.add(concept))
  return [...found].sort((a, b) => a - b)
}
