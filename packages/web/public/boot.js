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
  const onFiles = document.querySelector('meta[name=sente-files]')?.dataset
  const lang =
    stored('sente.lang') ?? onFiles?.lang ?? navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'en'
  const zh = /^zh/i.test(lang)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  document.documentElement.lang = zh ? 'zh-CN' : 'en'

  // What the address will take is fetched beside the program, not after it: the files of its screen, which the build names in the page,
  // and the answers it asks first, which the program takes over (src/shared/api/prefetch.ts). The stories name none.
  const files = document.querySelector('meta[name=prefetch]')?.dataset
  const [, place, id] = location.pathname.split('/')
  if (files?.method && place !== 'signin' && place !== 'welcome' && navigator.onLine) {
    const screen = place === '' ? 'today' : place !== 'deals' ? undefined : id ? 'deal' : 'deals'
    const link = (href, attributes) =>
      document.head.append(Object.assign(document.createElement('link'), { href, ...attributes }))
    for (const name of files[screen]?.split(' ') ?? []) {
      if (name.endsWith('.css')) link(name, { rel: 'preload', as: 'style', crossOrigin: '' })
      else if (name) link(name, { rel: 'modulepreload' })
    }
    if (screen === 'deal') link(files.method, { rel: 'preload', as: 'fetch', crossOrigin: '' })
    // Somebody who left without a connection is not let in by the session that has yet to end.
    if (stored('sente.leaving') !== 'yes') {
      const language = zh ? 'zh' : 'en'
      const ask = (address) => {
        const stop = new AbortController()
        const answer = fetch(address, {
          headers: { accept: 'application/json', 'accept-language': language },
          credentials: 'same-origin',
          signal: stop.signal,
        })
        // Whoever takes it over hears of it.
        answer.catch(() => {})
        return [address, { answer, stop, language, at: performance.now() }]
      }
      const wanted = ['/api/v1/me']
      if (screen === 'deal' && /^[\da-f-]{36}$/i.test(id)) wanted.push(`/api/v1/deals/${id}?include=all`)
      window.sentePrefetch = new Map(wanted.map(ask))
    }
  }
}
