import type { Lang } from '@sente/engine'

export type { Lang }
/** The two languages of the product; both are equal, and every text exists in both. */
export const LANGS = ['en', 'zh'] as const satisfies readonly Lang[]

const KEY = 'sente.lang'
export const isLang = (value: unknown): value is Lang => LANGS.includes(value as Lang)

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    // Storage may be forbidden; then the browser's languages decide.
    return null
  }
}

/** What was chosen here, else the first of the browser's languages that we speak, else English. */
function first(): Lang {
  const chosen = stored()
  if (isLang(chosen)) return chosen
  const asked = document.querySelector<HTMLMetaElement>('meta[name=sente-files]')?.dataset['lang']
  if (isLang(asked)) return asked
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return spoken.find(isLang) ?? 'en'
}

let shown = first()
const listeners = new Set<() => void>()

export const currentLang = (): Lang => shown

/** Calls back whenever the language changes. */
export function onLang(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const tell = (lang: Lang): void => void (document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en')
tell(shown)

/** Switches the whole application; `keep` false when it only follows the profile. */
export function setLang(lang: Lang, keep = true): void {
  if (keep) {
    try {
      localStorage.setItem(KEY, lang)
    } catch {
      // Then it holds until the page is closed.
    }
  }
  tell(lang)
  if (lang === shown) return
  shown = lang
  for (const listener of listeners) listener()
}
