import { Button } from '@mantine/core'
import { routes } from '@sente/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useMay, useToday } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { Page } from '../../shared/page/page.tsx'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { Agenda } from './agenda.tsx'
import agenda from './agenda.module.css'
import { Findings } from './findings.tsx'
import { Homework } from './homework.tsx'
import { Meetings } from './meetings.tsx'
import { entriesOf } from './model.ts'
import type { Entry, Time } from './model.ts'
import { Moves } from './moves.tsx'
import { agendaQuery, todayQuery } from './query.ts'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

const isEmpty = ({ moves, findings, homework, meetings }: TodayData): boolean =>
  moves.length + findings.length + homework.length + meetings.length === 0

/** What to do today, with whom, with what in hand: the first thing a seller sees. */
export function Today() {
  const t = useTodayWords()
  const format = useFormat()
  const today = useToday()
  const query = useQuery(todayQuery)
  return (
    <Page title={t('title')} above={<time dateTime={today}>{format.day(today)}</time>}>
      <Loaded
        query={query}
        waiting={<Waiting like="cards" count={4} height={220} />}
        isEmpty={isEmpty}
        empty={<Quiet />}
      >
        {(data) => <Day data={data} />}
      </Loaded>
    </Page>
  )
}

/** Nothing to do: because all is done, or because there is no deal to do anything for. */
function Quiet() {
  const t = useTodayWords()
  const may = useMay('deals:write')
  const any = useQuery({
    queryKey: [...keys.deals, 'any'],
    queryFn: ({ signal }) => api.call(routes.deals.list, { query: { limit: 1 }, signal }),
  })
  const lines = useQuery(agendaQuery('own'))
  if (any.isPending) return <Waiting like="block" height={220} />
  if (any.data?.items.length === 0) {
    return (
      <EmptyState
        title={t('nothing.noDeals')}
        action={
          may && (
            <Button component={Link} to="/welcome">
              {t('nothing.first')}
            </Button>
          )
        }
      >
        {t(may ? 'nothing.noDealsSay' : 'nothing.noDealsReader')}
      </EmptyState>
    )
  }
  return (
    <>
      <Agenda />
      {lines.data?.lines.length === 0 && (
        <EmptyState
          title={t('nothing.title')}
          action={
            <Button component={Link} to="/deals">
              {t('nothing.action')}
            </Button>
          }
        >
          {t('nothing.says')}
        </EmptyState>
      )}
    </>
  )
}

function Day({ data }: { data: TodayData }) {
  const t = useTodayWords()
  const entries = entriesOf(data.moves, data.meetings, data.on)
  return (
    <>
      <Agenda />
      <details className={agenda.rest}>
        <summary>{t('rest')}</summary>
        <AtAGlance data={data} entries={entries} />
        <div className={classes.grid}>
          <div className={classes.main}>
            <Moves entries={entries} today={data.on} />
            <Findings findings={data.findings} />
          </div>
          <div className={classes.side}>
            <Meetings meetings={data.meetings} today={data.on} />
            <Homework homework={data.homework} />
          </div>
        </div>
      </details>
    </>
  )
}

/** All that is due in one line. */
function AtAGlance({ data, entries }: { data: TodayData; entries: readonly Entry[] }) {
  const t = useTodayWords()
  const moves = (time: Time): number =>
    entries.reduce((sum, entry) => sum + (entry.time === time ? entry.moves.length : 0), 0)
  const counts = [
    ['late', moves('late')],
    ['due', moves('today')],
    ['atOnce', moves('atOnce')],
    ['meetings', data.meetings.filter(({ on }) => on === data.on).length],
    ['findings', data.findings.filter(({ isNew }) => isNew).length],
  ] as const
  return (
    <p className={classes.glance}>
      {counts.flatMap(([what, count]) =>
        count === 0
          ? []
          : [
              <span key={what} data-urgent={what === 'late' || what === 'atOnce' || undefined}>
                {t(`glance.${what}`, { count })}
              </span>,
            ],
      )}
      {counts.every(([, count]) => count === 0) && <span>{t('glance.calm')}</span>}
    </p>
  )
}
