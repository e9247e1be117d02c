import { Skeleton } from '@mantine/core'
import { useCommonWords } from '../../shared/words/common.ts'
import classes from './deal.module.css'

/** Shapes where title, lead, picture and tabs will stand. */
export function DealWaiting() {
  const t = useCommonWords()
  return (
    <div className={classes.waiting} role="status" aria-busy="true" aria-label={t('loading')}>
      <Skeleton height={14} width={160} />
      <Skeleton height={28} width="min(28rem, 80%)" />
      <Skeleton height={140} radius="lg" />
      <Skeleton height={56} />
      <Skeleton height={380} radius="lg" />
      <Skeleton height={40} />
      <Skeleton height={240} radius="lg" />
    </div>
  )
}
