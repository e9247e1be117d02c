import { CloseButton, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconArrowLeft, IconSearch } from '@tabler/icons-react'
import { CONCERNS, PHASES, SEVERITIES } from '@sente/engine'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { EmptyState } from '../../shared/states/states.tsx'
import { useCommonWords } from '../../shared/words/common.ts'
import { EntryView } from './entry.tsx'
import { PhaseBar, SeverityBadge } from './marks.tsx'
import classes from './list.module.css'
import { entriesOf, filtered } from './model.ts'
import type { Entry, Filter, ListSection } from './model.ts'
import { useMethodWords } from './words.ts'

/** A section as a list with search and filters; beside it, on a telephone in its place, what was chosen. */
export function ListAndEntry({ section, id }: { section: ListSection; id: string | null }) {
  const t = useMethodWords()
  const method = useMethodology()
  const { q, phase, concern } = useSearch({ strict: false }) as Filter
  const filter = useMemo(() => ({ q, phase, concern }), [q, phase, concern])
  const entries = useMemo(() => entriesOf(section, method), [section, method])
  const found = useMemo(() => filtered(entries, filter), [entries, filter])
  const chosen = id === null ? null : entries.find((entry) => entry.id === id)
  return (
    <div className={classes.split} data-chosen={id !== null || undefined}>
      <section className={classes.list} aria-label={t(`sections.${section}`)}>
        <Filters section={section} id={id} filter={filter} />
        <Text size="xs" c="dimmed" px="sm" py={6} role="status">
          {t('count', { count: found.length })}
        </Text>
        {found.length === 0 ? (
          <Text size="sm" c="dimmed" p="sm">
            {t('none')}
          </Text>
        ) : (
          <ul className={classes.entries}>
            {found.map((entry) => (
              <li key={entry.id}>
                <Line entry={entry} section={section} filter={filter} chosen={entry.id === id} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <article className={classes.entry} key={id}>
        {id !== null && (
          <Link to="/method/$section" params={{ section }} search={filter} className={classes.back}>
            <IconArrowLeft size={16} aria-hidden /> {t('backToList')}
          </Link>
        )}
        {chosen ? (
          <EntryView section={section} id={chosen.id} />
        ) : (
          <EmptyState title={id === null ? t('choose') : t('unknown')} />
        )}
      </article>
    </div>
  )
}

function Line({
  entry,
  section,
  filter,
  chosen,
}: {
  entry: Entry
  section: ListSection
  filter: Filter
  chosen: boolean
}) {
  const text = useText()
  const link = useRef<HTMLAnchorElement>(null)
  // Whoever comes by a deep link sees in the list where they are.
  const arrive = useEffectEvent(() => {
    const list = link.current?.closest('ul')
    if (chosen && list && link.current) list.scrollTop = link.current.offsetTop - list.offsetTop - list.clientHeight / 3
  })
  // Only on arrival: a click in the list must not move it.
  useEffect(() => arrive(), [])
  return (
    <Link
      ref={link}
      to="/method/$section/$id"
      params={{ section, id: entry.id }}
      search={filter}
      className={classes.line}
      resetScroll={false}
    >
      <span className={classes.lineName}>
        {entry.severity && <SeverityBadge severity={entry.severity} />}
        {text(entry.name)}
      </span>
      {entry.phases.length > 0 && <PhaseBar phases={entry.phases} />}
    </Link>
  )
}

function Filters({ section, id, filter }: { section: ListSection; id: string | null; filter: Filter }) {
  const t = useMethodWords()
  const common = useCommonWords()
  const text = useText()
  const method = useMethodology()
  const navigate = useNavigate()
  const set = (change: Filter): void => {
    const search = { ...filter, ...change }
    void (id === null
      ? navigate({ to: '/method/$section', params: { section }, search, replace: true, resetScroll: false })
      : navigate({ to: '/method/$section/$id', params: { section, id }, search, replace: true, resetScroll: false }))
  }
  const phases = section === 'signals' || section === 'plays' || section === 'topics'
  return (
    <div className={classes.filters} role="search">
      <TextInput
        type="search"
        aria-label={t('search', { section: t(`sections.${section}`) })}
        placeholder={t('search', { section: t(`sections.${section}`) })}
        leftSection={<IconSearch size={16} />}
        rightSection={
          filter.q ? <CloseButton size="sm" aria-label={common('clear')} onClick={() => set({ q: undefined })} /> : null
        }
        value={filter.q ?? ''}
        onChange={(event) => set({ q: event.currentTarget.value || undefined })}
      />
      {section !== 'presets' && (
        <div className={classes.selects}>
          {phases && (
            <NativeSelect
              size="xs"
              aria-label={t('phase')}
              value={filter.phase ?? ''}
              onChange={(event) => set({ phase: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('anyPhase') },
                ...PHASES.map((value, i) => ({ value, label: text(method.phases.phases[i]!.name) })),
              ]}
            />
          )}
          {section === 'rules' ? (
            <NativeSelect
              size="xs"
              aria-label={t('severity')}
              value={filter.concern ?? ''}
              onChange={(event) => set({ concern: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('anySeverity') },
                ...SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) })),
              ]}
            />
          ) : (
            <NativeSelect
              size="xs"
              aria-label={t('concern')}
              value={filter.concern ?? ''}
              onChange={(event) => set({ concern: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('anyConcern') },
                ...CONCERNS.map((value, i) => ({ value, label: text(method.concerns.concerns[i]!.name) })),
              ]}
            />
          )}
        </div>
      )}
    </div>
  )
}
