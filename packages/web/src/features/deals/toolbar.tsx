import { filesPlace } from '../../shared/files/files.ts'
import {
  ActionIcon,
  Button,
  Chip,
  CloseButton,
  Group,
  Menu,
  MultiSelect,
  Popover,
  Select,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { routes } from '@sente/api'
import { IconAdjustments, IconBookmark, IconColumns3, IconSearch, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../shared/api/client.ts'
import { membersQuery, useMe } from '../../shared/api/me.ts'
import { say } from '../../shared/undo/undo.tsx'
import classes from './deals.module.css'
import { COLUMNS, DEFAULT_COLUMNS, dealsSearch, isFiltered, LEAD_STATES, PHASES, statusOf, STATUSES } from './model.ts'
import type { Column, DealsSearch } from './model.ts'
import { viewsQuery } from './query.ts'
import { usePhaseNames } from './phases.ts'
import { useDealsWords } from './words.ts'

interface Props {
  search: DealsSearch
  set: (part: Partial<DealsSearch>) => void
}

const EMPTY: DealsSearch = {
  q: undefined,
  status: undefined,
  phase: undefined,
  lead: undefined,
  owner: undefined,
  danger: undefined,
  vacuum: undefined,
}

/** Words, the filters one uses daily, and behind a button the others; saved views and columns to the right. */
export function Toolbar({ search, set }: Props) {
  const t = useDealsWords()
  const me = useMe()
  const [typed, setTyped] = useState(search.q ?? '')
  const send = useDebouncedCallback((q: string) => set({ q: q === '' ? undefined : q }), 180)
  const mine = me !== undefined && search.owner === me.member.id
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.words}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={15} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          send(event.currentTarget.value)
        }}
        rightSection={
          typed !== '' && (
            <CloseButton
              size="sm"
              aria-label={t('clearWords')}
              onClick={() => {
                setTyped('')
                set({ q: undefined })
              }}
            />
          )
        }
      />
      <Group gap={6}>
        {me && (
          <Chip size="xs" checked={mine} onChange={() => set({ owner: mine ? undefined : me.member.id })}>
            {t('mine')}
          </Chip>
        )}
        <Chip
          size="xs"
          checked={search.lead?.includes('behind') ?? false}
          onChange={(on) => set({ lead: on ? ['behind'] : undefined })}
        >
          {t('behind')}
        </Chip>
        <Chip size="xs" checked={search.danger === true} onChange={(on) => set({ danger: on ? true : undefined })}>
          {t('danger')}
        </Chip>
        <Chip size="xs" checked={search.vacuum === true} onChange={(on) => set({ vacuum: on ? true : undefined })}>
          {t('vacuum')}
        </Chip>
        <More search={search} set={set} />
        {isFiltered(search) && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              setTyped('')
              set(EMPTY)
            }}
          >
            {t('clear')}
          </Button>
        )}
      </Group>
      <Group gap={4} ml="auto">
        {filesPlace === undefined && <Views search={search} set={set} />}
        {search.layout !== 'board' && <Columns search={search} set={set} />}
      </Group>
    </div>
  )
}

function More({ search, set }: Props) {
  const t = useDealsWords()
  const phases = usePhaseNames()
  const members = useQuery(membersQuery)
  return (
    <Popover position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconAdjustments size={14} />}>
          {t('filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <MultiSelect
            label={t('columns.status')}
            comboboxProps={{ withinPortal: false }}
            data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            value={statusOf(search) ?? []}
            onChange={(status) => set({ status: status.length === 0 ? undefined : (status as DealsSearch['status']) })}
          />
          <MultiSelect
            label={t('columns.phase')}
            comboboxProps={{ withinPortal: false }}
            clearable
            data={PHASES.map((value) => ({ value, label: phases(value) }))}
            value={search.phase ?? []}
            onChange={(phase) => set({ phase: phase.length === 0 ? undefined : (phase as DealsSearch['phase']) })}
          />
          <MultiSelect
            label={t('columns.lead')}
            comboboxProps={{ withinPortal: false }}
            clearable
            data={LEAD_STATES.map((value) => ({ value, label: t(`lead.${value}`) }))}
            value={search.lead ?? []}
            onChange={(lead) => set({ lead: lead.length === 0 ? undefined : (lead as DealsSearch['lead']) })}
          />
          <Select
            label={t('columns.owner')}
            comboboxProps={{ withinPortal: false }}
            clearable
            searchable
            data={members.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            value={search.owner ?? null}
            onChange={(owner) => set({ owner: owner ?? undefined })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Columns({ search, set }: Props) {
  const t = useDealsWords()
  const shown = search.columns ?? DEFAULT_COLUMNS
  const toggle = (column: Column): void => {
    const next = COLUMNS.filter((one) => (one === column ? !shown.includes(one) : shown.includes(one)))
    if (next.length > 0) set({ columns: next.join() === DEFAULT_COLUMNS.join() ? undefined : next })
  }
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('chooseColumns')}>
          <ActionIcon size="lg" visibleFrom="sm" aria-label={t('chooseColumns')}>
            <IconColumns3 size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.map((column) => (
          <Menu.Item
            key={column}
            role="menuitemcheckbox"
            aria-checked={shown.includes(column)}
            onClick={() => toggle(column)}
            leftSection={<span className={classes.tick}>{shown.includes(column) ? '✓' : ''}</span>}
          >
            {t(`columns.${column}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Views({ search, set }: Props) {
  const t = useDealsWords()
  const client = useQueryClient()
  const views = useQuery(viewsQuery)
  const [name, setName] = useState('')
  const [opened, setOpened] = useState(false)
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      await client.invalidateQueries({ queryKey: viewsQuery.queryKey })
    } catch {
      say(t('viewFailed'), 'danger')
    }
  }
  const save = async (): Promise<void> => {
    const query = Object.fromEntries(
      Object.entries(search)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : value]),
    )
    await act(() =>
      change(routes.workspace.saveView, { body: { screen: 'deals', name: name.trim(), query, shared: false } }),
    )
    setName('')
  }
  return (
    <Popover position="bottom-end" width={280} trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconBookmark size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {t('views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {views.data?.length === 0 && <span className={classes.hint}>{t('viewsEmpty')}</span>}
          {views.data?.map((view) => (
            <Group key={view.id} gap={4} wrap="nowrap">
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                justify="flex-start"
                flex={1}
                onClick={() => {
                  set({
                    ...EMPTY,
                    sort: undefined,
                    order: undefined,
                    layout: undefined,
                    columns: undefined,
                    ...dealsSearch(view.query),
                  })
                  setOpened(false)
                }}
              >
                {view.name}
              </Button>
              {view.mine && (
                <ActionIcon
                  aria-label={t('removeView', { name: view.name })}
                  onClick={() => void act(() => change(routes.workspace.removeView, { params: { id: view.id } }))}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              )}
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <Group gap={6} wrap="nowrap">
              <TextInput
                flex={1}
                aria-label={t('viewName')}
                placeholder={t('viewName')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={100}
              />
              <Button type="submit" size="sm" disabled={name.trim() === ''}>
                {t('save')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
