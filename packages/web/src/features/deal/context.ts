import type { DealWhole } from '@sente/api'
import { createContext, useContext } from 'react'
import type { DealReading } from '../../shared/api/deal.ts'
import type { Target } from '../../shared/api/edits-model.ts'
import type { MethodIndex } from './model/method-index.ts'
import type { DealPerson } from './model/people.ts'

/** What the side panel edits: a new record with some fields filled in, or one that is there. */
export interface Editing {
  target: Target
  id?: string
  prefill?: Readonly<Record<string, unknown>>
}

/** Everything the sections of a deal's page share. `brief` is of what is shown, drafts included. */
export interface DealView extends DealReading {
  dealId: string
  /** Without what is only being considered; says the same as the rest when nothing is. */
  known: DealReading
  may: { write: boolean; sensitive: boolean; share: boolean }
  /** The page looks at an earlier day: nothing can be changed. */
  past: boolean
  index: MethodIndex
  people: readonly DealPerson[]
  byKey: ReadonlyMap<string, DealPerson>
  byPerson: ReadonlyMap<string, DealPerson>
  edit: (editing: Editing) => void
  /** Shows the deal as it would be; null: as it is. */
  preview: (change: ((whole: DealWhole) => DealWhole) | null) => void
}

const Context = createContext<DealView | null>(null)
export const DealProvider = Context.Provider

export function useDealView(): DealView {
  const view = useContext(Context)
  if (!view) throw new Error('outside of a deal’s page')
  return view
}
