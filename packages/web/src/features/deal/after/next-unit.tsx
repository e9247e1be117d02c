import { Modal, Text } from '@mantine/core'
import { routes } from '@sente/api'
import { useNavigate } from '@tanstack/react-router'
import { change } from '../../../shared/api/client.ts'
import { keys } from '../../../shared/api/keys.ts'
import { queryClient } from '../../../shared/api/query-client.ts'
import { undoChange } from '../../../shared/api/undo-change.ts'
import { offerUndo, say } from '../../../shared/undo/undo.tsx'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { useProblemWords } from '../edits.ts'
import { QuickForm } from '../forms/quick.tsx'
import { useAfterWords } from './words.ts'

/** A new deal of the same customer, with what is known of it carried over; one undo takes it back. */
export function NextUnitDialog({ onClose }: { onClose: () => void }) {
  const t = useAfterWords()
  const common = useCommonWords()
  const problem = useProblemWords()
  const navigate = useNavigate()
  const { dealId, whole } = useDealView()
  const open = async (body: { name: string; unit?: string; offer?: string }): Promise<void> => {
    try {
      const { value, changeSet } = await change(routes.deals.nextUnit, { params: { dealId }, body })
      const { deal, carried } = value
      onClose()
      void queryClient.invalidateQueries({ queryKey: keys.deals })
      void queryClient.invalidateQueries({ queryKey: keys.accounts })
      await navigate({ to: '/deals/$dealId', params: { dealId: deal.id } })
      offerUndo(t('opened', { name: deal.name, ...carried }), async () => {
        await undoChange({ dealId: deal.id, recordId: deal.id, changeSet }).catch((error: unknown) =>
          say(problem(error), 'danger'),
        )
        void queryClient.invalidateQueries({ queryKey: keys.deals })
        await navigate({ to: '/deals/$dealId', params: { dealId } })
      })
    } catch (error) {
      say(problem(error), 'danger')
      onClose()
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('next')} closeButtonProps={{ 'aria-label': common('close') }}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('nextSays')}
      </Text>
      <QuickForm
        specs={[
          { name: 'name', as: 'line', label: t('name'), required: true },
          { name: 'unit', as: 'line', label: t('unit') },
          { name: 'offer', as: 'line', label: t('offer') },
        ]}
        initial={{ name: '', unit: '', offer: whole.deal.offer ?? '' }}
        saveLabel={t('openIt')}
        onCancel={onClose}
        onSave={(values) => {
          const line = (name: string): string => String(values[name] ?? '').trim()
          void open({
            name: line('name'),
            ...(line('unit') && { unit: line('unit') }),
            ...(line('offer') && { offer: line('offer') }),
          })
        }}
      />
    </Modal>
  )
}
