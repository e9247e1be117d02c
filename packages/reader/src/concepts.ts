/** Words and phrases as a tree of words: which concepts end here, and which words may follow, whole or by their beginning. */
interface Branch {
  concepts: number[]
  whole: Map<string, Branch>
  begun: Map<string, Branch>
}

/** Concepts found in a text by their words; read from the corpus's list when training, from the model when reading. */
export interface ConceptList {
  names: readonly string[]
  /** Chinese words by their first two characters: found wherever they stand. */
  han: ReadonlyMap<string, readonly { word: string; concepts: number[] }[]>
  /** English words and phrases. */
  latin: Branch
  /** The English words of each concept as they stand in the list. */
  latinWords: readonly (readonly string[])[]
}

const branch = (): Branch => ({ concepts: [], whole: new Map(), begun: new Map() })
const TOKEN = /[a-z0-9%]+/g
/** Beginnings of words that are looked for are shorter. */
const LONGEST_WORD = 40

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
    const [chinese, english] = [match[2]!, match[3]!].map((list) =>
      list.trim().toLowerCase().split(/\s+/).filter(Boolean),
    )
    // Abbreviations in a Chinese list (POC, SLA) are words of their own in both languages; a single character says too little.
    const abbreviations = chinese!.filter((word) => /^[a-z0-9&+-]{3,}$/.test(word))
    entry.han.push(...chinese!.filter((word) => word.length > 1 && /[\u3400-\u9fff]/.test(word)))
    entry.latin.push(...english!, ...abbreviations)
  }
  const han = new Map<string, { word: string; concepts: number[] }[]>()
  const latin = branch()
  ;[...words.values()].forEach((entry, place) => {
    for (const word of new Set(entry.han)) {
      const begun = han.get(word.slice(0, 2)) ?? []
      han.set(word.slice(0, 2), begun)
      const known = begun.find((other) => other.word === word)
      if (known) known.concepts.push(place)
      else begun.push({ word, concepts: [place] })
    }
    for (const phrase of new Set(entry.latin)) {
      let at = latin
      for (const [token] of phrase.matchAll(/[a-z0-9%]+\*?/g)) {
        const [side, key] = token.endsWith('*')
          ? ([at.begun, token.slice(0, -1)] as const)
          : ([at.whole, token] as const)
        const next = side.get(key) ?? branch()
        side.set(key, next)
        at = next
      }
      if (at !== latin && !at.concepts.includes(place)) at.concepts.push(place)
    }
  })
  return {
    names: [...words.keys()],
    han,
    latin,
    latinWords: [...words.values()].map((entry) => [...new Set(entry.latin)]),
  }
}

/** Places of the concepts that a normalised text speaks of, in ascending order. */
export function conceptsIn(list: ConceptList, text: string): number[] {
  const found = new Set<number>()
  for (let i = 0; i + 1 < text.length; i++) {
    if (text.charCodeAt(i) < 0x3400) continue
    for (const { word, concepts } of list.han.get(text.slice(i, i + 2)) ?? []) {
      if (word.length === 2 || text.startsWith(word, i)) for (const concept of concepts) found.add(concept)
    }
  }
  const tokens = text.match(TOKEN) ?? []
  const walk = (at: Branch, i: number): void => {
    for (const concept of at.concepts) found.add(concept)
    const token = tokens[i]
    if (token === undefined) return
    const next = at.whole.get(token)
    if (next) walk(next, i + 1)
    if (at.begun.size === 0) return
    for (let length = 2; length <= Math.min(token.length, LONGEST_WORD); length++) {
      const begun = at.begun.get(token.slice(0, length))
      if (begun) walk(begun, i + 1)
    }
  }
  tokens.forEach((_, i) => walk(list.latin, i))
  return [...found].sort((a, b) => a - b)
}
