import { useQueryClient } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '../../shared/api/problem.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { say } from '../../shared/undo/undo.tsx'
import { useSettingsWords } from './words.ts'

/**
 * Runs a change, says what came of it, and has what shows it fetched again. Resolves to undefined when it failed. `here` says whether a failure is
 * told in its own place, such as beside a field.
 */
export function useAct(): {
  busy: boolean
  act: <T>(
    work: () => Promise<T>,
    options?: { says?: string; refresh?: QueryKey; also?: QueryKey; here?: (error: unknown) => boolean },
  ) => Promise<T | undefined>
} {
  const t = useSettingsWords()
  const lang = useLang()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async act(work, { says, refresh, also, here } = {}) {
      setBusy(true)
      try {
        const result = await work()
        if (says !== undefined) say(says)
        return result
      } catch (error) {
        if (here?.(error)) return undefined
        const { kind, what, detail, faults } = problemOf(error)
        const more = faults?.map((fault) => fault.what[lang]).join(' ') ?? detail
        say(kind === 'offline' ? t('offline') : [what?.[lang] ?? t('failed'), more].filter(Boolean).join(' '), 'danger')
        return undefined
      } finally {
        setBusy(false)
        for (const queryKey of [refresh, also]) if (queryKey) await client.invalidateQueries({ queryKey })
      }
    },
  }
}
