import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { useNotifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import '@mantine/core/styles.layer.css'
import '../theme/fonts.css'
import '../theme/base.css'
import { queryClient } from '../api/query-client.ts'
import { later } from '../later/later.tsx'
import { cssVariables, theme } from '../theme/theme.ts'
import { styleNonce } from './nonce.ts'

/** They come with the first click or key, before which there is nothing to say: that the server cannot be reached is said when nothing can be fetched any more. */
const Toasts = later(() => import('../undo/toasts.tsx').then((file) => file.Toasts), { fails: 'nowhere' })

const colorSchemeManager = localStorageColorSchemeManager({ key: 'sente.theme' })

/** Chinese letters come in a hundred small files, fetched as they are met; their table (34 kB) waits for the first paint. */
function useChineseFont(): void {
  useEffect(() => void import('../theme/noto.ts').catch(() => {}), [])
}

/** Paper is white, whatever the theme of the screen. */
function useLightPaper(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    const print = matchMedia('print')
    let before: string | undefined
    const change = (): void => {
      if (print.matches) before = dataset.mantineColorScheme
      const scheme = print.matches ? 'light' : before
      if (scheme) dataset.mantineColorScheme = scheme
    }
    print.addEventListener('change', change)
    return () => print.removeEventListener('change', change)
  }, [])
}

function WhenSaid() {
  const { notifications } = useNotifications()
  const [came, setCame] = useState(false)
  useEffect(() => {
    const begun = new AbortController()
    const begin = (): void => {
      begun.abort()
      Toasts.ahead()
    }
    for (const sign of ['pointerdown', 'keydown'])
      addEventListener(sign, begin, { capture: true, passive: true, signal: begun.signal })
    return () => begun.abort()
  }, [])
  if (notifications.length > 0 && !came) setCame(true)
  return came && <Toasts />
}

/** Everything a screen stands on besides its address: theme, words, data, toasts. Also used by the stories. */
export function Providers({ children }: { children: ReactNode }) {
  useChineseFont()
  useLightPaper()
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        {children}
        <WhenSaid />
      </QueryClientProvider>
    </MantineProvider>
  )
}
