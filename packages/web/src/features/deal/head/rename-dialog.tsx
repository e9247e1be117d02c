import { Modal } from '@mantine/core'
import { useCommonWords } from '../../../shared/words/common.ts'
import { DealForm } from '../forms/deal-form.tsx'
import { useDealWords } from '../words.ts'

export function RenameDialog({ onClose }: { onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  return (
    <Modal opened onClose={onClose} title={t('rename')} closeButtonProps={{ 'aria-label': common('close') }}>
      <DealForm
        specs={[
          { name: 'name', as: 'line', required: true },
          { name: 'goal', as: 'known', label: t('ourGoal') },
          { name: 'openedOn', as: 'day' },
          { name: 'firstContactOn', as: 'day' },
        ]}
        initial={({ name, goal, openedOn, firstContactOn }) => ({ name, goal, openedOn, firstContactOn })}
        patchOf={({ name, goal, openedOn, firstContactOn }) => ({
          name: String(name).trim(),
          goal: goal === '' || goal === undefined ? null : goal,
          openedOn: openedOn || null,
          firstContactOn: firstContactOn || null,
        })}
        close={onClose}
      />
    </Modal>
  )
}
