import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Conflict } from './conflicts.ts'
import classes from './conflict-choice.module.css'
import { useFieldName, useRecordWords } from './words.ts'

type Show = (field: string, value: unknown) => ReactNode

/** Both versions of a record side by side, to choose from field by field. */
export function Choice({ conflict: { name, clashes, settle }, show }: { conflict: Conflict; show: Show }) {
  const t = useRecordWords()
  const fieldName = useFieldName()
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(clashes.map(({ field }) => field)))
  const choose = (field: string, own: boolean): void =>
    setMine((before) => new Set(own ? [...before, field] : [...before].filter((one) => one !== field)))
  const value = (field: string, each: unknown): ReactNode =>
    each === null ? (
      <Text span c="dimmed" size="sm">
        {t('conflict.empty')}
      </Text>
    ) : (
      show(field, each)
    )
  return (
    <Modal
      opened
      onClose={() => settle([])}
      size="lg"
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': t('conflict.theirs') }}
    >
      <Stack>
        <Text size="sm">{name === '' ? t('conflict.saysUnnamed') : t('conflict.says', { name })}</Text>
        {clashes.map((clash) => {
          const own = mine.has(clash.field)
          return (
            <section key={clash.field} className={classes.clash} aria-label={fieldName(clash.field)}>
              <Group justify="space-between" gap="xs">
                <Text fw={600} size="sm">
                  {fieldName(clash.field)}
                </Text>
                <SegmentedControl
                  size="xs"
                  aria-label={fieldName(clash.field)}
                  value={own ? 'mine' : 'theirs'}
                  onChange={(chosen) => choose(clash.field, chosen === 'mine')}
                  data={[
                    { value: 'theirs', label: t('conflict.theirs') },
                    { value: 'mine', label: t('conflict.mine') },
                  ]}
                />
              </Group>
              <dl className={classes.versions}>
                <div>
                  <dt>{t('conflict.before')}</dt>
                  <dd>{value(clash.field, clash.before)}</dd>
                </div>
                <div data-chosen={!own}>
                  <dt>{t('conflict.theirs')}</dt>
                  <dd>{value(clash.field, clash.theirs)}</dd>
                </div>
                <div data-chosen={own}>
                  <dt>{t('conflict.mine')}</dt>
                  <dd>{value(clash.field, clash.mine)}</dd>
                </div>
              </dl>
            </section>
          )
        })}
        <Group justify="flex-end">
          <Button onClick={() => settle([...mine])}>{t('conflict.keep')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
