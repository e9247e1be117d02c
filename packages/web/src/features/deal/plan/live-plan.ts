import { routes } from '@sente/api'
import type { PlanAnswer } from '@sente/api'
import type { Plan } from '@sente/engine'
import { api } from '../../../shared/api/client.ts'
import type { Ask, Base, Move, Told } from './plan-worker.ts'

export type Tried = Pick<Plan, 'steps' | 'cannot'> & { changed: Plan['changed'] }

export interface LivePlan {
  /** Of several questions in a row only the last is answered. */
  attempt: (move: Move, answer: (tried: Tried) => void) => void
  close: () => void
}

/** Plans in a thread of its own, so that a step that is dragged moves the others while the hand moves. */
export function livePlan(base: Base, failed: () => void): LivePlan {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' })
  let last = 0
  let busy = false
  let next: Move | undefined
  let tell: (tried: Tried) => void = () => {}
  const ask = (question: Ask): void => worker.postMessage(question)
  const send = (move: Move): void => {
    busy = true
    ask({ kind: 'try', id: ++last, move })
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    busy = false
    if (next) {
      send(next)
      next = undefined
    } else if (data.id === last) tell(data.plan)
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    failed()
  })
  ask({ kind: 'base', base })
  return {
    attempt(move, answer) {
      tell = answer
      if (busy) next = move
      else send(move)
    },
    close: () => worker.terminate(),
  }
}

/** Who may not see all that a plan is made of asks the server, which has it. */
export function askedPlan(dealId: string, style: PlanAnswer['plan']['style'], failed: () => void): LivePlan {
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    attempt({ own, play, with: people, on }, answer) {
      clearTimeout(timer)
      const id = ++last
      timer = setTimeout(() => {
        api
          .call(routes.plan.preview, {
            params: { dealId },
            body:
              own === undefined
                ? { style, locks: [{ play, with: [...people], on }] }
                : { style, moved: [{ planStepId: own, on }] },
          })
          .then(({ plan, changed }) => id === last && answer({ ...plan, changed }), failed)
      }, PAUSE_MS)
    },
    close: () => clearTimeout(timer),
  }
}
const PAUSE_MS = 150
