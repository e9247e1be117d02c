import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import type { Text as BothTexts } from '@sente/engine'
import { useState } from 'react'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import type { JointItem } from './model.ts'
import { useJointWords } from './words.ts'

/** `null`: not said. */
export interface ItemFields {
  what: string
  whose: 'ours' | 'theirs' | 'both'
  owner: string | null
  on: string | null
  doneOn: string | null
  step: string | null
}

interface Props {
  /** Absent: a new one. */
  item: JointItem | undefined
  milestones: ReadonlyMap<string, { id: string; name: BothTexts }>
  onSave: (fields: ItemFields) => void
  onClose: () => void
}

export function ItemForm({ item, milestones, onSave, onClose }: Props) {
  const t = useJointWords()
  const common = useCommonWords()
  const text = useText()
  const [fields, setFields] = useState<ItemFields>({
    what: item?.what ?? '',
    whose: item?.whose ?? 'both',
    owner: item?.owner ?? null,
    on: item?.on ?? null,
    doneOn: item?.doneOn ?? null,
    step: item?.step ?? null,
  })
  const put = (more: Partial<ItemFields>): void => setFields({ ...fields, ...more })
  const orNull = (value: string): string | null => (value === '' ? null : value)
  return (
    <Modal
      opened
      onClose={onClose}
      title={item ? t('edit', { name: item.what }) : t('add')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSave({ ...fields, what: fields.what.trim(), owner: fields.owner?.trim() || null })
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('what')}
            required
            data-autofocus
            maxLength={300}
            value={fields.what}
            onChange={(event) => put({ what: event.currentTarget.value })}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('whose')}
            </Text>
            <SegmentedControl
              aria-label={t('whose')}
              value={fields.whose}
              onChange={(whose) => put({ whose: whose as ItemFields['whose'] })}
              data={(['ours', 'theirs', 'both'] as const).map((value) => ({ value, label: t(`whoses.${value}`) }))}
            />
          </div>
          <TextInput
            label={t('owner')}
            maxLength={200}
            value={fields.owner ?? ''}
            onChange={(event) => put({ owner: orNull(event.currentTarget.value) })}
          />
          <Group grow>
            <TextInput
              type="date"
              label={t('on')}
              value={fields.on ?? ''}
              onChange={(event) => put({ on: orNull(event.currentTarget.value) })}
            />
            <TextInput
              type="date"
              label={t('doneOn')}
              value={fields.doneOn ?? ''}
              onChange={(event) => put({ doneOn: orNull(event.currentTarget.value) })}
            />
          </Group>
          <Select
            label={t('milestone')}
            description={t('moves')}
            placeholder={t('noMilestone')}
            clearable
            searchable
            value={fields.step}
            onChange={(step) => put({ step })}
            data={[...milestones.values()].map(({ id, name }) => ({ value: id, label: text(name) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={fields.what.trim() === ''}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
