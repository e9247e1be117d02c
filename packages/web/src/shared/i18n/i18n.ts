import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The two languages of the product; both are equal, and every text exists in both. */
export const LANGS = ['en', 'zh'] as const
export type Lang = (typeof LANGS)[number]

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
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return spoken.find(isLang) ?? 'en'
}

export const i18n = i18next.createInstance()
void i18n.use(initReactI18next).init({
  lng: first(),
  fallbackLng: 'en',
  supportedLngs: LANGS,
  resources: {},
  initAsync: false,
  // React escapes.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
})

export const currentLang = (): Lang => (isLang(i18n.language) ? i18n.language : 'en')

const tell = (lang: Lang): void => void (document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en')
tell(currentLang())

/** Switches the whole application; `keep` false when it only follows the profile. */
export async function setLang(lang: Lang, keep = true): Promise<void> {
  if (keep) {
    try {
      localStorage.setItem(KEY, lang)
    } catch {
      // Then it holds until the page is closed.
    }
  }
  tell(lang)
  if (lang !== i18n.language) await i18n.changeLanguage(lang)
}
