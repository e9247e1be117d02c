import { readFile } from 'node:fs/promises'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import { parseDeal } from '@sente/engine'
import type { Deal, Methodology, Text } from '@sente/engine'
import { decode, foreignKind } from './decode.ts'
import { valueOf } from './yaml-value.ts'
import { Problem } from '../../core/problem.ts'

/** A fault of a file with its place in the text, counted from 1. */
export interface FileFault {
  line: number
  column: number
  code: string
  what: Text
  allowed?: string[]
  nearest?: string
}

export type ReadDeal = { deal: Deal } | { faults: FileFault[] }

/** Deal files are small; anything larger is something else. */
const MAX_BYTES = 10 * 1024 * 1024

/** Bytes of a file, or of standard input for `-`. Throws a `FileProblem` that says what to do. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return path === '-' ? await readStandardInput() : await readFile(path)
  } catch (error) {
    throw problemOf(path, error)
  }
}

/** Text of a file, or of standard input for `-`. Throws a `FileProblem` that says what to do. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path)
  if (bytes.length > MAX_BYTES) {
    throw new FileProblem({
      en: `${path}: ${Math.round(bytes.length / 1e6)} MB is too large for a deal file (10 MB at most).`,
      zh: `${path}：${Math.round(bytes.length / 1e6)} MB 对商机文件来说太大（最多 10 MB）。`,
    })
  }
  const foreign = foreignKind(bytes)
  if (foreign)
    throw new FileProblem({
      en: `${path}: this is ${foreign.en}, which cannot be read. Copy its words into a text file, or export a list as CSV or XLSX.`,
      zh: `${path}：这是${foreign.zh}，无法读取。请把文字复制到文本文件，或把列表导出为 CSV、XLSX。`,
    })
  if (bytes.every((byte) => byte <= 0x20))
    throw new FileProblem({ en: `${path}: the file is empty.`, zh: `${path}：文件是空的。` })
  const text = decode(bytes)
  if (text !== undefined) return text
  throw new FileProblem({
    en: `${path}: no text (a program, a sound or an archive?). Text, YAML, JSON, CSV and XLSX are read.`,
    zh: `${path}：不是文本（程序、音频或压缩包？）。可读取文本、YAML、JSON、CSV 和 XLSX。`,
  })
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A problem with a file as a whole; its message is for the user. */
export class FileProblem extends Problem {}

function problemOf(path: string, error: unknown): FileProblem {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return new FileProblem({ en: `${path}: no such file.`, zh: `${path}：没有这个文件。` })
  if (code === 'EISDIR')
    return new FileProblem({
      en: `${path}: is a folder; name a file in it.`,
      zh: `${path}：这是文件夹，请指定其中的文件。`,
    })
  if (code === 'EACCES')
    return new FileProblem({ en: `${path}: may not be read; check its permissions.`, zh: `${path}：没有读取权限。` })
  return new FileProblem({
    en: `${path}: ${String((error as Error).message)}`,
    zh: `${path}:${String((error as Error).message)}`,
  })
}

/** Reads a deal from YAML or JSON text (JSON is YAML). All faults at once, each with line and column. */
export function readDeal(text: string, methodology: Methodology): ReadDeal {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false, schema: 'core' })
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map((error) => ({
        ...at(error.pos[0]),
        code: 'syntax',
        what: {
          en: `Not readable as YAML or JSON: ${error.message}`,
          zh: `无法按 YAML 或 JSON 读取：${error.message}`,
        },
      })),
    }
  }
  const read = valueOf(document)
  if ('fault' in read) return { faults: [{ ...at(read.at ?? 0), code: 'syntax', what: read.fault }] }
  const parsed = parseDeal(read.value, methodology)
  if ('deal' in parsed) return parsed
  const faults = parsed.faults.map(({ path, ...fault }): FileFault => ({
    ...fault,
    ...at(offsetOf(document, path, fault.code === 'unknown-key')),
  }))
  return { faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) }
}

/** Where the node at a path starts; the deepest one that exists, when the path leads on to nothing. */
function offsetOf(document: Document, path: readonly (string | number)[], wantKey: boolean): number {
  let node: Node | null = document.contents as Node | null
  let offset = node?.range?.[0] ?? 0
  path.forEach((key, depth) => {
    const last = depth === path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!pair) {
        node = null
        return
      }
      const keyNode = pair.key as Node
      node = (pair.value as Node | null) ?? null
      offset = (last && wantKey ? keyNode.range?.[0] : node?.range?.[0]) ?? keyNode.range?.[0] ?? offset
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] as Node | undefined) ?? null
      offset = node?.range?.[0] ?? offset
    } else {
      node = null
    }
  })
  return offset
}
