import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core'
import { isMac, useShortcuts } from '../../shared/shortcuts/shortcuts.ts'
import { useCommonWords } from '../../shared/words/common.ts'
import { useShellWords } from './words.ts'

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': '␣',
}
const nameOf = (key: string): string => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)

function Keys({ keys }: { keys: string }) {
  const t = useShellWords()
  if (keys.startsWith('mod+')) return <Kbd>{`${isMac ? '⌘' : 'Ctrl '}${nameOf(keys.slice(4))}`}</Kbd>
  const [first, then] = keys.split(' ')
  return (
    <Group gap={6} wrap="nowrap">
      <Kbd>{nameOf(first || ' ')}</Kbd>
      {then && (
        <>
          <Text size="xs" c="dimmed">
            {t('keys.then')}
          </Text>
          <Kbd>{nameOf(then)}</Kbd>
        </>
      )}
    </Group>
  )
}

/** Every shortcut that is live on this screen, by area. */
export function Help({ onClose }: { onClose: () => void }) {
  const t = useShellWords()
  const common = useCommonWords()
  const shortcuts = useShortcuts()
  const areas = [...new Set(shortcuts.map(({ area }) => area))]
  return (
    <Modal opened onClose={onClose} title={t('help')} closeButtonProps={{ 'aria-label': common('close') }} size="md">
      <Stack gap="lg">
        {areas.map((area) => (
          <Stack key={area} gap={6}>
            <Title order={3} size="h4">
              {area}
            </Title>
            {shortcuts
              .filter((shortcut) => shortcut.area === area)
              .map(({ keys, says }) => (
                <Group key={keys} justify="space-between" wrap="nowrap">
                  <Text size="sm">{says}</Text>
                  <Keys keys={keys} />
                </Group>
              ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  )
}
