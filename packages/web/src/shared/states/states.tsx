import { Button, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconLock, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { problemOf } from '../api/problem.ts'
import { useLang } from '../i18n/use-lang.ts'
import { useCommonWords } from '../words/common.ts'
import classes from './states.module.css'

interface NoticeProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  /** What the reader can do about it: one or two buttons. */
  action?: ReactNode
  tone?: 'plain' | 'danger'
  role?: 'alert' | 'status'
}

/** The one form in which a screen says that it has nothing to show. */
export function Notice({ icon, title, children, action, tone = 'plain', role }: NoticeProps) {
  return (
    <Stack className={classes.notice} align="center" gap="xs" role={role}>
      <ThemeIcon variant="light" size={44} radius="xl" color={tone === 'danger' ? 'red' : 'tide'} aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={2} size="h3" ta="center">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" size="sm" maw={460} ta="center">
          {children}
        </Text>
      )}
      {action && <Group mt="xs">{action}</Group>}
    </Stack>
  )
}

/** Nothing there yet: says what would be here and offers the first step towards it. */
export function EmptyState({
  title,
  children,
  action,
  icon,
}: {
  title?: string
  children?: ReactNode
  action?: ReactNode
  icon?: ReactNode
}) {
  const t = useCommonWords()
  return (
    <Notice icon={icon ?? <IconInbox size={22} />} title={title ?? t('empty.title')} action={action}>
      {children}
    </Notice>
  )
}

export function NoPermission({ wayOut }: { wayOut?: ReactNode }) {
  const t = useCommonWords()
  return (
    <Notice icon={<IconLock size={22} />} title={t('permission.title')} role="status" action={wayOut}>
      {t('permission.says')}
    </Notice>
  )
}

/** Any error of a query, in words and with its remedy; a missing right gets its own state. `wayOut` leads from what cannot be shown. */
export function ErrorState({
  error,
  retry,
  retryLabel,
  wayOut,
}: {
  error: unknown
  retry?: () => void
  retryLabel?: string
  wayOut?: ReactNode
}) {
  const t = useCommonWords()
  const lang = useLang()
  const problem = problemOf(error)
  if (problem.kind === 'forbidden') return <NoPermission wayOut={wayOut} />
  const action = (retry ?? wayOut) && (
    <>
      {retry && (
        <Button variant="default" size="sm" leftSection={<IconRefresh size={16} />} onClick={retry}>
          {retryLabel ?? t('retry')}
        </Button>
      )}
      {wayOut}
    </>
  )
  if (problem.kind === 'offline')
    return <Notice icon={<IconPlugConnectedX size={22} />} title={t('error.offline')} action={action} role="alert" />
  if (problem.kind === 'not-found')
    return (
      <Notice icon={<IconInbox size={22} />} title={t('error.notFound')} role="status" action={wayOut}>
        {t('error.notFoundSays')}
      </Notice>
    )
  return (
    <Notice
      icon={<IconAlertTriangle size={22} />}
      title={problem.what?.[lang] ?? t('error.title')}
      action={action}
      tone="danger"
      role="alert"
    >
      {problem.remedy?.[lang] ?? t('error.unknown')}
    </Notice>
  )
}

/** Grey shapes the size of what will come, so that nothing moves when it does. */
export function Waiting({
  like,
  count = 6,
  height,
}: {
  like: 'rows' | 'cards' | 'text' | 'block'
  count?: number
  height?: number
}) {
  const t = useCommonWords()
  const places = Array.from({ length: like === 'block' ? 1 : count }, (_, i) => i)
  const shape = {
    rows: { height: 40, width: () => '100%' },
    cards: { height: 128, width: () => '100%' },
    // Lines of text are not all of one length.
    text: { height: 12, width: (i: number) => `${96 - ((i * 17) % 45)}%` },
    block: { height: 320, width: () => '100%' },
  }[like]
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={t('loading')}
      className={like === 'cards' ? classes.cards : classes.lines}
    >
      {places.map((i) => (
        <Skeleton
          key={i}
          height={height ?? shape.height}
          width={shape.width(i)}
          radius={like === 'rows' || like === 'text' ? 'sm' : 'lg'}
        />
      ))}
    </div>
  )
}

interface QueryLike<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

/** It was there and is no longer, or not for the reader: what was seen of it may not stay as if it were. */
export function isGone(error: unknown): boolean {
  const { kind } = problemOf(error)
  return kind === 'forbidden' || kind === 'not-found'
}

/** A query's four states at one place: waiting, failed (or forbidden), empty, there. */
export function Loaded<T>({
  query,
  waiting,
  isEmpty,
  empty,
  wayOut,
  children,
}: {
  query: QueryLike<T>
  waiting: ReactNode
  isEmpty?: (data: T) => boolean
  empty?: ReactNode
  wayOut?: ReactNode
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined && !isGone(query.error))
    return isEmpty?.(query.data) ? (empty ?? <EmptyState />) : children(query.data)
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} wayOut={wayOut} />
  return waiting
}
