import { Modal } from '@mantine/core'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { DealForm } from '../forms/deal-form.tsx'
import { useDealWords } from '../words.ts'

/** How a deal ended, when and why: the reason teaches the next one. */
export function CloseDialog({ status, onClose }: { status: 'won' | 'lost' | 'no-decision'; onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const { asOf } = useDealView()
  return (
    <Modal opened onClose={onClose} title={t(`closeAs.${status}`)} closeButtonProps={{ 'aria-label': common('close') }}>
      <DealForm
        specs={[
          { name: 'closedOn', as: 'day', required: true },
          { name: 'reason', as: 'words', label: t(`closeWhy.${status}`) },
        ]}
        initial={({ closedOn, reason }) => ({ closedOn: closedOn ?? asOf, reason: reason ?? '' })}
        patchOf={({ closedOn, reason }) => ({ status, closedOn, reason: String(reason ?? '').trim() || null })}
        saveLabel={t(`closeAs.${status}`)}
        says={t(`closedAs.${status}`)}
        close={onClose}
      />
    </Modal>
  )
}
