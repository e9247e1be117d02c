import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import {
  IconBuildingStore,
  IconEar,
  IconFlag3,
  IconMessage,
  IconNote,
  IconPercentage,
  IconPin,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useKindName } from '../../../shared/api/words.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { byMonth, FILTERS, timelineOf } from '../model/timeline.ts'
import type { Entry, Filter } from '../model/timeline.ts'
import { AddButton, EditButton, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import { EvidenceWords } from './evidence-words.tsx'
import sections from './sections.module.css'
import classes from './timeline.module.css'

const ICONS = {
  evidence: IconEar,
  touch: IconMessage,
  note: IconNote,
  rivalContact: IconBuildingStore,
  pin: IconPin,
  stageClaim: IconFlag3,
  discount: IconPercentage,
} as const
/** More than fits in a head; older ones come when asked for. */
const FEW = 60

export function TimelinePanel() {
  const t = useDealWords()
  const kindName = useKindName()
  const lang = useLang()
  const format = useFormat()
  const { whole } = useDealView()
  const [filter, setFilter] = useState<Filter>('all')
  const [all, setAll] = useState(false)
  const entries = timelineOf(whole, filter).filter(({ fact }) => fact.version > 0 || !fact.id.startsWith('g-draft'))
  const shown = all ? entries : entries.slice(0, FEW)
  const month = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return (
    <Panel
      title={t('timeline.title')}
      id="timeline"
      actions={
        <Group gap="xs">
          <AddButton editing={{ target: 'touch' }}>{t('timeline.addTouch')}</AddButton>
          <AddButton editing={{ target: 'evidence' }}>{t('timeline.addEvidence')}</AddButton>
        </Group>
      }
    >
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.filter')}
          value={filter}
          onChange={(next) => setFilter(next as Filter)}
          data={FILTERS.map((value) => ({ value, label: value === 'all' ? t('timeline.all') : kindName(value) }))}
        />
      </div>
      {entries.length === 0 ? (
        <Nothing>{t('timeline.none')}</Nothing>
      ) : (
        byMonth(shown).map(([name, list]) => (
          <section key={name} aria-label={month.format(new Date(`${name}-01T00:00:00Z`))}>
            <h3 className={sections.month}>{month.format(new Date(`${name}-01T00:00:00Z`))}</h3>
            <ul className={classes.entries}>
              {list.map((entry) => (
                <li key={entry.fact.id} data-kind={entry.kind}>
                  <time dateTime={entry.on} className={classes.day}>
                    {format.shortDay(entry.on)}
                  </time>
                  <Icon kind={entry.kind} />
                  <div className={classes.what}>
                    <EntryWords entry={entry} />
                  </div>
                  <EditButton
                    editing={{ target: entry.kind, id: entry.fact.id }}
                    name={`${kindName(entry.kind)} ${format.day(entry.on)}`}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      {entries.length > shown.length && (
        <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {t('showAll', { count: entries.length })}
        </Button>
      )}
    </Panel>
  )
}

function Icon({ kind }: { kind: Entry['kind'] }) {
  const kindName = useKindName()
  const Shape = ICONS[kind]
  return <Shape size={17} stroke={1.6} className={classes.icon} role="img" aria-label={kindName(kind)} />
}

function EntryWords({ entry }: { entry: Entry }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { index, byPerson, whole } = useDealView()
  switch (entry.kind) {
    case 'evidence':
      return <EvidenceWords piece={entry.fact} />
    case 'touch':
      return <TouchWords touch={entry.fact} />
    case 'note':
      return <NoteWords entry={entry} />
    case 'rivalContact': {
      const rival = whole.rival?.find(({ id }) => id === entry.fact.rivalId)?.name ?? '?'
      return (
        <span className={classes.rival}>
          {t('timeline.rivalMet', { rival, person: byPerson.get(entry.fact.personId)?.name ?? '?' })}
        </span>
      )
    }
    case 'pin':
      return (
        <>
          {t('position.pinned', { phase: text(index.phases.get(entry.fact.phase)!.name) })}{' '}
          <Text span size="xs" c="dimmed">
            {entry.fact.reason}
          </Text>
        </>
      )
    case 'stageClaim':
      return (
        <>
          {t('reason.claim', { phase: text(index.phases.get(entry.fact.phase)!.name) })}{' '}
          <Text span size="xs" c="dimmed">
            {entry.fact.label}
          </Text>
        </>
      )
    case 'discount':
      return (
        <>
          {t('timeline.discount', {
            percent: entry.fact.percent === undefined ? '' : `${format.number(entry.fact.percent)}%`,
          })}
        </>
      )
  }
}

function TouchWords({ touch }: { touch: Extract<Entry, { kind: 'touch' }>['fact'] }) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { index, byPerson } = useDealView()
  const { play, what, with: people, concern, hours, paid, outcome, note, flag } = touch
  const title = [play ? text(index.plays.get(play)?.name ?? { en: play, zh: play }) : undefined, what]
    .filter(Boolean)
    .join(': ')
  const about = [
    format.list((people ?? []).flatMap((id) => byPerson.get(id)?.name ?? [])),
    concern ? text(index.concerns.get(concern)!.name) : '',
    hours ? t('hours', { count: hours }) : '',
    paid === false ? t('unpaid') : '',
    outcome && outcome !== 'done' ? t(`outcome.${outcome}`) : '',
    flag ? t(`flag.${flag}`) : '',
  ]
  return (
    <>
      <span className={outcome === 'cancelled' ? classes.struck : undefined}>{title || t('timeline.touch')}</span>
      <Text span size="xs" c="dimmed" ml={6}>
        {about.filter(Boolean).join(' · ')}
      </Text>
      {note && (
        <Text size="xs" c="dimmed" className={sections.note}>
          {note}
        </Text>
      )}
    </>
  )
}

function NoteWords({ entry }: { entry: Extract<Entry, { kind: 'note' }> }) {
  const t = useDealWords()
  const text = useText()
  const { index } = useDealView()
  return (
    <>
      <details className={classes.note}>
        <summary>
          <span className={classes.first}>{entry.fact.text}</span>
          <Text span size="xs" c="dimmed">
            {[entry.fact.author, entry.fact.private ? t('capture.private') : ''].filter(Boolean).join(' · ')}
          </Text>
        </summary>
        <p className={sections.note}>{entry.fact.text}</p>
      </details>
      {entry.evidence.length > 0 && (
        <ul className={classes.inside}>
          {entry.evidence.map((piece) => (
            <li key={piece.id}>
              <EvidenceWords piece={piece} />
              <EditButton
                editing={{ target: 'evidence', id: piece.id }}
                name={text(index.signals.get(piece.signal)?.name ?? { en: piece.signal, zh: piece.signal })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
