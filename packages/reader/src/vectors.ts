import type { ConceptList } from './concepts.ts'

/** English words as points: near ones mean nearly the same. */
export interface Vectors {
  dimensions: number
  place: ReadonlyMap<string, number>
  table: Int8Array
  /** The file they came from, to be written into a model. */
  file: Uint8Array
}

/** Words that say nothing of a matter. */
const EMPTY = new Set(
  'the of to and in a for that on is was with he as it by at from his an be has are have but were not this who they had which will their or its one after been also we would more about up when there all out she other her than over into some if no can you them us our my me so do did just i am being having does done very too then'.split(
    ' ',
  ),
)

/** Reads `vectors.bin`: a line of JSON with the words, then a byte for each word and dimension. */
export function readVectors(file: Uint8Array): Vectors {
  const newline = file.indexOf(10)
  const { dimensions, words } = JSON.parse(new TextDecoder().decode(file.subarray(0, newline))) as {
    dimensions: number
    words: string
  }
  return {
    dimensions,
    place: new Map(words.split(' ').map((word, i) => [word, i])),
    table: new Int8Array(new Uint8Array(file.subarray(newline + 1)).buffer),
    file,
  }
}

/** Adds the vector of a word, if it has one, to `sum`. */
function add({ dimensions, place, table }: Vectors, word: string, sum: Float64Array): boolean {
  const row = EMPTY.has(word) ? undefined : place.get(word)
  if (row === undefined) return false
  for (let d = 0; d < dimensions; d++) sum[d]! += table[row * dimensions + d]!
  return true
}

/** The middle of each concept's English words: by it Chinese abbreviations and English text meet. */
export function conceptVectors(vectors: Vectors, concepts: ConceptList): Float64Array[] {
  return concepts.latinWords.map((words) => {
    const sum = new Float64Array(vectors.dimensions)
    let n = 0
    for (const word of words.flatMap((text) => text.replaceAll('*', '').split('_'))) if (add(vectors, word, sum)) n++
    return n > 0 ? sum.map((x) => x / n) : sum
  })
}

/**
 * Direction (length 1) of what a normalised English text speaks of: the sum over its words and concepts; undefined for Chinese,
 * for which there are no vectors.
 */
export function directionOf(
  vectors: Vectors,
  ofConcepts: readonly Float64Array[],
  text: string,
  concepts: readonly number[],
): Float64Array | undefined {
  if (/[\u3400-\u9fff]/.test(text)) return undefined
  const sum = new Float64Array(vectors.dimensions)
  for (const [word] of text.matchAll(/[a-z][a-z'-]+/g))
    if (!add(vectors, word, sum)) add(vectors, word.replace(/'s$/, ''), sum)
  for (const concept of concepts) for (let d = 0; d < vectors.dimensions; d++) sum[d]! += ofConcepts[concept]![d]!
  const length = Math.sqrt(sum.reduce((total, x) => total + x * x, 0))
  return length > 0 ? sum.map((x) => x / length) : undefined
}
