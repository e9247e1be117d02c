import { useSyncExternalStore } from 'react'
import { currentLang, onLang } from './i18n.ts'
import type { Lang } from './i18n.ts'

/** The language shown; the component follows when it changes. */
export const useLang = (): Lang => useSyncExternalStore(onLang, currentLang)

/** Of a text in both languages (the method's, an error's), the one to show. */
export function useText(): (text: { readonly en: string; readonly zh: string }) => string {
  const lang = useLang()
  return (text) => text[lang]
}
