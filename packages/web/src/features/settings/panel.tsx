import { Paper, Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './settings.module.css'

/** A part of a settings page. */
export function Panel({
  title,
  says,
  actions,
  children,
}: {
  title: string
  says?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <Paper component="section" aria-labelledby={id} className={classes.panel}>
      <header className={classes.panelHead}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {says && (
            <Text size="sm" c="dimmed">
              {says}
            </Text>
          )}
        </div>
        {actions}
      </header>
      {children}
    </Paper>
  )
}
