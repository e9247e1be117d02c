import { Alert, Button, Group, Text } from '@mantine/core'
import { ERRORS } from '@sente/api'
import { IconCloudOff } from '@tabler/icons-react'
import { dropWaiting, sendWaiting, useWaiting } from '../../../shared/api/outbox.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { Line, Lines } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'

/** Notes that were written without a connection and wait on this device. */
export function OutboxNotice() {
  const t = useDealWords()
  const common = useCommonWords()
  const text = useText()
  const { dealId } = useDealView()
  const waiting = useWaiting().filter((one) => one.dealId === dealId)
  if (waiting.length === 0) return null
  return (
    <Alert
      color="tide"
      icon={<IconCloudOff size={18} />}
      mb="sm"
      py="xs"
      title={t('outbox.title', { count: waiting.length })}
    >
      <Lines>
        {waiting.map(({ id, body, refused }) => (
          <Line
            key={id}
            actions={
              refused && (
                <Button size="compact-xs" variant="subtle" onClick={() => void dropWaiting(id)}>
                  {t('outbox.drop')}
                </Button>
              )
            }
          >
            <Text size="sm" lineClamp={2}>
              {body.note.text}
            </Text>
            {refused && (
              <Text size="xs" c="red">
                {text(ERRORS[refused as 'internal']?.what ?? ERRORS.internal.what)}
              </Text>
            )}
          </Line>
        ))}
      </Lines>
      <Group gap="xs" mt={6}>
        <Button size="compact-xs" variant="default" onClick={() => void sendWaiting()}>
          {common('retry')}
        </Button>
      </Group>
    </Alert>
  )
}
