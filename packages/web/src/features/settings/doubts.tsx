import { Alert, Button, Checkbox, Group, List, Select, Stack, Text } from '@mantine/core'
import type { Doubt, IntakeReport, LeftOut } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { useText } from '../../shared/i18n/use-lang.ts'
import { methodologyQuery } from '../../shared/method/methodology.ts'
import { useSettingsWords } from './words.ts'

/** What the user said about the source, as the query of a preview and an import takes it. */
export type Answers = Readonly<Record<string, string>>

/** Which answer a doubt asks for; the others are said, and mended in the file or by the mapping. */
const ANSWER: Partial<Record<Doubt['about'], string>> = {
  'date-order': 'dateOrder',
  year: 'year',
  encoding: 'encoding',
  separator: 'separator',
  sheet: 'sheet',
  unit: 'unit',
  'number-format': 'decimal',
  probability: 'probability',
}
/** More choices than fit into a row of buttons. */
const FEW = 5

interface DoubtsProps {
  report: IntakeReport
  answers: Answers
  busy: boolean
  yes: boolean
  onAnswer: (answers: Answers) => void
  onYes: (yes: boolean) => void
}

/** What of a list is taken with doubt, each with one click to say otherwise for the whole column, and what is left out. */
export function Doubts({ report, answers, busy, yes, onAnswer, onYes }: DoubtsProps) {
  const t = useSettingsWords()
  const waiting = report.doubts.filter(({ waits }) => waits).length
  if (report.doubts.length === 0 && report.leftOut.length === 0 && Object.keys(answers).length === 0) return null
  return (
    <Stack gap="xs">
      {report.doubts.length > 0 && (
        <Alert
          color={waiting > 0 ? 'orange' : 'tide'}
          variant="light"
          title={waiting > 0 ? t('doubtsWait', { count: waiting }) : t('doubts', { count: report.doubts.length })}
        >
          <Stack gap="sm">
            {report.doubts.map((doubt) => (
              <OneDoubt
                key={`${doubt.about} ${doubt.column ?? ''} ${doubt.guess}`}
                doubt={doubt}
                answers={answers}
                busy={busy}
                onAnswer={onAnswer}
              />
            ))}
            {waiting > 0 && (
              <Checkbox
                label={t('takeGuesses')}
                checked={yes}
                onChange={(event) => onYes(event.currentTarget.checked)}
              />
            )}
          </Stack>
        </Alert>
      )}
      {report.leftOut.length > 0 && <LeftOutRows leftOut={report.leftOut} />}
      {Object.keys(answers).length > 0 && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('answered', { answers: Object.keys(answers).length })}
          </Text>
          <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => onAnswer({})}>
            {t('forgetAnswers')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function OneDoubt({
  doubt,
  answers,
  busy,
  onAnswer,
}: {
  doubt: Doubt
  answers: Answers
  busy: boolean
  onAnswer: (answers: Answers) => void
}) {
  const t = useSettingsWords()
  const text = useText()
  const answer = ANSWER[doubt.about]
  const say = (value: string): void => onAnswer({ ...answers, [answer!]: value })
  const label = (choice: string): string =>
    choice === 'dmy' || choice === 'mdy' || choice === 'percent' || choice === 'fraction'
      ? t(`choices.${choice}`)
      : doubt.about === 'unit'
        ? `× ${(10 ** Number(choice)).toLocaleString()}`
        : choice
  return (
    <div>
      <Text size="sm" fw={doubt.waits ? 600 : 400}>
        {text(doubt.what)} {doubt.rows > 0 && t('rows', { count: doubt.rows })}
      </Text>
      {doubt.examples.length > 0 && (
        <Text size="xs" c="dimmed">
          {doubt.examples
            .slice(0, 4)
            .map(({ row, value, readAs }) =>
              [row > 0 ? t('rowNumber', { row }) : '', `“${value}”`, readAs === undefined ? '' : `→ ${readAs}`]
                .filter(Boolean)
                .join(' '),
            )
            .join(' · ')}
        </Text>
      )}
      {(doubt.about === 'stage' || doubt.about === 'status') && (
        <Meanings doubt={doubt} answers={answers} busy={busy} onAnswer={onAnswer} />
      )}
      {answer !== undefined && doubt.choices.length > 0 && (
        <Group gap="xs" mt={4}>
          {doubt.choices.length <= FEW ? (
            doubt.choices.map((choice) => (
              <Button key={choice} size="compact-xs" variant="default" disabled={busy} onClick={() => say(choice)}>
                {label(choice)}
              </Button>
            ))
          ) : (
            <Select
              size="xs"
              aria-label={t('sayOtherwise')}
              placeholder={t('sayOtherwise')}
              data={doubt.choices}
              disabled={busy}
              searchable
              onChange={(choice) => choice !== null && say(choice)}
            />
          )}
        </Group>
      )}
    </div>
  )
}

const ENDINGS = ['open', 'won', 'lost', 'no-decision', 'done', 'failed', 'cancelled', 'planned'] as const
const isEnding = (meaning: string): meaning is (typeof ENDINGS)[number] =>
  (ENDINGS as readonly string[]).includes(meaning)

/** Each stage or status that is not known, and what it means: said once for all its rows. */
function Meanings({
  doubt,
  answers,
  busy,
  onAnswer,
}: {
  doubt: Doubt
  answers: Answers
  busy: boolean
  onAnswer: (answers: Answers) => void
}) {
  const t = useSettingsWords()
  const text = useText()
  const { data: method } = useQuery(methodologyQuery)
  const asked = doubt.about === 'stage' ? 'stages' : 'statuses'
  const said = JSON.parse(answers[asked] ?? '{}') as Record<string, string>
  const meaningName = (meaning: string): string => {
    const phase = method?.phases.phases.find(({ id }) => id === meaning)
    return phase ? text(phase.name) : isEnding(meaning) ? t(`endings.${meaning}`) : meaning
  }
  return (
    <Group gap="xs" mt={4}>
      {doubt.examples.slice(0, 12).map(({ value }) => (
        <Select
          key={value}
          size="xs"
          label={value}
          placeholder={t('stageMeans')}
          data={[...new Set([...doubt.choices, ...(asked === 'stages' ? ['open'] : [])])].map((meaning) => ({
            value: meaning,
            label: meaningName(meaning),
          }))}
          value={said[value] ?? null}
          disabled={busy}
          onChange={(means) =>
            means !== null && onAnswer({ ...answers, [asked]: JSON.stringify({ ...said, [value]: means }) })
          }
        />
      ))}
    </Group>
  )
}

function LeftOutRows({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const t = useSettingsWords()
  const text = useText()
  return (
    <Alert
      color="gray"
      variant="light"
      title={t('leftOut', { count: leftOut.reduce((sum, { rows }) => sum + rows, 0) })}
    >
      <List size="sm">
        {leftOut.map(({ reason, what, rows, examples }) => (
          <List.Item key={reason}>
            {rows} × {text(what)}
            <Text size="xs" c="dimmed">
              {examples
                .slice(0, 3)
                .map(({ row, value }) => `${t('rowNumber', { row })} “${value}”`)
                .join(' · ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
