import type { FileName } from './schema.ts'

/** What a folder of an earlier release does not have and is taken from the product: a whole file (`path` is empty), or a part of one. */
export interface Lent {
  file: string
  /** Like `features.far`. */
  path: string
}

/** Files that came after the first release. */
const NEW_FILES: readonly FileName[] = ['wargame', 'account']

/** Numbers and parts that came after it, by their path in a file. */
const NEW_PARTS: Partial<Record<FileName, readonly string[]>> = {
  plan: ['evaluationsAgain', 'factors.otherLevel', 'factors.convinced', 'limits'],
  outlook: ['topMissing.met', 'way', 'history'],
}

/** Lists in which every id that the product knows must stand: those that came later are added where they stand in the product. */
const WHOLE_LISTS: Partial<Record<FileName, readonly string[]>> = {
  plan: ['terms', 'constraints'],
  outlook: ['features'],
}

/** Where sources were a single text before they were said in both languages: files, and keys in them. */
const SAID_ONCE = /^(?:method|topics|people|presets\/.+)$/
const SOURCES = new Set(['where', 'source', 'sources', 'leadSource'])

type Part = Record<string, unknown>

/**
 * A folder of one's own method as an earlier release had it, with what is new since taken from the files of the product (`shipped`), so that it still
 * loads. What is there is never replaced; what is wrong in it stays wrong and is a fault of `loadMethodology`. Pure: neither argument is changed.
 */
export function lend(
  files: Readonly<Record<string, unknown>>,
  shipped: Readonly<Record<string, unknown>>,
): { files: Record<string, unknown>; lent: Lent[] } {
  const lent: Lent[] = []
  const whole: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(files))
    whole[name] = SAID_ONCE.test(name) ? bothLanguages(value) : structuredClone(value)
  // A folder without the rest is no method at all, and is told so.
  if (!('method' in files)) return { files: whole, lent }
  for (const [name, paths] of Object.entries(NEW_PARTS))
    for (const path of paths) if (addPart(whole[name], shipped[name], path)) lent.push({ file: `${name}.json`, path })
  for (const [name, keys] of Object.entries(WHOLE_LISTS))
    for (const key of keys)
      for (const id of addItems(whole[name], shipped[name], key))
        lent.push({ file: `${name}.json`, path: `${key}.${id}` })
  for (const name of NEW_FILES) {
    if (name in whole) continue
    whole[name] = name === 'wargame' ? playable(shipped[name], idsOf(whole)) : shipped[name]
    lent.push({ file: `${name}.json`, path: '' })
  }
  return { files: whole, lent }
}

/** A text that says where something comes from stands for both languages. */
function bothLanguages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bothLanguages)
  if (!isPart(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SOURCES.has(key) && typeof inner === 'string' ? { en: inner, zh: inner } : bothLanguages(inner),
    ]),
  )
}

/** Adds the part at `path` to `own`, a copy; false: it is there, or what it belongs to is not. */
function addPart(own: unknown, shipped: unknown, path: string): boolean {
  const [key = '', ...rest] = path.split('.')
  if (!isPart(own) || !isPart(shipped)) return false
  if (rest.length > 0) return addPart(own[key], shipped[key], rest.join('.'))
  if (key in own) return false
  own[key] = shipped[key]
  return true
}

/** The ids that were added to a list of `own`. */
function addItems(own: unknown, shipped: unknown, key: string): string[] {
  if (!isPart(own) || !isPart(shipped)) return []
  const [mine, theirs] = [own[key], shipped[key] as { id: string }[]]
  if (!Array.isArray(mine) || !mine.every((item) => isPart(item) && typeof item['id'] === 'string')) return []
  const items = mine as { id: string }[]
  const missing = theirs.filter(({ id }) => !items.some((item) => item.id === id))
  if (missing.length === 0) return []
  const known = theirs.flatMap(({ id }) => [...items, ...missing].filter((item) => item.id === id))
  own[key] = [...known, ...items.filter((item) => !known.includes(item))]
  return missing.map(({ id }) => id)
}

interface Ids {
  plays: ReadonlySet<unknown>
  signals: ReadonlySet<unknown>
}

function idsOf(files: Readonly<Record<string, unknown>>): Ids {
  const of = (name: 'plays' | 'signals'): ReadonlySet<unknown> => {
    const list = isPart(files[name]) ? files[name][name] : undefined
    return new Set(Array.isArray(list) ? list.map((item: unknown) => (isPart(item) ? item['id'] : undefined)) : [])
  }
  return { plays: of('plays'), signals: of('signals') }
}

/** The war game of the product without the plays and signals that this method does not have. */
function playable(game: unknown, { plays, signals }: Ids): unknown {
  if (Array.isArray(game)) {
    return game
      .filter((item) => !isPart(item) || item['play'] === undefined || plays.has(item['play']))
      .map((item) => playable(item, { plays, signals }))
      .filter((item) => !isPart(item) || item['when'] !== 'signal' || (item['signals'] as unknown[]).length > 0)
  }
  if (!isPart(game)) return game
  return Object.fromEntries(
    Object.entries(game).map(([key, inner]) => [
      key,
      key === 'signals' && Array.isArray(inner)
        ? inner.filter((id) => signals.has(id))
        : playable(inner, { plays, signals }),
    ]),
  )
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)
