import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { Member } from '@sente/api'
import { useCommonWords } from '../../shared/words/common.ts'
import { useSettingsWords } from './words.ts'

/** Says what ends before it does. */
export function ResetDialog({
  member: { name },
  onClose,
  onReset,
}: {
  member: Member
  onClose: () => void
  onReset: () => void
}) {
  const t = useSettingsWords()
  const common = useCommonWords()
  return (
    <Modal opened onClose={onClose} title={t('resetOf', { name })} closeButtonProps={{ 'aria-label': common('close') }}>
      <Stack>
        <Text>{t('resetSays', { name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('resetNot')}
          </Button>
          <Button onClick={onReset}>{t('resetGo')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
