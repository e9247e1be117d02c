import { Button, Menu } from '@mantine/core'
import { routes } from '@sente/api'
import type { PipelineReview } from '@sente/api'
import { REVIEW_WORDS } from '@sente/picture'
import { IconArchive, IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { change } from '../../shared/api/client.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { Page } from '../../shared/page/page.tsx'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { say } from '../../shared/undo/undo.tsx'
import { Controls } from './controls.tsx'
import { ReviewList } from './list.tsx'
import type { ReviewRow, ReviewSearch } from './model.ts'
import { keptQuery, reviewQuery, snapshotQuery } from './query.ts'
import classes from './review.module.css'
import { useReviewWords } from './words.ts'

const route = getRouteApi('/shell/review')

/** The manager's Monday: deals by the loss that can still be prevented, what changed, who is far off whom; decided in place. */
export function ReviewScreen() {
  const search = route.useSearch()
  return search.kept === undefined ? <Now search={search} /> : <Then id={search.kept} />
}

function Now({ search }: { search: ReviewSearch }) {
  const t = useReviewWords()
  const format = useFormat()
  const w = REVIEW_WORDS[useLang()]
  const query = useInfiniteQuery(reviewQuery(search))
  const first = query.data?.pages[0]
  // On paper there are no controls to see it from.
  const filters = [
    ...(search.lack === undefined ? [] : [w.lacks[search.lack]]),
    ...(search.far ? [t('far', { count: '' }).trim()] : []),
    ...(search.changed ? [t('changed')] : []),
  ]
  return (
    <Page
      title={t('title')}
      above={
        first && (
          <>
            <time dateTime={first.on}>{format.day(first.on)}</time>
            <span> · {[w.since(format.day(first.since)), ...filters].join(' · ')}</span>
          </>
        )
      }
      actions={<Takes search={search} />}
    >
      <Loaded query={query} waiting={<Waiting like="cards" count={4} height={180} />}>
        {({ pages }) => {
          const review = pages[0]!
          const rows = pages.flatMap((page) => page.rows)
          return (
            <>
              {(review.total.deals > 0 || search.owner !== undefined || search.team !== undefined) && (
                <Controls review={review} search={search} />
              )}
              <Computing review={review} />
              {rows.length === 0 ? (
                <Nothing review={review} search={search} />
              ) : (
                <Shown review={review} rows={rows} alive />
              )}
              {query.hasNextPage && (
                <Button
                  className="no-print"
                  variant="default"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** A review that was kept: nothing in it can be changed, and nothing in it changes. */
function Then({ id }: { id: string }) {
  const t = useReviewWords()
  const format = useFormat()
  const w = REVIEW_WORDS[useLang()]
  const query = useQuery(snapshotQuery(id))
  const kept = query.data?.kept
  return (
    <Page
      title={kept?.name === kept?.on ? t('title') : (kept?.name ?? t('title'))}
      above={
        kept && (
          <span>
            {t('snapshot', { day: format.day(kept.on) })} · {w.since(format.day(kept.since))}
          </span>
        )
      }
      actions={
        <>
          <Print />
          <Button component={Link} to="/review" variant="default" size="sm" className="no-print">
            {t('back')}
          </Button>
        </>
      }
    >
      <Loaded
        query={query}
        waiting={<Waiting like="cards" count={4} height={180} />}
        wayOut={
          <Button component={Link} to="/review" size="sm">
            {t('back')}
          </Button>
        }
      >
        {({ review }) => <Shown review={review} rows={review.rows} />}
      </Loaded>
    </Page>
  )
}

function Shown({
  review,
  rows,
  alive = false,
}: {
  review: PipelineReview
  rows: readonly ReviewRow[]
  alive?: boolean
}) {
  return <ReviewList review={review} rows={rows} alive={alive} />
}

function Computing({ review: { waiting, stale } }: { review: PipelineReview }) {
  const t = useReviewWords()
  if (waiting + stale === 0) return null
  return (
    <p className={`${classes.computing} no-print`} role="status">
      {waiting > 0 ? t('waiting', { count: waiting }) : t('stale', { count: stale })}
    </p>
  )
}

function Nothing({ review, search }: { review: PipelineReview; search: ReviewSearch }) {
  const t = useReviewWords()
  if (review.waiting > 0) return <Waiting like="cards" count={3} height={180} />
  const filtered =
    search.lack !== undefined || search.far || search.changed || search.owner !== undefined || search.team !== undefined
  return filtered ? (
    <EmptyState
      title={t('empty.filtered')}
      action={
        <Button component={Link} to="/review">
          {t('empty.clear')}
        </Button>
      }
    >
      {t('empty.filteredSays')}
    </EmptyState>
  ) : (
    <EmptyState
      title={t('empty.title')}
      action={
        <Button component={Link} to="/deals">
          {t('empty.first')}
        </Button>
      }
    >
      {t('empty.says')}
    </EmptyState>
  )
}

function Print() {
  const t = useReviewWords()
  return (
    <Button
      variant="default"
      size="sm"
      className="no-print"
      leftSection={<IconPrinter size={16} />}
      onClick={() => window.print()}
    >
      {t('print')}
    </Button>
  )
}

function Takes({ search }: { search: ReviewSearch }) {
  const t = useReviewWords()
  const format = useFormat()
  const client = useQueryClient()
  const kept = useQuery(keptQuery).data ?? []
  const keep = async (): Promise<void> => {
    const { since, owner, team, lack, far, changed } = search
    const body = {
      ...(since !== undefined && { since }),
      ...(owner !== undefined && { ownerId: owner }),
      ...(team !== undefined && { teamId: team }),
      ...(lack !== undefined && { lack }),
      ...(far && { far }),
      ...(changed && { changed }),
    }
    await change(routes.review.keep, { body }).then(
      ({ value }) => say(t('keptDone', { day: format.day(value.on) })),
      () => say(t('failed'), 'danger'),
    )
    await client.invalidateQueries({ queryKey: keptQuery.queryKey })
  }
  return (
    <>
      <Print />
      <Button variant="default" size="sm" className="no-print" title={t('keepSays')} onClick={() => void keep()}>
        {t('keep')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" className="no-print" leftSection={<IconArchive size={16} />}>
            {t('keptList')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.length === 0 && <Menu.Item disabled>{t('keptNone')}</Menu.Item>}
          {kept.slice(0, 20).map((one) => (
            <Menu.Item key={one.id} component={Link} to={`/review?kept=${one.id}`}>
              {t('keptAt', { day: format.moment(one.createdAt), count: one.deals })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
