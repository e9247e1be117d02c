import { isDeepStrictEqual } from 'node:util'
import { isMap, isSeq, parseDocument, visit } from 'yaml'
import type { Document, Node } from 'yaml'
import { writeDealFile } from '@sente/engine'
import type { Deal, Methodology } from '@sente/engine'
import { readDeal } from './deal-file.ts'
import type { FileFault } from './deal-file.ts'

type Path = (string | number)[]
type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The text of a deal file (YAML, or JSON where it is JSON) that says `after` where it said `before`: only what differs is written anew, comments and the
 * order and look of everything else stay. The result is read again before it is given back; where an alias (`*name`) stands in the way all aliases are
 * spelled out, and where a shorthand of the file does not take the change, the whole list or field at the top is written anew. Answers the faults where
 * no deal file could say it.
 */
export function rewrittenDeal(
  text: string,
  before: Deal,
  after: Deal,
  methodology: Methodology,
): { text: string } | { faults: FileFault[] } {
  const [was, is] = [plain(writeDealFile(before)), plain(writeDealFile(after))]
  const careful = (document: Document): void => change(document, [], was, is)
  const whole = (document: Document): void => {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (isDeepStrictEqual(was[key], is[key])) continue
      if (is[key] === undefined) document.delete(key)
      else document.set(key, document.createNode(is[key]))
    }
  }
  const spelledOut = (edit: (document: Document) => void) => (document: Document) => {
    spellOut(document)
    edit(document)
  }
  let faults: FileFault[] = []
  // What the file says besides (two keys of one name) may stand in the way of the first three: then all of it is written anew.
  const anew = (document: Document): void => void (document.contents = document.createNode(is) as never)
  for (const edit of [careful, spelledOut(careful), spelledOut(whole), anew])
    for (const made of written(text, edit)) {
      const read = readDeal(made, methodology)
      if ('faults' in read) faults = read.faults
      else if (says(read.deal, after)) return { text: made }
    }
  return { faults }
}

/** Puts a copy of what it names in the place of each alias. */
function spellOut(document: Document): void {
  visit(document, {
    Alias(_, alias) {
      const copy = alias.resolve(document)?.clone() as Node | undefined
      if (!copy) return undefined
      visit(copy, {
        Node(__, node) {
          if ('anchor' in node) delete node.anchor
        },
      })
      return copy
    },
  })
}

/** Without keys that say nothing, as a file would be read. */
const plain = (value: unknown): Plain => JSON.parse(JSON.stringify(value)) as Plain
const says = (one: Deal, other: Deal): boolean => isDeepStrictEqual(plain(one), plain(other))

/**
 * The text after an edit: with every line that was left alone as it was typed, and wholly as the library writes it, for texts that do not take both.
 * None where an alias would stand before what it names, or without it.
 */
function written(text: string, edit: (document: Document) => void): string[] {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false })
  const as = isJson(text)
    ? (): string => JSON.stringify(document.toJS(), null, indentOf(text)) + (/\n\s*$/.test(text) ? '\n' : '')
    : (): string => document.toString({ lineWidth: 0, flowCollectionPadding: false, ...setInOf(text) })
  const before = as()
  edit(document)
  let after: string
  try {
    after = as()
  } catch (error) {
    if (/alias/i.test(String(error))) return []
    throw error
  }
  return [likeBefore(text, before, after), text.includes('\r\n') ? after.replace(/\r?\n/g, '\r\n') : after]
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

/** How far lists and what belongs to a key are set in. */
function setInOf(text: string): { indent?: number; indentSeq?: boolean } {
  const list = /^[^\s#-][^\r\n]*:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( *)- /m.exec(text)?.[1]?.length
  const map = /^[^\s#-][^\r\n]*:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( +)[^\s#-]/m.exec(text)?.[1]?.length
  const indent = list || map
  return { ...(list === 0 && { indentSeq: false }), ...(indent !== undefined && indent <= 8 && { indent }) }
}

/** What each depth of a JSON text is set in by; nothing where all stands on one line. */
const indentOf = (text: string): string =>
  /^\s*\{\s*?\r?\n([ \t]+)/.exec(text)?.[1] ?? (text.trim().includes('\n') ? '  ' : '')

/** Blanks and quotes are a matter of taste. */
const bare = (line: string): string => line.replace(/[\s"']+/g, '')

/**
 * Lines that the edit left alone, as they were typed: blanks in braces, quotes, text that runs over several lines, ends of lines. `before` is the text as the
 * library writes it.
 */
function likeBefore(text: string, before: string, after: string): string {
  const [typed, was, is] = [text, before, after].map((one) => one.split(/\r?\n/)) as [string[], string[], string[]]
  const now = new Map(commonOf(was, is))
  const kept = new Map<number, { lines: string[]; instead: number }>()
  let last: { lines: string[]; instead: number } | undefined
  let [i, j] = [0, 0]
  /** Lines from `i` and `j` on, as typed and as the library writes them, say the same. */
  const pair = (a: number, b: number): void => {
    const at = now.get(j)
    const stays = at !== undefined && Array.from({ length: b - j }, (_, k) => now.get(j + k) === at + k).every(Boolean)
    // Blank lines that the library does not write belong to what stands before them.
    if (b === j) last?.lines.push(...typed.slice(i, a))
    else last = stays ? { lines: typed.slice(i, a), instead: b - j } : undefined
    if (b > j && last) kept.set(at!, last)
    ;[i, j] = [a, b]
  }
  const same = commonOf(typed.map(bare), was.map(bare))
  for (const [a, b] of [...same, [typed.length, was.length] as const]) {
    // As many lines on either side: one stands for one.
    if (a - i !== b - j) pair(a, b)
    else for (let left = a - i; left > 0; left--) pair(i + 1, j + 1)
    if (a < typed.length) pair(a + 1, b + 1)
  }
  const lines: string[] = []
  for (let at = 0; at < is.length;) {
    const one = kept.get(at)
    lines.push(...(one?.lines ?? [is[at]!]))
    at += one?.instead ?? 1
  }
  return lines.join(text.includes('\r\n') ? '\r\n' : '\n')
}

function change(document: Document, path: Path, was: unknown, is: unknown): void {
  if (isDeepStrictEqual(was, is)) return
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  if (isPlain(was) && isPlain(is) && isMap(node)) return changeMap(document, path, was, is)
  if (Array.isArray(was) && Array.isArray(is) && isSeq(node) && node.items.length === was.length && holdsMaps(is))
    return changeList(document, path, was, is)
  document.setIn(path, document.createNode(is))
}

const holdsMaps = (list: readonly unknown[]): boolean => list.every(isPlain)

function changeMap(document: Document, path: Path, was: Plain, is: Plain): void {
  for (const key of Object.keys(was)) if (is[key] === undefined) document.deleteIn([...path, key])
  for (const [key, value] of Object.entries(is)) {
    if (was[key] === undefined && !document.hasIn([...path, key]))
      document.setIn([...path, key], document.createNode(value))
    else change(document, [...path, key], was[key], value)
  }
}

/** Items that are the same stay where they are; what stands between them is changed in pairs, added or taken out. */
function changeList(document: Document, path: Path, was: readonly unknown[], is: readonly unknown[]): void {
  let at = 0
  const list = document.getIn(path) as { items: unknown[]; flow?: boolean }
  const flow = was.length > 0 && isFlow(list.items[0])
  const gap = (old: readonly unknown[], fresh: readonly unknown[]): void => {
    const pairs = Math.min(old.length, fresh.length)
    for (let i = 0; i < pairs; i++) change(document, [...path, at++], old[i], fresh[i])
    for (let i = pairs; i < old.length; i++) document.deleteIn([...path, at])
    for (let i = pairs; i < fresh.length; i++)
      list.items.splice(at++, 0, document.createNode(fresh[i], { flow: flow || was.length === 0 }))
  }
  let [i, j] = [0, 0]
  for (const [a, b] of commonOf(was, is)) {
    gap(was.slice(i, a), is.slice(j, b))
    at++
    ;[i, j] = [a + 1, b + 1]
  }
  gap(was.slice(i), is.slice(j))
  // An empty list stands on one line; what is added to it gets lines of its own.
  if (was.length === 0) list.flow = false
}

const isFlow = (item: unknown): boolean => isMap(item) && item.flow === true

/** Beyond so many pairs of places only what begins and ends the same is looked for. */
const MOST = 4_000_000

/** A longest run of items that both lists have in the same order, as pairs of places. */
export function commonOf(was: readonly unknown[], is: readonly unknown[]): [number, number][] {
  const [a, b] = [was, is].map((list) => list.map((item) => JSON.stringify(item)))
  let start = 0
  while (start < a!.length && start < b!.length && a![start] === b![start]) start++
  let end = 0
  while (end < a!.length - start && end < b!.length - start && a!.at(-1 - end) === b!.at(-1 - end)) end++
  const [m, n] = [a!.length - start - end, b!.length - start - end]
  const pairs: [number, number][] = Array.from({ length: start }, (_, i) => [i, i])
  const rest = Array.from({ length: end }, (_, k): [number, number] => [a!.length - end + k, b!.length - end + k])
  if (m * n > MOST) return [...pairs, ...rest]
  // Lengths of the longest common run from each pair of places on.
  const longest = Array.from({ length: m + 1 }, () => new Uint32Array(n + 1))
  for (let i = m - 1; i >= 0; i--)
    for (let j = n - 1; j >= 0; j--)
      longest[i]![j] =
        a![start + i] === b![start + j]
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
  for (let i = 0, j = 0; i < m && j < n;) {
    if (a![start + i] === b![start + j]) pairs.push([start + i++, start + j++])
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++
    else j++
  }
  return [...pairs, ...rest]
}
