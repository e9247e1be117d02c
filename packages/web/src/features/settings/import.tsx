import { Alert, Button, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { routes } from '@sente/api'
import type { ImportRun } from '@sente/api'
import { IconFileUpload } from '@tabler/icons-react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, change } from '../../shared/api/client.ts'
import { EmptyState, Loaded, Waiting } from '../../shared/states/states.tsx'
import { StackingTable } from '../../shared/table/stacking-table.tsx'
import { When } from '../../shared/time/when.tsx'
import { Doubts } from './doubts.tsx'
import type { Answers } from './doubts.tsx'
import { mappingOf, missingFields } from './mapping.ts'
import { Columns, MissingFields, What } from './import-list.tsx'
import type { Kind, Preview } from './import-list.tsx'
import { Panel } from './panel.tsx'
import classes from './settings.module.css'
import { Report } from './report.tsx'
import { useAct } from './use-act.ts'
import { useSettingsWords } from './words.ts'

const RUNS = ['imports']
const runsQuery = queryOptions({
  queryKey: RUNS,
  queryFn: () => api.call(routes.exchange.list, { query: { limit: 20 } }),
})
const MOST = 200 * 1024 * 1024
/** Between two looks at how far an import is. */
const LOOK_MS = 700

/** A file from a CRM: look at it, say which column is what, try it without writing, then write. */
export function Import() {
  const t = useSettingsWords()
  const { act, busy } = useAct()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState<Preview>()
  const [fields, setFields] = useState<Record<string, string | null>>({})
  const [faulty, setFaulty] = useState<'batch' | 'row'>('row')
  const [answers, setAnswers] = useState<Answers>({})
  const [yes, setYes] = useState(false)
  const [run, setRun] = useState<string>()
  const [going, setGoing] = useState(false)
  const { data: runs } = useQuery({ ...runsQuery, refetchInterval: going ? LOOK_MS : false })
  const ofFile = (runs?.items ?? []).filter(
    ({ kind, source, dryRun }) => file !== undefined && source === file.name && kind === preview?.kind && !dryRun,
  )
  // The answer comes with the last row; until then the list of imports tells how far it is.
  const shown =
    run ??
    (going ? runs?.items.find(({ status, source }) => status === 'running' && source === file?.name)?.id : undefined)
  // While a file is looked at, nothing is offered of the one before.
  const broken =
    !going &&
    !busy &&
    run === undefined &&
    ofFile[0] &&
    ['interrupted', 'failed', 'cancelled'].includes(ofFile[0].status) &&
    ofFile[0].position > 0
      ? ofFile[0]
      : undefined

  const look = async (chosen: File, kind?: Kind, said: Answers = {}): Promise<void> => {
    setRun(undefined)
    setYes(false)
    const seen = await act(() =>
      api.call(routes.exchange.preview, {
        query: { filename: chosen.name, ...(kind ? { kind } : {}), ...said },
        body: chosen,
      }),
    )
    if (!seen) return
    setFile(chosen)
    setPreview(seen)
    setAnswers(said)
    setFields(Object.fromEntries(seen.columns.map(({ name, field }) => [name, field ?? null])))
  }
  const start = async (dryRun: boolean, resume?: string): Promise<void> => {
    if (!file || !preview) return
    setRun(undefined)
    setGoing(true)
    const mapping = mappingOf(fields)
    const done = await act(
      () =>
        change(routes.exchange.start, {
          query: {
            kind: preview.kind,
            filename: file.name,
            dryRun: String(dryRun),
            faulty,
            ...answers,
            ...(yes ? { yes: 'true' } : {}),
            ...(resume !== undefined && { resume }),
            ...(Object.keys(mapping).length > 0 ? { mapping: JSON.stringify(mapping) } : {}),
          },
          body: file,
        }),
      { refresh: RUNS },
    )
    setGoing(false)
    if (!done) return
    setRun(done.value.id)
    if (!dryRun) await client.invalidateQueries()
  }
  const missing = preview ? missingFields(preview.fields, fields) : []
  return (
    <Stack>
      <Panel title={t('sections.import')} says={t('importSays')}>
        <Dropzone
          onDrop={(files) => void look(files[0]!)}
          maxFiles={1}
          maxSize={MOST}
          loading={busy && !preview}
          aria-label={t('drop')}
          className={classes.drop}
        >
          <Group justify="center" gap="sm" wrap="nowrap" className={classes.dropWords}>
            <IconFileUpload size={26} stroke={1.5} style={{ flex: 'none' }} aria-hidden />
            <div>
              <Text fw={550}>{file ? file.name : t('drop')}</Text>
              <Text size="xs" c="dimmed">
                {t('dropSays')}
              </Text>
            </div>
          </Group>
        </Dropzone>
        {preview && (
          <Stack mt="md">
            <What
              preview={preview}
              answers={answers}
              busy={busy}
              onLook={(kind, said) => file && void look(file, kind, said)}
            />
            {preview.report && (
              <Doubts
                report={preview.report}
                answers={answers}
                busy={busy}
                yes={yes}
                onAnswer={(said) => file && void look(file, preview.kind, said)}
                onYes={setYes}
              />
            )}
            {preview.columns.length > 0 && <Columns preview={preview} fields={fields} onChange={setFields} />}
            <div>
              <Text size="sm" fw={500} mb={4}>
                {t('faulty')}
              </Text>
              <SegmentedControl
                value={faulty}
                aria-label={t('faulty')}
                onChange={(value) => setFaulty(value as 'row')}
                data={[
                  { value: 'row', label: t('faultyRow') },
                  { value: 'batch', label: t('faultyBatch') },
                ]}
              />
            </div>
            {missing.length > 0 && <MissingFields fields={missing} />}
            {broken && (
              <Alert color="tide" variant="light" title={t('brokenOff', { count: broken.position })}>
                <Button size="compact-sm" disabled={missing.length > 0} onClick={() => void start(false, broken.id)}>
                  {t('goOn')}
                </Button>
              </Alert>
            )}
            <Go
              busy={busy}
              incomplete={missing.length > 0}
              unanswered={!yes && isWaiting(preview)}
              onStart={(dryRun) => void start(dryRun)}
            />
          </Stack>
        )}
        {shown !== undefined && <Run id={shown} rows={preview?.rows} />}
      </Panel>
      <Earlier onOpen={setRun} />
    </Stack>
  )
}

/** Guesses of this list are to be answered before anything is written. */
const isWaiting = ({ report }: Preview): boolean => report?.doubts.some(({ waits }) => waits) ?? false

function Go({
  busy,
  incomplete,
  unanswered,
  onStart,
}: {
  busy: boolean
  incomplete: boolean
  unanswered: boolean
  onStart: (dryRun: boolean) => void
}) {
  const t = useSettingsWords()
  return (
    <Group>
      <Button variant="default" loading={busy} disabled={incomplete} onClick={() => onStart(true)}>
        {t('dryRun')}
      </Button>
      <Button loading={busy} disabled={incomplete || unanswered} onClick={() => onStart(false)}>
        {t('importGo')}
      </Button>
    </Group>
  )
}

/** `rows`: how many there are, where it is known before the last one is in. */
function Run({ id, rows }: { id: string; rows: number | undefined }) {
  const t = useSettingsWords()
  const { act } = useAct()
  const query = useQuery({
    queryKey: [...RUNS, id],
    queryFn: () => api.call(routes.exchange.get, { params: { runId: id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MS : false),
  })
  return (
    <div className={classes.run} aria-live="polite">
      <Loaded query={query} waiting={<Waiting like="text" count={3} />}>
        {(data) => (
          <Stack gap="xs">
            <Group justify="space-between">
              <Text fw={600}>
                <RunStatus run={data} />
              </Text>
              {data.status === 'running' && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() =>
                    void act(() => change(routes.exchange.cancel, { params: { runId: id } }), { refresh: RUNS })
                  }
                >
                  {t('cancel')}
                </Button>
              )}
            </Group>
            {data.status === 'running' && (
              <Progress value={share(data.position, data.total ?? rows)} animated aria-label={t('progress')} />
            )}
            <Counts run={data} />
            {data.failed > 0 && <Report runId={id} />}
          </Stack>
        )}
      </Loaded>
    </div>
  )
}

/** Per cent; all of it where nobody knows of how many. */
const share = (done: number, all: number | undefined): number =>
  all === undefined || done > all ? 100 : (100 * done) / Math.max(1, all)

/** A run that is done and left rows out says so: “imported” alone would be taken for all of them. */
function RunStatus({ run: { dryRun, status, created, updated, unchanged, failed } }: { run: ImportRun }) {
  const t = useSettingsWords()
  if (dryRun) return t('tried')
  if (status !== 'done' || failed === 0) return t(`runStatus.${status}`)
  return created + updated + unchanged === 0 ? t('runNone') : t('runPart', { count: failed })
}

function Counts({ run }: { run: ImportRun }) {
  const t = useSettingsWords()
  return (
    <Text size="sm">
      {t('runCounts', { created: run.created, updated: run.updated, unchanged: run.unchanged, failed: run.failed })}
    </Text>
  )
}

function Earlier({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useSettingsWords()
  const query = useQuery(runsQuery)
  return (
    <Panel title={t('earlier')}>
      <Loaded
        query={query}
        waiting={<Waiting like="rows" count={3} />}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState title={t('noImports')} />}
      >
        {({ items }) => (
          <StackingTable
            columns={[
              { name: t('what') },
              { name: t('outcome') },
              { name: t('when') },
              { name: t('show'), quiet: true },
            ]}
            rows={items.map((run) => ({
              id: run.id,
              cells: [
                <>
                  {run.source ?? t(`kinds.${run.kind}`)}
                  <Text size="xs" c="dimmed">
                    <RunStatus run={run} />
                  </Text>
                </>,
                <Counts key="outcome" run={run} />,
                <When key="when" at={run.createdAt} />,
                <Button key="show" variant="subtle" size="compact-sm" onClick={() => onOpen(run.id)}>
                  {t('show')}
                </Button>,
              ],
            }))}
          />
        )}
      </Loaded>
    </Panel>
  )
}
