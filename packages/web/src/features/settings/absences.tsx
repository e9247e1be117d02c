import { Alert, Button, Checkbox, FileButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { daysSaid, withFound } from './absences-model.ts'
import type { Absence, Found } from './absences-model.ts'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

const absencesQuery = queryOptions({
  queryKey: ['calendar', 'absences'],
  queryFn: () => api.call(routes.calendar.absences),
})
type Read = CallOutput<typeof routes.calendar.readAbsences>

/** Days on which one cannot go to customers: said by hand, or read from a calendar file. */
export function Absences() {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const query = useQuery(absencesQuery)
  const [read, setRead] = useState<Read>()
  const keep = (absences: Absence[]) =>
    act(() => change(routes.calendar.setAbsences, { body: { absences } }), {
      says: t('saved'),
      refresh: absencesQuery.queryKey,
      also: keys.workspace,
    })
  return (
    <Panel title={t('absences.title')} says={t('absences.says')}>
      <Loaded query={query} waiting={<Waiting like="rows" count={2} />}>
        {({ listed, absences }) => (
          <Stack gap="sm">
            {!listed && <Alert>{t('absences.notListed')}</Alert>}
            {listed && absences.length === 0 && <Text size="sm">{t('absences.none')}</Text>}
            {absences.length > 0 && (
              <ul className={classes.plainList}>
                {absences.map((one) => (
                  <li key={`${one.from} ${one.to} ${one.why ?? ''}`}>
                    <Days {...one} />
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      disabled={busy}
                      onClick={() => void keep(absences.filter((other) => other !== one))}
                    >
                      {t('remove')}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            {listed && <ByHand busy={busy} onAdd={(one) => keep([...absences, one])} />}
            {listed && (
              <Group gap="xs">
                <FileButton
                  accept=".ics,text/calendar"
                  onChange={(file) => {
                    if (!file) return
                    void act(() => change(routes.calendar.readAbsences, { body: file })).then(
                      (done) => done && setRead(done.value),
                    )
                  }}
                >
                  {(props) => (
                    <Button variant="default" loading={busy} {...props}>
                      {t('absences.fromFile')}
                    </Button>
                  )}
                </FileButton>
                <Text size="sm" c="dimmed">
                  {t('absences.fromFileSays')}
                </Text>
              </Group>
            )}
            {read && (
              <Choice
                read={read}
                busy={busy}
                onStop={() => setRead(undefined)}
                onTake={async (chosen) => {
                  if (await keep(withFound(absences, chosen))) setRead(undefined)
                }}
              />
            )}
          </Stack>
        )}
      </Loaded>
    </Panel>
  )
}

function Days({ from, to, why }: Absence) {
  const format = useFormat()
  return (
    <span>
      {daysSaid({ from, to }, format)}
      {why !== undefined && <span className={classes.quiet}> · {why}</span>}
    </span>
  )
}

function ByHand({ busy, onAdd }: { busy: boolean; onAdd: (one: Absence) => Promise<unknown> }) {
  const t = useSettingsWords()
  const [one, setOne] = useState({ from: '', to: '', why: '' })
  const to = one.to === '' ? one.from : one.to
  const wrong = one.from !== '' && to < one.from
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const why = one.why.trim()
        void onAdd({ from: one.from, to, ...(why === '' ? {} : { why }) }).then(
          (done) => done !== undefined && setOne({ from: '', to: '', why: '' }),
        )
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          type="date"
          label={t('absences.from')}
          required
          value={one.from}
          onChange={(event) => setOne({ ...one, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('absences.to')}
          value={one.to}
          min={one.from}
          error={wrong ? t('absences.wrong') : undefined}
          onChange={(event) => setOne({ ...one, to: event.currentTarget.value })}
        />
        <TextInput
          label={t('absences.why')}
          maxLength={200}
          value={one.why}
          onChange={(event) => setOne({ ...one, why: event.currentTarget.value })}
        />
        <Button type="submit" variant="default" loading={busy} disabled={one.from === '' || wrong}>
          {t('add')}
        </Button>
      </Group>
    </form>
  )
}

/** What a file speaks of: what is sure is chosen already, what is doubtful says why and waits for a yes. */
function Choice({
  read,
  busy,
  onTake,
  onStop,
}: {
  read: Read
  busy: boolean
  onTake: (chosen: Found[]) => Promise<void>
  onStop: () => void
}) {
  const t = useSettingsWords()
  const text = useText()
  const [chosen, setChosen] = useState(() => new Set(read.found.flatMap(({ sure }, i) => (sure ? [i] : []))))
  return (
    <Alert title={t('absences.found', { count: read.found.length })}>
      <Stack gap="xs">
        {read.doubts.map((doubt) => (
          <Text key={doubt.en} size="sm">
            {text(doubt)}
          </Text>
        ))}
        {read.found.map((one, i) => (
          <Checkbox
            key={`${one.from} ${one.to} ${one.why ?? ''}`}
            checked={chosen.has(i)}
            onChange={(event) => {
              const next = new Set(chosen)
              if (event.currentTarget.checked) next.add(i)
              else next.delete(i)
              setChosen(next)
            }}
            label={<Days from={one.from} to={one.to} why={one.why} />}
            description={one.doubts.map(text).join(' ') || undefined}
          />
        ))}
        <Text size="sm" c="dimmed">
          {t('absences.leftOut', { count: read.leftOut })}
        </Text>
        <Group gap="xs">
          <Button
            loading={busy}
            disabled={chosen.size === 0}
            onClick={() => void onTake(read.found.filter((_, i) => chosen.has(i)))}
          >
            {t('absences.take', { count: chosen.size })}
          </Button>
          <Button variant="default" onClick={onStop}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
