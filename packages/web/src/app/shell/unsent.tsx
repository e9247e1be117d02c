import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useCommonWords } from '../../shared/words/common.ts'
import { useShellWords } from './words.ts'

/** Asked before leaving: this device is the only place that has these notes, and leaving empties it. */
export function Unsent({ count, onLeave, onClose }: { count: number; onLeave: () => void; onClose: () => void }) {
  const t = useShellWords()
  const common = useCommonWords()
  return (
    <Modal opened onClose={onClose} title={t('unsent.title')} closeButtonProps={{ 'aria-label': common('close') }}>
      <Stack>
        <Text size="sm">{t('unsent.says', { count })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('unsent.stay')}
          </Button>
          <Button color="red" onClick={onLeave}>
            {t('unsent.leave', { count })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
