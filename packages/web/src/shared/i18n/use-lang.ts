import { useTranslation } from 'react-i18next'
import { i18n, isLang } from './i18n.ts'
import type { Lang } from './i18n.ts'

/** The language shown; the component follows when it changes. */
export function useLang(): Lang {
  const { i18n: live } = useTranslation(undefined, { i18n })
  return isLang(live.language) ? live.language : 'en'
}

/** Of a text in both languages (the method's, an error's), the one to show. */
export function useText(): (text: { readonly en: string; readonly zh: string }) => string {
  const lang = useLang()
  return (text) => text[lang]
}
