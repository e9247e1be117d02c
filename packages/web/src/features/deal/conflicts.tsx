import type { DealWhole } from '@sente/api'
import { useQueryClient } from '@tanstack/react-query'
import { Choice } from '../../shared/api/conflict-choice.tsx'
import type { Conflict } from '../../shared/api/conflicts.ts'
import { keys } from '../../shared/api/keys.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { indexOf } from './model/method-index.ts'
import { useValueWordsOf } from './parts/value-words.tsx'

/** Asks which version stays, of whatever record on whatever screen; in it the words of the deal's page are at home. */
export function ConflictDialog({ conflict }: { conflict: Conflict; onClose: () => void }) {
  const client = useQueryClient()
  const { dealId } = conflict.current as { dealId?: string }
  const whole = client.getQueryData<DealWhole>(keys.dealWhole(dealId ?? conflict.dealId ?? conflict.current.id))
  return <Choice conflict={conflict} show={useValueWordsOf(whole ?? {}, indexOf(useMethodology()))} />
}
