import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCommonWords } from '../words/common.ts'
import classes from './page.module.css'

interface Props {
  title: string
  /** Small words above the title, or what leads back. */
  above?: ReactNode
  /** Buttons to the right of it. */
  actions?: ReactNode
  /** `reading`: a measure for text; `wide`: tables and pictures. */
  width?: 'reading' | 'wide'
  children: ReactNode
}

/** The frame of a screen: its one heading, its actions, and the title of the window. */
export function Page({ title, above, actions, width = 'wide', children }: Props) {
  const t = useCommonWords()
  return (
    <div className={classes.page} data-width={width}>
      {/* React lifts it into the head. */}
      <title>{`${title} · ${t('brand')}`}</title>
      <header className={classes.head}>
        <div className={classes.titles}>
          {above && <div className={classes.above}>{above}</div>}
          <Title order={1}>{title}</Title>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
