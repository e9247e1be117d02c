import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

interface Tree {
  [key: string]: string | Tree
}

const root = fileURLToPath(new URL('../src/', import.meta.url))
const areas = globSync('**/words/en.json', { cwd: root }).map((path) => dirname(path))

const read = (area: string, lang: string): Tree =>
  JSON.parse(readFileSync(`${root}${area}/${lang}.json`, 'utf8')) as Tree

/** Dotted keys with their texts; Chinese has no form for one. */
function flat(tree: Tree, before = ''): Map<string, string> {
  const list = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') list.set(before + key, value)
    else for (const [inner, text] of flat(value, `${before}${key}.`)) list.set(inner, text)
  }
  return list
}

const places = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort()

describe.each(areas)('the words of %s', (area) => {
  const en = flat(read(area, 'en'))
  const zh = flat(read(area, 'zh'))

  test('are the same in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].filter((key) => !key.endsWith('_one')).sort())
  })

  test('leave the same places for values, and none is empty', () => {
    for (const [key, text] of zh) {
      expect([key, text.trim() !== '' && en.get(key)!.trim() !== '']).toEqual([key, true])
      expect([key, places(text)]).toEqual([key, places(en.get(key)!)])
    }
  })

  test('use Chinese marks in Chinese', () => {
    for (const [key, text] of zh) expect([key, /[一-鿿][,;:?!]|\.\.\./.test(text)]).toEqual([key, false])
  })
})
