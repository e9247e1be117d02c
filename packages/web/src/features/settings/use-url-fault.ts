import { useState } from 'react'
import { problemOf } from '../../shared/api/problem.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'

/** What is wrong with an address that was typed, beside its field, as the server says it. */
export function useUrlFault(): { fault: string | undefined; here: (error: unknown) => boolean; forget: () => void } {
  const lang = useLang()
  const [what, setWhat] = useState<{ en: string; zh: string }>()
  return {
    fault: what?.[lang],
    here(error) {
      const found = problemOf(error).faults?.find(({ field }) => field === 'body.url')
      setWhat(found?.what)
      return found !== undefined
    },
    forget: () => setWhat(undefined),
  }
}
