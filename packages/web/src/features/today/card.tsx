import { Badge, Button, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

const FEW = 6

/** One list of the day: its heading with the count, the first few, the rest behind a button. */
export function Card<T>({
  title,
  empty,
  items,
  count = items.length,
  id,
  children,
}: {
  title: string
  empty: string
  items: readonly T[]
  count?: number
  id?: string
  children: (item: T, i: number) => ReactNode
}) {
  const t = useTodayWords()
  const label = useId()
  const [all, setAll] = useState(false)
  const shown = all ? items : items.slice(0, FEW)
  return (
    <Paper component="section" aria-labelledby={label} id={id} className={classes.card}>
      <header className={classes.cardHead}>
        <Title order={2} id={label}>
          {title}
        </Title>
        {items.length > 0 && (
          <Badge variant="light" color="gray" size="lg">
            {count}
          </Badge>
        )}
      </header>
      {items.length === 0 ? (
        <Text c="dimmed" size="sm" className={classes.none}>
          {empty}
        </Text>
      ) : (
        <ul className={classes.list}>{shown.map(children)}</ul>
      )}
      {items.length > FEW && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.moreButton}
          onClick={() => setAll(!all)}
          aria-expanded={all}
        >
          {all ? t('fewer') : t('allOf', { count })}
        </Button>
      )}
    </Paper>
  )
}

/** The deal that something is about, as a way there. */
export function DealLink({
  dealId,
  deal,
  account,
  section,
  strong = false,
  children,
}: {
  dealId: string
  deal: string
  account?: string | undefined
  section?: string
  strong?: boolean
  children?: ReactNode
}) {
  return (
    <Text size="xs" c="dimmed" component="span" className={classes.of}>
      <Link
        to={section ? '/deals/$dealId/$section' : '/deals/$dealId'}
        params={{ dealId, section: section ?? '' }}
        className={strong ? classes.findingLink : classes.dealLink}
      >
        {deal}
      </Link>
      {account !== undefined && ` · ${account}`}
      {children}
    </Text>
  )
}
