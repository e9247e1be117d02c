import { ActionIcon, Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useDealView } from '../context.ts'
import type { Editing } from '../context.ts'
import { useDealWords } from '../words.ts'
import classes from './panel.module.css'

interface Props {
  title: string
  /** One sentence under the title. */
  says?: ReactNode
  actions?: ReactNode
  /** `plain`: no frame of its own. */
  look?: 'framed' | 'plain'
  id?: string
  children: ReactNode
}

/** A part of a section: heading, what can be done, content. */
export function Panel({ title, says, actions, look = 'framed', id, children }: Props) {
  const label = useId()
  const inner = (
    <>
      <Group justify="space-between" align="flex-start" gap="xs" mb="xs" wrap="wrap">
        <div className={classes.words}>
          <Title order={2} size="h3" id={label}>
            {title}
          </Title>
          {says && (
            <Text size="xs" c="dimmed" maw="60ch">
              {says}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </>
  )
  return look === 'plain' ? (
    <section aria-labelledby={label} id={id} className={classes.plain}>
      {inner}
    </section>
  ) : (
    <Paper component="section" aria-labelledby={label} id={id} className={classes.panel}>
      {inner}
    </Paper>
  )
}

/** Adds something; absent for whoever may not change the deal. */
export function AddButton({
  editing,
  children,
  primary = false,
}: {
  editing: Editing
  children: ReactNode
  primary?: boolean
}) {
  const { may, edit } = useDealView()
  if (!may.write) return null
  return (
    <Button
      size="compact-sm"
      variant={primary ? 'filled' : 'light'}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => edit(editing)}
    >
      {children}
    </Button>
  )
}

/** Opens the form of something that is there. `name` says of what, for whoever hears the page. */
export function EditButton({ editing, name }: { editing: Editing; name: string }) {
  const t = useDealWords()
  const { may, edit } = useDealView()
  if (!may.write) return null
  return (
    <ActionIcon size="sm" className="no-print" aria-label={t('editNamed', { name })} onClick={() => edit(editing)}>
      <IconPencil size={15} stroke={1.7} />
    </ActionIcon>
  )
}

/** One line of a list of facts: the day, what it is, what can be done. */
export function Line({
  day,
  children,
  actions,
  dim = false,
}: {
  day?: ReactNode
  children: ReactNode
  actions?: ReactNode
  dim?: boolean
}) {
  return (
    <li className={classes.line} data-dim={dim} data-day={day !== undefined}>
      {day !== undefined && <span className={classes.day}>{day}</span>}
      <div className={classes.what}>{children}</div>
      {actions && <span className={classes.acts}>{actions}</span>}
    </li>
  )
}

export const Lines = ({ children, label }: { children: ReactNode; label?: string }) => (
  <ul className={classes.lines} aria-label={label}>
    {children}
  </ul>
)

/** Said inside a panel that has nothing yet. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed" className={classes.nothing}>
    {children}
  </Text>
)
