import { useEffect, useRef, useState } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useDealView } from '../context.ts'
import { askedPlan, livePlan } from './live-plan.ts'
import type { LivePlan, Tried } from './live-plan.ts'

/** A step that is being moved, and what the plan would be with it there. */
export interface Trial {
  id: string
  on: string
  tried?: Tried
}
export interface Moved {
  id: string
  own?: string
  play?: string | undefined
  with: readonly string[]
}

/**
 * What the plan would be with a step on another day, while it is being moved. Nothing is kept. The thread that makes plans is there from the
 * first move to the end of the page.
 */
export function useTrial(answer: PlanAnswer): {
  trial: Trial | null
  attempt: (moved: Moved, on: string) => void
  end: () => void
} {
  const { whole, methodology, asOf, may, dealId } = useDealView()
  const [trial, setTrial] = useState<Trial | null>(null)
  const live = useRef<{ of: PlanAnswer; whole: unknown; plan: LivePlan } | null>(null)
  useEffect(() => () => live.current?.plan.close(), [])
  const failed = (): void => {}
  return {
    trial,
    attempt({ id, own, play, with: people }, on) {
      setTrial((now) => (now?.id === id ? { ...now, on } : { id, on }))
      if (play === undefined) return
      // A plan is made of what the deal is now.
      if (live.current?.of !== answer || live.current.whole !== whole) {
        live.current?.plan.close()
        const plan = may.sensitive
          ? livePlan({ whole, answer, methodology, asOf }, failed)
          : askedPlan(dealId, answer.plan.style, failed)
        live.current = { of: answer, whole, plan }
      }
      live.current.plan.attempt({ ...(own !== undefined && { own }), play, with: people, on }, (tried) =>
        setTrial((now) => (now?.id === id ? { ...now, tried } : now)),
      )
    },
    end: () => setTrial(null),
  }
}
