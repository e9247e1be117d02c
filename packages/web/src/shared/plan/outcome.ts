import { routes } from '@sente/api'
import type { CallInput, PlanAnswer } from '@sente/api'
import { change } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { planQuery } from '../api/plan.ts'
import { queryClient } from '../api/query-client.ts'
import { undoChange } from '../api/undo-change.ts'
import { newIn } from './outcome-model.ts'
import type { Changed } from './outcome-model.ts'

export type OutcomeBody = CallInput<typeof routes.plan.outcome>['body']
export interface Said {
  /** What the plan was changed to by it. */
  changed: readonly Changed[]
  answer: PlanAnswer | undefined
  undo: () => Promise<void>
}

async function lookAgain(dealId: string): Promise<void> {
  for (const queryKey of [keys.today, keys.deals]) void queryClient.invalidateQueries({ queryKey })
  await queryClient.invalidateQueries({ queryKey: keys.deal(dealId) })
}

/**
 * Says how a step went: the touch, promises and the next date in one change, which can be taken back as a whole. Tells what the plan, made
 * again, has changed. Throws what the server refuses.
 */
export async function sayOutcome(dealId: string, body: OutcomeBody, idempotencyKey: string): Promise<Said> {
  const { queryKey } = planQuery(dealId)
  const before = queryClient.getQueryData(queryKey)
  const { value } = await change(routes.plan.outcome, { params: { dealId }, body, idempotencyKey })
  await lookAgain(dealId)
  // The change stands; where the plan cannot be read now, nothing is said of it.
  const after = await queryClient.fetchQuery({ ...planQuery(dealId), staleTime: 0 }).catch(() => undefined)
  return {
    changed: before && after ? newIn(before.changed, after.changed) : [],
    answer: after,
    undo: async () => {
      await undoChange({ dealId, changeSet: value.changeSet })
      await lookAgain(dealId)
    },
  }
}
