import { Alert, Anchor } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { DealWhole } from '@sente/api'
import { useMemo, useState } from 'react'
import { readingOf } from '../../shared/api/deal.ts'
import type { DealReading } from '../../shared/api/deal.ts'
import type { Target } from '../../shared/api/edits-model.ts'
import { useMay } from '../../shared/api/me.ts'
import { useWaiting } from '../../shared/api/outbox.ts'
import { useFormat } from '../../shared/format/format.ts'
import { later } from '../../shared/later/later.tsx'
import { Page } from '../../shared/page/page.tsx'
import { OutcomeHost } from '../../shared/plan/outcome-host.tsx'
import { withWaiting } from './capture/model.ts'
import { OutboxNotice } from './capture/outbox-notice.tsx'
import { useWarmReader } from './capture/warm.ts'
import { DealProvider } from './context.ts'
import type { DealView, Editing } from './context.ts'
import classes from './deal.module.css'
import { DealActions } from './head/actions.tsx'
import { Facts } from './head/facts.tsx'
import { Tabs } from './head/tabs.tsx'
import { wholeAsOf } from './model/as-of.ts'
import { indexOf } from './model/method-index.ts'
import { peopleOf } from './model/people.ts'
import { itemOf } from './model/sections.ts'
import { NextAct } from './next/next-act.tsx'
import { DealPicture } from './parts/deal-picture.tsx'
import { DealSection } from './section.tsx'
import { useDealWords } from './words.ts'

/** Forms come when the first one is opened. */
const Editor = later(() => import('./forms/editor.tsx').then((module) => module.Editor), {
  fails: 'over',
  open: ({ editing }) => editing !== null,
})

interface Props {
  dealId: string
  reading: DealReading
  /** Day in the past from which the page looks. */
  earlier: string | undefined
}

export function DealPage({ dealId, reading, earlier }: Props) {
  const t = useDealWords()
  const format = useFormat()
  const view = useView(dealId, reading, earlier)
  const { editing, close } = view
  useWarmReader(view.may.write)
  const [opened, setOpened] = useState(false)
  if (editing !== null && !opened) setOpened(true)
  const { section } = useParams({ strict: false }) as { section?: string }
  return (
    <DealProvider value={view}>
      <Page title={view.brief.deal.name} above={<Above />} actions={<DealActions />}>
        {earlier && (
          <Alert color="tide" icon={<IconHistory size={18} />} mb="sm" py="xs">
            {t('seenFrom', { day: format.day(earlier) })}{' '}
            <Link to="/deals/$dealId" params={{ dealId }} search={{}}>
              {t('backToToday')}
            </Link>
          </Alert>
        )}
        <OutboxNotice />
        <NextAct />
        <Facts />
        <DealPicture />
        <Tabs />
        <div className={classes.section}>{section === undefined ? <DealSection /> : <Outlet />}</div>
        <OutcomeHost />
        {/* Once opened it stays, so that closing it can be seen. */}
        {(opened || editing !== null) && <Editor editing={editing} onClose={close} />}
      </Page>
    </DealProvider>
  )
}

function Above() {
  const t = useDealWords()
  return (
    <Anchor component={Link} to="/deals" size="sm" c="dimmed" className="no-print">
      {t('allDeals')}
    </Anchor>
  )
}

/** What the sections share; the form that is open is part of the address, so that Back closes it and a link opens it. */
function useView(
  dealId: string,
  reading: DealReading,
  earlier: string | undefined,
): DealView & { editing: Editing | null; close: () => void } {
  const mayWrite = useMay('deals:write')
  const navigate = useNavigate()
  const { item } = useSearch({ strict: false }) as { item?: string }
  const [draft, setDraft] = useState<((whole: DealWhole) => DealWhole) | null>(null)
  const [prefill, setPrefill] = useState<Editing['prefill']>()

  const waiting = useWaiting()
  const known = useMemo(() => {
    const whole =
      earlier === undefined
        ? withWaiting(
            reading.whole,
            waiting.flatMap((one) => (one.dealId === dealId ? [one.body] : [])),
          )
        : wholeAsOf(reading.whole, earlier)
    return readingOf(whole, reading.methodology, reading.asOf)
  }, [reading, earlier, waiting, dealId])
  const shown = useMemo(
    () => (draft ? readingOf(draft(known.whole), known.methodology, known.asOf) : known),
    [draft, known],
  )
  return useMemo(() => {
    const people = peopleOf(shown.whole, shown.brief)
    const { access } = shown.whole
    const open = itemOf(item)
    const show = (next: string | undefined): void =>
      void navigate({ to: '.', search: ((before: object) => ({ ...before, item: next })) as never, resetScroll: false })
    const write = access.write && mayWrite && earlier === undefined
    return {
      ...shown,
      dealId,
      known,
      may: { write, sensitive: access.sensitive, share: (access.share ?? true) && write },
      past: earlier !== undefined,
      index: indexOf(shown.methodology),
      people,
      byKey: new Map(people.map((person) => [person.key, person])),
      byPerson: new Map(people.map((person) => [person.personId, person])),
      edit: (next) => {
        setPrefill(next.prefill)
        show(`${next.target}.${next.id ?? 'new'}`)
      },
      preview: (change) => setDraft(() => change),
      editing:
        open && write && open.target !== 'deal' && open.target !== 'homework'
          ? {
              target: open.target as Target,
              ...(open.id !== undefined && { id: open.id }),
              ...(prefill && { prefill }),
            }
          : null,
      close: () => {
        setPrefill(undefined)
        show(undefined)
      },
    }
  }, [shown, known, dealId, item, navigate, prefill, earlier, mayWrite])
}
