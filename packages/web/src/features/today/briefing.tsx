import { Button, Progress, Text, Title } from '@mantine/core'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../../shared/api/client.ts'
import { wholeQuery } from '../../shared/api/whole.ts'
import { keys } from '../../shared/api/keys.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { Page } from '../../shared/page/page.tsx'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import classes from './briefing.module.css'
import { useTodayWords } from './words.ts'

type BriefingData = CallOutput<typeof routes.deals.briefing>
const route = getRouteApi('/shell/briefings/$dealId/$personId')

/** One page before a meeting: who they are, what they care about, what was promised, what they may ask; one insight, one proof, one ask. */
export function BriefingScreen() {
  const t = useTodayWords()
  const format = useFormat()
  const { dealId, personId } = route.useParams()
  // On paper it must say of which deal and of which day it is.
  const deal = useQuery(wholeQuery(dealId)).data
  const query = useQuery({
    queryKey: [...keys.deal(dealId), 'briefing', personId],
    queryFn: ({ signal }) => api.call(routes.deals.briefing, { params: { dealId, personId }, signal }),
  })
  const name = query.data?.person.name
  return (
    <Page
      title={name ?? t('briefing.title')}
      above={
        <>
          <Link to="/deals/$dealId" params={{ dealId }} className={classes.back} title={t('briefing.back')}>
            {deal?.deal.name ?? t('briefing.back')}
          </Link>
          {[deal?.account?.name, query.data && format.day(query.data.asOf)].flatMap((part) =>
            part === undefined ? [] : [` · ${part}`],
          )}
        </>
      }
      width="reading"
      actions={
        query.data && (
          <Button
            variant="default"
            className={classes.noPrint}
            leftSection={<IconPrinter size={16} />}
            onClick={() => window.print()}
          >
            {t('briefing.print')}
          </Button>
        )
      }
    >
      <Loaded
        query={query}
        waiting={<Waiting like="text" count={16} />}
        wayOut={
          <Button size="sm" component={Link} to="/">
            {t('briefing.toToday')}
          </Button>
        }
      >
        {(data) => <Sheet data={data} />}
      </Loaded>
    </Page>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Title order={2}>{title}</Title>
      {children}
    </section>
  )
}

function Sheet({ data }: { data: BriefingData }) {
  const t = useTodayWords()
  const format = useFormat()
  const text = useText()
  const method = useMethodology()
  const { person } = data
  const roles = person.roles
    .map((id) => method.people.roles.find((role) => role.id === id)?.name)
    .filter((name) => name !== undefined)
  const rung = method.people.rungs.find(({ id }) => id === person.rung)?.name
  const concern = (id: string): string =>
    text(method.concerns.concerns.find((one) => one.id === id)?.name ?? { en: id, zh: id })
  const own = [
    [t('briefing.agenda'), person.agenda],
    [t('briefing.pressures'), person.pressures],
    [t('briefing.businessModel'), person.businessModel],
  ] as const
  return (
    <div className={classes.sheet}>
      <Part title={t('briefing.who')}>
        <Text size="sm">
          {[person.title, ...roles.map(text)].filter(Boolean).join(' · ')}
          {person.numberOne && <strong> · {t('briefing.numberOne')}</strong>}
        </Text>
        <Text size="sm" c="dimmed">
          {rung ? text(rung) : person.rung} · {t('briefing.trust', { share: format.percent(person.trust) })}
          {person.stance !== undefined && ` · ${t('briefing.stance', { value: format.signed(person.stance) })}`}
          {person.lastTouch !== undefined && ` · ${t('briefing.lastTouch', { day: format.day(person.lastTouch) })}`}
        </Text>
        {own.map(([label, value]) =>
          value === undefined ? null : (
            <Text size="sm" key={label}>
              <strong>{label}</strong> {value}
            </Text>
          ),
        )}
      </Part>
      <Part title={t('briefing.cares')}>
        <ul className={classes.bars}>
          {data.caresAbout.map((one) => (
            <li key={one.concern}>
              <span>{concern(one.concern)}</span>
              <Progress.Root size="lg" aria-hidden>
                <Progress.Section value={100 * Math.min(one.demand, one.readiness)} color="tide" />
                <Progress.Section value={100 * Math.max(0, one.demand - one.readiness)} color="red.6" />
              </Progress.Root>
              <span className={classes.numbers}>
                {t('briefing.careSays', {
                  demand: format.percent(one.demand),
                  readiness: format.percent(one.readiness),
                })}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('briefing.promised')}>
        {data.promised.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('briefing.promisedNone')}
          </Text>
        ) : (
          <ul className={classes.lines}>
            {data.promised.map((one, i) => (
              <li key={i}>
                <strong>{t(`briefing.by.${one.by}`)}</strong> {text(one.what)}
                {one.on !== undefined && ` (${format.shortDay(one.on)}${one.late ? `, ${t('late')}` : ''})`}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t('briefing.mayAsk')}>
        {data.mayAsk.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('briefing.mayAskNone')}
          </Text>
        ) : (
          <ul className={classes.lines}>
            {data.mayAsk.map((one) => (
              <li key={one.topic}>
                {text(one.question)}{' '}
                <span className={classes.faint}>
                  {one.asked === undefined
                    ? concern(one.concern)
                    : t('briefing.asked', { day: format.shortDay(one.asked) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <div className={classes.three}>
        <Part title={t('briefing.insight')}>
          <Text size="sm">{data.insight ? text(data.insight.text) : t('briefing.insightNone')}</Text>
          {data.insight?.number !== undefined && <Text fw={650}>{data.insight.number}</Text>}
        </Part>
        <Part title={t('briefing.proof')}>
          <Text size="sm">{data.proof ? text(data.proof.name) : t('briefing.proofNone')}</Text>
          {data.proof?.startBy !== undefined && (
            <Text size="sm" c="red">
              {data.proof.daysLate === undefined
                ? t('briefing.startBy', { day: format.shortDay(data.proof.startBy) })
                : t('briefing.tooLate', { count: data.proof.daysLate })}
            </Text>
          )}
        </Part>
        <Part title={t('briefing.ask')}>
          <Text size="sm">{data.ask ? text(data.ask.text) : t('briefing.askNone')}</Text>
        </Part>
      </div>
    </div>
  )
}
