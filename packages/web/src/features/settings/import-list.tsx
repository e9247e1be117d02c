import { Alert, Group, Select, Text } from '@mantine/core'
import { IMPORT_KINDS } from '@sente/api'
import type { CallOutput, routes } from '@sente/api'
import { useText } from '../../shared/i18n/use-lang.ts'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import type { Answers } from './doubts.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

export type Preview = CallOutput<typeof routes.exchange.preview>
export type Kind = (typeof IMPORT_KINDS)[number]

/** What the file holds, and in which order its days are written: as the list shows, or as somebody says. */
export function What({
  preview,
  answers,
  busy,
  onLook,
}: {
  preview: Preview
  answers: Answers
  busy: boolean
  onLook: (kind: Kind, answers: Answers) => void
}) {
  const t = useSettingsWords()
  const sayOrder = (order: string): void => {
    const said = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== 'dateOrder'))
    onLook(preview.kind, order === '' ? said : { ...said, dateOrder: order })
  }
  return (
    <Group align="flex-end">
      <Select
        label={t('importKind')}
        data={IMPORT_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={preview.kind}
        onChange={(kind) => onLook(kind as Kind, answers)}
      />
      {preview.columns.length > 0 && (
        <Select
          label={t('dateOrder')}
          data={[
            { value: '', label: t('dateOrderFound') },
            ...(['dmy', 'mdy', 'ymd'] as const).map((value) => ({ value, label: t(`choices.${value}`) })),
          ]}
          value={answers['dateOrder'] ?? ''}
          allowDeselect={false}
          disabled={busy}
          onChange={(order) => sayOrder(order ?? '')}
        />
      )}
      <Text size="sm" c="dimmed" pb={8}>
        {t('rows', { count: preview.rows })}
      </Text>
    </Group>
  )
}

/** Fields that no column was chosen for and a row cannot do without. */
export function MissingFields({ fields }: { fields: Preview['fields'] }) {
  const t = useSettingsWords()
  const text = useText()
  return (
    <Alert color="red" variant="light">
      {t('missingFields', { fields: fields.map(({ label }) => text(label)).join(', ') })}
    </Alert>
  )
}

/** Their columns with examples, and which field of ours each is. */
export function Columns({
  preview,
  fields,
  onChange,
}: {
  preview: Preview
  fields: Record<string, string | null>
  onChange: (fields: Record<string, string | null>) => void
}) {
  const t = useSettingsWords()
  const text = useText()
  const data = preview.fields.map(({ name, label, required }) => ({
    value: name,
    label: `${text(label)}${required ? ' *' : ''}`,
  }))
  return (
    <StackingTable
      columns={[
        { name: t('theirColumn'), className: classes.column },
        { name: t('examples'), className: classes.values },
        { name: t('ourField'), className: classes.field },
      ]}
      rows={preview.columns.map((column) => ({
        id: column.name,
        cells: [
          column.name,
          column.samples.slice(0, 3).join(' · '),
          <Select
            key="field"
            size="xs"
            aria-label={t('fieldOf', { column: column.name })}
            placeholder={t('leaveOut')}
            clearable
            allowDeselect
            searchable
            data={data}
            value={fields[column.name] ?? null}
            onChange={(field) =>
              onChange({
                ...Object.fromEntries(
                  Object.entries(fields).map(([name, known]) => [name, known === field ? null : known]),
                ),
                [column.name]: field,
              })
            }
          />,
        ],
      }))}
    />
  )
}
