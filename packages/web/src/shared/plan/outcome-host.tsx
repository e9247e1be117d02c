import { useEffect, useSyncExternalStore } from 'react'
import { later } from '../later/later.tsx'
import type { OutcomeStep } from './outcome-dialog.tsx'

const Dialog = later(() => import('./outcome-dialog.tsx').then((module) => module.OutcomeDialog), { fails: 'over' })

let asked: OutcomeStep | null = null
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Opens the form in which one says how a step went; null closes it. */
export function askOutcome(step: OutcomeStep | null): void {
  asked = step
  for (const listener of listeners) listener()
}
export const outcomeAhead = (): void => Dialog.ahead()

/** Where the form stands: not within the step, which goes once it is said how it went. */
export function OutcomeHost() {
  const step = useSyncExternalStore(subscribe, () => asked)
  useEffect(() => () => askOutcome(null), [])
  return step && <Dialog key={step.planStepId ?? step.name} step={step} onClose={() => askOutcome(null)} />
}
