import type { FactInput, KindName } from '@sente/api'
import { newId } from '../../shared/api/client.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { bringRecord, createRecord, removeRecord, updateRecord } from '../../shared/api/edits.ts'
import type { Done, Outcome } from '../../shared/api/edits.ts'
import type { AnyRecord, Patch, Target } from '../../shared/api/edits-model.ts'
import { problemOf } from '../../shared/api/problem.ts'
import { offerAgain, offerUndo, say } from '../../shared/undo/undo.tsx'
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
 * What the server does not take is kept to be tried again: whatever was typed would be lost with it.
 */
export function useEdits(): (says: string, work: (batch: Batch) => void) => void {
  const { dealId } = useDealView()
  const common = useCommonWords()
  const words = useProblemWords()
  return (says, work) => {
    const done: Done[] = []
    const failures: { error: unknown; again: () => void }[] = []
    // One for the work itself: what turns out to change nothing settles at once.
    let open = 1
    const settle = (): void => {
      if (--open > 0) return
      const failed = failures.splice(0)
      if (failed[0]) {
        offerAgain(words(failed[0].error), () => {
          open++
          for (const { again } of failed) again()
          settle()
        })
      }
      const kept = done.splice(0)
      if (kept.length === 0) return
      offerUndo(says, async () => {
        try {
          for (const { undo } of kept.toReversed()) await undo()
          say(common('undone'))
        } catch (error) {
          say(words(error), 'danger')
        }
      })
    }
    const attempt = (act: (outcome: Outcome) => void): void => {
      open++
      act({
        name: says,
        done: (one) => {
          done.push(one)
          settle()
        },
        failed: (error) => {
          failures.push({ error, again: () => attempt(act) })
          settle()
        },
        unchanged: settle,
      })
    }
    // The same id each time: a second attempt at what did arrive adds nothing.
    const create = (target: KindName | 'person', fields: Patch): string => {
      const id = newId()
      attempt((outcome) => createRecord(dealId, target, id, fields, outcome))
      return id
    }
    work({
      create: (kind, fields) => create(kind, fields as Patch),
      createPerson: (fields) => create('person', fields),
      bring: (target, record) => bringRecord(dealId, target, record as AnyRecord),
      update: (target, base, patch) =>
        attempt((outcome) => updateRecord(dealId, target, base as AnyRecord, patch, outcome)),
      remove: (target, base) => attempt((outcome) => removeRecord(dealId, target, base as AnyRecord, outcome)),
    })
    settle()
  }
}
