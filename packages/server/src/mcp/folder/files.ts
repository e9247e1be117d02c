import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hash } from 'node:crypto'
import type { Deal, Methodology, Text } from '@sente/engine'
import { FileProblem, readDeal, readText } from '../../exchange/files/deal-file.ts'
import { withNotes } from '../../notes/reader.ts'
import { line } from '../marks.ts'

/** So many files of a folder are looked at; a folder with more is a case for a workspace. */
const MOST_FILES = 500

/** A deal in a file; `id` is the file's name. */
export interface DealFile {
  id: string
  path: string
  text: string
  /** Digest of the text: what a change rests on. */
  state: string
  /** As it stands in the file. */
  bare: Deal
  /** With what its own notes suggest. */
  deal: Deal
}

export const stateOf = (text: string): string => hash('sha256', text, 'base64url')

/** Deal files of a folder (or one file), read again only when they have changed. Nothing outside of it is ever opened: ids are names that were listed. */
export class DealFiles {
  readonly #place: string
  readonly #method: Methodology
  readonly #known = new Map<string, { stamp: string; file: DealFile | { left: Text } }>()

  constructor(place: string, method: Methodology) {
    this.#place = place
    this.#method = method
  }

  /** Every deal, by the name of its file, and why a file is none. Throws a `FileProblem` where there is no such folder. */
  async all(): Promise<{ files: DealFile[]; left: Text[] }> {
    const names = await this.#names()
    const files: DealFile[] = []
    const left: Text[] = []
    for (const name of names.slice(0, MOST_FILES)) {
      const read = await this.#read(name)
      if ('left' in read) left.push(read.left)
      else files.push(read)
    }
    if (names.length > MOST_FILES)
      left.push({
        en: `${names.length - MOST_FILES} more files are not looked at: ${MOST_FILES} at most.`,
        zh: `另有 ${names.length - MOST_FILES} 个文件未读取：最多 ${MOST_FILES} 个。`,
      })
    const gone = [...this.#known.keys()].filter((name) => !names.includes(name))
    for (const name of gone) this.#known.delete(name)
    return { files, left }
  }

  async #names(): Promise<string[]> {
    const info = await stat(this.#place).catch(() => {
      throw new FileProblem({
        en: `${this.#place}: no such file or folder.`,
        zh: `${this.#place}：没有这个文件或文件夹。`,
      })
    })
    if (!info.isDirectory()) return ['']
    return (await readdir(this.#place)).filter((name) => /^[^.].*\.(?:ya?ml|json)$/i.test(name)).sort()
  }

  async #read(name: string): Promise<DealFile | { left: Text }> {
    const path = name === '' ? this.#place : join(this.#place, name)
    const stamp = await stat(path, { bigint: true }).then(
      ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
      () => 'gone',
    )
    const known = this.#known.get(name)
    if (known?.stamp === stamp) return known.file
    const file = await this.#fresh(path)
    this.#known.set(name, { stamp, file })
    return file
  }

  async #fresh(path: string): Promise<DealFile | { left: Text }> {
    const id = basename(path)
    try {
      const text = await readText(path)
      const read = readDeal(text, this.#method)
      if ('deal' in read)
        return { id, path, text, state: stateOf(text), bare: read.deal, deal: await withNotes(read.deal, this.#method) }
      const [first] = read.faults
      const at = `${line(id)}:${first?.line ?? 1}`
      return {
        left: {
          en: `${at} is no deal file: ${first?.what.en ?? ''} (${read.faults.length} faults; sente check names all)`,
          zh: `${at} 不是商机文件：${first?.what.zh ?? ''}（共 ${read.faults.length} 处；sente check 可全部列出）`,
        },
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      return { left: { en: line(error.says.en, 400), zh: line(error.says.zh, 400) } }
    }
  }
}
