import { useMemo } from 'react'
import type { Lang } from '../i18n/i18n.ts'
import { useLang } from '../i18n/use-lang.ts'
import { formatFor } from './format-for.ts'
import type { Format } from './format-for.ts'

export type { Format }

const formats = new Map<Lang, Format>()
export function useFormat(): Format {
  const lang = useLang()
  return useMemo(() => {
    let format = formats.get(lang)
    if (!format) formats.set(lang, (format = formatFor(lang)))
    return format
  }, [lang])
}
