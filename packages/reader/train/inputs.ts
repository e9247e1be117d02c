import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { method } from './train.ts'

const home = new URL('../', import.meta.url)

/** What `model.bin` was trained from and came out as, kept beside it: training again takes half a minute, comparing this does not. */
export interface TrainingRecord {
  /** SHA-256 of everything that training reads. */
  inputs: string
  /** SHA-256 of the model's bytes. */
  model: string
}

export const RECORD = new URL('model.json', home)

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** SHA-256 of the corpus, the word vectors, what is used of the signals, and the code that training runs. */
export function inputsDigest(): string {
  const hash = createHash('sha256')
  const corpus = readdirSync(fileURLToPath(new URL('corpus', home)), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map(({ parentPath, name }) => pathToFileURL(join(parentPath, name)).href)
  for (const file of [...corpus, new URL('vectors.bin', home).href, ...code()].sort())
    hash
      .update(`${file.slice(home.href.length)}\0`)
      .update(readFileSync(fileURLToPath(file)))
      .update('\0')
  hash.update(JSON.stringify(method.map(({ id, name, examples, patterns }) => ({ id, name, examples, patterns }))))
  return hash.digest('hex')
}

/** `train.ts` and every file of ours that it imports, directly or not. */
function code(): string[] {
  const found = new Set([new URL('train/train.ts', home).href])
  for (const file of found)
    for (const [, target] of readFileSync(fileURLToPath(file), 'utf8').matchAll(/ from '(\.[^']+)'/g))
      found.add(new URL(target!, file).href)
  return [...found]
}
