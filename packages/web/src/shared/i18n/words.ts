import { sayFrom } from './say.ts'
import type { Tree, Values } from './say.ts'
import { useLang } from './use-lang.ts'

/** English has one form for one and one for more, Chinese a single one: `days_one` and `days_other` are asked for as `days`. */
type Plain<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? Plain<K> : `${K}.${Keys<T[K]>}` }[keyof T & string]
/** The same words in the other language: no `_one`, everything else. */
type Same<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Same<T[K]>
}

export type Say<T> = (key: Keys<T>, values?: Values) => string

/**
 * The words of one area in both languages, as a hook: `const useWords = words('method', en, zh)`, then
 * `const t = useWords()` and `t('signals.title')`. Keys are checked by the compiler; they come along with the area's code.
 */
export function words<T extends Tree>(_area: string, en: T, zh: Same<T>): () => Say<T> {
  const say = { en: sayFrom(en, 'en') as Say<T>, zh: sayFrom(zh as Tree, 'zh') as Say<T> }
  return () => say[useLang()]
}
