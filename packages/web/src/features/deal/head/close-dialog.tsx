import { Modal } from '@mantine/core'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { QuickForm } from '../forms/quick.tsx'
import { useDealWords } from '../words.ts'

/** How a deal ended, when and why: the reason teaches the next one. */
export function CloseDialog({ status, onClose }: { status: 'won' | 'lost' | 'no-decision'; onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const { whole, asOf } = useDealView()
  const run = useEdits()
  return (
    <Modal opened onClose={onClose} title={t(`closeAs.${status}`)} closeButtonProps={{ 'aria-label': common('close') }}>
      <QuickForm
        specs={[
          { name: 'closedOn', as: 'day', required: true },
          { name: 'reason', as: 'words', label: t(`closeWhy.${status}`) },
        ]}
        initial={{ closedOn: whole.deal.closedOn ?? asOf, reason: whole.deal.reason ?? '' }}
        saveLabel={t(`closeAs.${status}`)}
        onCancel={onClose}
        onSave={({ closedOn, reason }) => {
          run(t(`closedAs.${status}`), (batch) =>
            batch.update('deal', whole.deal, { status, closedOn, reason: String(reason ?? '').trim() || null }),
          )
          onClose()
        }}
      />
    </Modal>
  )
}
