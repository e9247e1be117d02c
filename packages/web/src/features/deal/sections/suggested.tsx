import { ActionIcon, Group } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { EditButton, Line, Lines, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import { EvidenceWords } from './evidence-words.tsx'

/** Evidence that was suggested and nobody has judged: it counts half until somebody does. */
export function SuggestedPanel() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, index, may } = useDealView()
  const run = useEdits()
  const waiting = (whole.evidence ?? [])
    .filter(({ status, version }) => status === 'suggested' && version > 0)
    .sort((a, b) => b.on.localeCompare(a.on))
  if (waiting.length === 0) return null
  return (
    <Panel title={t('suggested.title', { count: waiting.length })} says={t('suggested.says')} id="suggested">
      <Lines>
        {waiting.map((piece) => {
          const name = text(index.signals.get(piece.signal)?.name ?? { en: piece.signal, zh: piece.signal })
          const judge = (status: 'confirmed' | 'rejected'): void =>
            run(t(status === 'confirmed' ? 'evidence.confirmed' : 'evidence.rejected'), (batch) =>
              batch.update('evidence', piece, { status }),
            )
          return (
            <Line
              key={piece.id}
              day={format.day(piece.on)}
              actions={
                may.write && (
                  <Group gap={4} wrap="nowrap">
                    <ActionIcon
                      size="sm"
                      variant="light"
                      color="tide"
                      aria-label={t('capture.confirmNamed', { name })}
                      onClick={() => judge('confirmed')}
                    >
                      <IconCheck size={15} />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      variant="light"
                      aria-label={t('capture.rejectNamed', { name })}
                      onClick={() => judge('rejected')}
                    >
                      <IconX size={15} />
                    </ActionIcon>
                    <EditButton editing={{ target: 'evidence', id: piece.id }} name={name} />
                  </Group>
                )
              }
            >
              <EvidenceWords piece={piece} />
            </Line>
          )
        })}
      </Lines>
    </Panel>
  )
}
