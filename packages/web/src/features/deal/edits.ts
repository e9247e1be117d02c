import type { FactInput, KindName } from '@sente/client'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { bringRecord, createRecord, removeRecord, updateRecord } from '../../shared/api/edits.ts'
import type { Done, Outcome } from '../../shared/api/edits.ts'
import type { AnyRecord, Patch, Target } from '../../shared/api/edits-model.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { offerUndo, say } from '../../shared/undo/undo.tsx'
import { useCommonWords } from '../../shared/words/common.ts'
import { useDealView } from './context.ts'

/** Several changes that the reader made as one, and takes back as one. */
export interface Batch {
  create: <K extends KindName>(kind: K, fields: FactInput<K>) => string
  createPerson: (fields: Patch) => string
  /** Shows a record that is there already and that the deal did not have so far: somebody known who joins it. */
  bring: (target: 'person', record: { id: string; version: number }) => void
  update: (target: Target, base: { id: string; version: number }, patch: Patch) => void
  remove: (target: Exclude<Target, 'deal' | 'account'>, base: { id: string; version: number }) => void
}

/** Words of a problem for a toast. */
export function useProblemWords(): (error: unknown) => string {
  const common = useCommonWords()
  const lang = useLang()
  return (error) => {
    const { kind, what, detail } = problemOf(error)
    if (kind === 'offline') return common('error.offline')
    return [what?.[lang] ?? common('error.title'), detail].filter(Boolean).join(' ')
  }
}

/**
 * Changes this deal at once and says what was done, with the way back. `says` is in the past tense, such as "Touch added".
 * An empty one changes without a word (a node dragged on the map).
 */
export function useEdits(): (says: string, work: (batch: Batch) => void) => void {
  const { dealId } = useDealView()
  const common = useCommonWords()
  const words = useProblemWords()
  return (says, work) => {
    const done: Done[] = []
    // One for the work itself: what turns out to change nothing settles at once.
    let open = 1
    const settle = (): void => {
      if (--open > 0 || done.length === 0 || says === '') return
      offerUndo(says, async () => {
        try {
          for (const { undo } of done.toReversed()) await undo()
          say(common('undone'))
        } catch (error) {
          say(words(error), 'danger')
        }
      })
    }
    const outcome = (): Outcome => {
      open++
      return {
        name: says,
        done: (one) => {
          done.push(one)
          settle()
        },
        failed: (error) => {
          say(words(error), 'danger')
          settle()
        },
        unchanged: settle,
      }
    }
    work({
      create: (kind, fields) => createRecord(dealId, kind, fields as Patch, outcome()),
      createPerson: (fields) => createRecord(dealId, 'person', fields, outcome()),
      bring: (target, record) => bringRecord(dealId, target, record as AnyRecord),
      update: (target, base, patch) => updateRecord(dealId, target, base as AnyRecord, patch, outcome()),
      remove: (target, base) => removeRecord(dealId, target, base as AnyRecord, outcome()),
    })
    settle()
  }
}
