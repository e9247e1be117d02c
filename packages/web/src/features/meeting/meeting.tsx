import { Button } from '@mantine/core'
import { addressOf, routes } from '@sente/api'
import type { Sheet } from '@sente/engine'
import { sheetOf } from '@sente/engine'
import { IconFileTypeDocx, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMay, useToday } from '../../shared/api/me.ts'
import { wholeQuery } from '../../shared/api/whole.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { Page } from '../../shared/page/page.tsx'
import { askOutcome, outcomeAhead, OutcomeHost } from '../../shared/plan/outcome-host.tsx'
import { useActWords } from '../../shared/plan/words.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import classes from './meeting.module.css'
import { meetingQuery } from './query.ts'
import type { Asked, MeetingData } from './query.ts'
import { SheetOf } from './sheet.tsx'
import { useMeetingWords } from './words.ts'

const route = getRouteApi('/shell/deals/$dealId/meetings/$people')

/** One page before a meeting, to read, print or take along as a Word document; after it, how it went is said from here. */
export function MeetingScreen() {
  const t = useMeetingWords()
  const lang = useLang()
  const method = useMethodology()
  const { dealId, people } = route.useParams()
  const { on, play, step, asOf } = route.useSearch()
  const asked: Asked = { with: people.split(','), on, play, planStepId: step, asOf }
  const query = useQuery(meetingQuery(dealId, asked))
  const sheet = query.data && sheetOf(query.data, method, lang)
  return (
    <div className={classes.screen}>
      <Page
        title={sheet?.title ?? t('title')}
        above={
          <Link
            to="/deals/$dealId/$section"
            params={{ dealId, section: 'plan' }}
            search={{ asOf }}
            className={`${classes.back} no-print`}
          >
            {t('back')}
          </Link>
        }
        width="reading"
        actions={sheet && <Takes dealId={dealId} asked={asked} />}
      >
        <Loaded
          query={query}
          waiting={<Waiting like="text" count={22} />}
          wayOut={
            <Button size="sm" component={Link} to={`/deals/${dealId}`}>
              {t('toDeal')}
            </Button>
          }
        >
          {(data) => (
            <>
              <SheetOf sheet={sheetOf(data, method, lang)} />
              {asOf === undefined && <After dealId={dealId} data={data} sheet={sheetOf(data, method, lang)} />}
            </>
          )}
        </Loaded>
      </Page>
      <OutcomeHost />
    </div>
  )
}

/** On paper, or as a file. */
function Takes({ dealId, asked }: { dealId: string; asked: Asked }) {
  const t = useMeetingWords()
  const lang = useLang()
  return (
    <>
      <Button
        variant="default"
        className="no-print"
        leftSection={<IconPrinter size={16} aria-hidden />}
        onClick={() => window.print()}
      >
        {t('print')}
      </Button>
      <Button
        component="a"
        download
        href={addressOf(routes.deals.meetingDocx, { dealId }, { ...asked, language: lang })}
        variant="default"
        className="no-print"
        title={t('wordSays')}
        aria-label={t('wordSays')}
        leftSection={<IconFileTypeDocx size={16} aria-hidden />}
      >
        {t('word')}
      </Button>
    </>
  )
}

/** How it went, as soon as it is over: by one key or with the thumb. */
function After({ dealId, data, sheet }: { dealId: string; data: MeetingData; sheet: Sheet }) {
  const t = useMeetingWords()
  const act = useActWords()
  const today = useToday()
  const may = useMay('deals:write')
  const whole = useQuery(wholeQuery(dealId)).data
  if (!may || !whole?.access?.write) return null
  const status = data.planStep?.status ?? 'open'
  const people = data.people.map(({ id, name }) => ({ id: data.personIds[id]!, name }))
  const ask = (): void =>
    askOutcome({
      dealId,
      planStepId: data.planStep?.id,
      ...(data.planStep === undefined && (data.play === null ? { what: sheet.title } : { play: data.play })),
      name: [...people.map(({ name }) => name), sheet.title].join(' · '),
      on: data.on,
      people,
      promises: (whole.commitment ?? [])
        .filter(({ doneOn }) => doneOn === undefined)
        .map(({ id, what }) => ({ id, what })),
    })
  return (
    <section className={`${classes.after} no-print`}>
      <div>
        <h2>{t('after')}</h2>
        <p>{t(status === 'open' ? 'afterSays' : status === 'done' ? 'isSaid' : 'dropped')}</p>
      </div>
      {status === 'open' && (
        <>
          <Key run={ask} />
          <Button
            variant={data.on <= today ? 'filled' : 'light'}
            onPointerEnter={outcomeAhead}
            onClick={ask}
            rightSection={
              <kbd aria-hidden className={classes.key}>
                O
              </kbd>
            }
          >
            {act('outcome.say')}
          </Button>
        </>
      )}
    </section>
  )
}

function Key({ run }: { run: () => void }) {
  useShortcut({ keys: 'o', says: useActWords()('outcome.say'), area: useMeetingWords()('title'), run })
  return null
}
