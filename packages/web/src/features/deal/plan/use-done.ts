import type { DealWhole } from '@sente/api'
import { newId } from '../../../shared/api/client.ts'
import { withRecord } from '../../../shared/api/edits-model.ts'
import { keys } from '../../../shared/api/keys.ts'
import { queryClient } from '../../../shared/api/query-client.ts'
import { sayOutcome } from '../../../shared/plan/outcome.ts'
import { offerUndo, say } from '../../../shared/undo/undo.tsx'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import type { Fact } from '../model/fact.ts'
import { useDealWords } from '../words.ts'

/** Ticks a step off: it is done and a touch of today, at once on the page, with its way back. */
export function useDone(): (step: Fact<'planStep'>) => Promise<void> {
  const t = useDealWords()
  const common = useCommonWords()
  const words = useProblemWords()
  const { dealId } = useDealView()
  return async (step) => {
    const queryKey = keys.dealWhole(dealId)
    await queryClient.cancelQueries({ queryKey })
    queryClient.setQueryData<DealWhole>(
      queryKey,
      (whole) => whole && withRecord(whole, 'planStep', step.id, { ...step, status: 'done' }),
    )
    try {
      const { undo } = await sayOutcome(
        dealId,
        { planStepId: step.id, outcome: 'done', promises: [], kept: [] },
        newId(),
      )
      offerUndo(t('plan.done'), () =>
        undo().then(
          () => say(common('undone')),
          (error: unknown) => say(words(error), 'danger'),
        ),
      )
    } catch (error) {
      say(words(error), 'danger')
      queryClient.setQueryData<DealWhole>(
        queryKey,
        (whole) => whole && withRecord(whole, 'planStep', step.id, { ...step }),
      )
      void queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
    }
  }
}
