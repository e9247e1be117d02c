import { Modal } from '@mantine/core'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { QuickForm } from '../forms/quick.tsx'
import { useDealWords } from '../words.ts'

export function RenameDialog({ onClose }: { onClose: () => void }) {
  const t = useDealWords()
  const common = useCommonWords()
  const { whole } = useDealView()
  const { deal } = whole
  const run = useEdits()
  return (
    <Modal opened onClose={onClose} title={t('rename')} closeButtonProps={{ 'aria-label': common('close') }}>
      <QuickForm
        specs={[
          { name: 'name', as: 'line', required: true },
          { name: 'goal', as: 'known', label: t('ourGoal') },
          { name: 'openedOn', as: 'day' },
          { name: 'firstContactOn', as: 'day' },
        ]}
        initial={{ name: deal.name, goal: deal.goal, openedOn: deal.openedOn, firstContactOn: deal.firstContactOn }}
        onCancel={onClose}
        onSave={({ name, goal, openedOn, firstContactOn }) => {
          run(t('dealChanged'), (batch) =>
            batch.update('deal', deal, {
              name: String(name).trim(),
              goal: goal === '' || goal === undefined ? null : goal,
              openedOn: openedOn || null,
              firstContactOn: firstContactOn || null,
            }),
          )
          onClose()
        }}
      />
    </Modal>
  )
}
