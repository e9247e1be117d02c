import type { Lang } from './i18n.ts'

export interface Tree {
  readonly [key: string]: string | Tree
}
/** `count` chooses the plural; all others stand in for `{{name}}`. */
export type Values = Record<string, string | number>

/** Dotted keys with their texts. */
function flat(tree: Tree, into: Map<string, string>, before = ''): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(before + key, value)
    else flat(value, into, `${before}${key}.`)
  }
  return into
}

/** The text of a key with its values in place. A key of one and more takes the form for `count`. */
export function sayFrom(tree: Tree, lang: Lang): (key: string, values?: Values) => string {
  let texts: Map<string, string> | undefined
  const plural = new Intl.PluralRules(lang)
  return (key, values) => {
    texts ??= flat(tree, new Map())
    const form = typeof values?.count === 'number' ? plural.select(values.count) : 'other'
    const text = texts.get(key) ?? texts.get(`${key}_${form}`) ?? texts.get(`${key}_other`) ?? key
    return values ? text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place)) : text
  }
}
