// Before anything is drawn: the chosen theme and language, so that nothing flashes. A file of its own, because the
// Content-Security-Policy allows no script in the page.
{
  const stored = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const scheme = stored('sente.theme')
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const lang = stored('sente.lang') ?? navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'en'
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  document.documentElement.lang = /^zh/i.test(lang) ? 'zh-CN' : 'en'
}
