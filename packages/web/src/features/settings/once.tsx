import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { useSettingsWords } from './words.ts'

/** A secret that is shown once, to be copied now. */
export function Once({
  title,
  says,
  secret,
  onClose,
}: {
  title: string
  says?: string
  secret: string
  onClose: () => void
}) {
  const t = useSettingsWords()
  return (
    <Alert title={title} withCloseButton closeButtonLabel={t('close')} onClose={onClose}>
      {says !== undefined && (
        <Text size="sm" mb="xs">
          {says}
        </Text>
      )}
      <Group gap="xs">
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  )
}
