import type { Deal } from '@sente/api'
import { useState } from 'react'
import type { Patch } from '../../../shared/api/edits-model.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { useDealWords } from '../words.ts'
import { QuickForm } from './quick.tsx'
import type { FieldSpec, Values } from './spec.ts'

interface DealFormProps {
  specs: readonly FieldSpec[]
  initial: (deal: Deal) => Values
  /** What the fields say of the deal; undefined where it cannot be written, which leaves the form open. */
  patchOf: (values: Values) => Patch | undefined
  close: () => void
  /** In the past tense; "Deal changed" where it is left out. */
  says?: string
  saveLabel?: string
}

/**
 * A few fields of the deal itself. It changes the deal as the reader saw it when the form was opened: what somebody else wrote meanwhile is asked
 * about, and not written over.
 */
export function DealForm({ specs, initial, patchOf, close, says, ...labels }: DealFormProps) {
  const t = useDealWords()
  const { whole } = useDealView()
  const run = useEdits()
  const [seen] = useState(whole.deal)
  return (
    <QuickForm
      {...labels}
      specs={specs}
      initial={initial(seen)}
      onCancel={close}
      onSave={(values) => {
        const patch = patchOf(values)
        if (patch === undefined) return
        run(says ?? t('dealChanged'), (batch) => batch.update('deal', seen, patch))
        close()
      }}
    />
  )
}
