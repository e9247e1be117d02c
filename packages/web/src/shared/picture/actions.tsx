import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { addDays } from '@sente/engine'
import type { Brief, ConcernId, Deal, Methodology, PlainDate, ProofStatus } from '@sente/engine'
import type { Target } from '@sente/picture'
import { useFormat } from '../format/format.ts'
import { useText } from '../i18n/use-lang.ts'
import { startOf } from './edits.ts'
import type { PictureEdit } from './edits.ts'
import { usePictureWords } from './words.ts'

const STATUSES: readonly ProofStatus[] = ['missing', 'preparing', 'prepared', 'presented', 'accepted']
const MOST = 4

interface Props {
  target: Target
  brief: Brief
  deal: Deal
  methodology: Methodology
  asOf: PlainDate
  onEdit: (edit: PictureEdit) => void
  onDone: () => void
}

/** What can be done about the point that is explained: plan a play, start a proof, say how far a proof is. */
export function Actions({ target, brief, deal, methodology, asOf, onEdit, onDone }: Props) {
  if (target.kind === 'phases') return null
  if (target.kind === 'concern')
    return <Proofs concern={target.concern} deal={deal} methodology={methodology} asOf={asOf} onEdit={onEdit} />
  const then = (edit: PictureEdit): void => {
    // The point may be gone with its reason.
    onDone()
    onEdit(edit)
  }
  const items = target.point.of.slice(0, MOST)
  return (
    <Stack gap={6} mt="xs">
      {items.map((item, i) => {
        if (item.list === 'plan') return <PlanIt key={i} play={brief.plan[item.index]!} asOf={asOf} onEdit={then} />
        if (item.list === 'startBy')
          return <StartIt key={i} start={brief.lead.startBy[item.index]!} asOf={asOf} deal={deal} onEdit={then} />
        if (item.list === 'concerns')
          return (
            <Proofs key={i} concern={item.concern} deal={deal} methodology={methodology} asOf={asOf} onEdit={onEdit} />
          )
        return null
      })}
    </Stack>
  )
}

function PlanIt({
  play,
  asOf,
  onEdit,
}: {
  play: Brief['plan'][number]
  asOf: PlainDate
  onEdit: (edit: PictureEdit) => void
}) {
  const t = usePictureWords()
  const text = useText()
  const on = addDays(asOf, play.leadDays)
  return (
    <Row says={text(play.name)}>
      <Button
        size="compact-xs"
        variant="light"
        onClick={() => onEdit({ kind: 'plan-play', play: play.play, on, with: play.with })}
      >
        {t('planIt')}
      </Button>
    </Row>
  )
}

function StartIt({
  start,
  asOf,
  deal,
  onEdit,
}: {
  start: Brief['lead']['startBy'][number]
  asOf: PlainDate
  deal: Deal
  onEdit: (edit: PictureEdit) => void
}) {
  const t = usePictureWords()
  const text = useText()
  const format = useFormat()
  const known = (deal.proofs ?? []).findIndex(({ topic, proof }) => topic === start.topic && proof === start.proof)
  const readyOn = addDays(asOf, start.leadDays)
  return (
    <Row says={text(start.proofName)} more={t('starts', { date: format.shortDay(readyOn) })}>
      <Button
        size="compact-xs"
        variant="light"
        onClick={() => onEdit(known < 0 ? startOf(start, asOf) : { kind: 'proof-ready', index: known, readyOn })}
      >
        {t('startIt')}
      </Button>
    </Row>
  )
}

/** How far each proof of a concern is; a change moves the red at once. */
function Proofs({
  concern,
  deal,
  methodology,
  asOf,
  onEdit,
}: {
  concern: ConcernId
  deal: Deal
  methodology: Methodology
  asOf: PlainDate
  onEdit: (edit: PictureEdit) => void
}) {
  const t = usePictureWords()
  const text = useText()
  const topics = methodology.topics.topics.filter((topic) => topic.concern === concern)
  const rows = (deal.proofs ?? []).flatMap((proof, index) => {
    const name = topics.find(({ id }) => id === proof.topic)?.proofs.find(({ id }) => id === proof.proof)?.name
    return name ? [{ index, name: text(name), status: proof.history.at(-1)?.status ?? 'missing' }] : []
  })
  if (rows.length === 0) return null
  return (
    <Stack gap={4} mt="xs">
      <Text size="xs" fw={600}>
        {t('change')}
      </Text>
      {rows.map(({ index, name, status }) => (
        <Row key={index} says={name}>
          <NativeSelect
            size="xs"
            aria-label={`${name}: ${t('status')}`}
            value={status}
            data={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
            onChange={(event) =>
              onEdit({ kind: 'proof-status', index, status: event.currentTarget.value as ProofStatus, on: asOf })
            }
          />
        </Row>
      ))}
    </Stack>
  )
}

function Row({ says, more, children }: { says: string; more?: string; children: React.ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <div style={{ minWidth: 0 }}>
        <Text size="xs">{says}</Text>
        {more && (
          <Text size="xs" c="dimmed">
            {more}
          </Text>
        )}
      </div>
      <div style={{ flex: 'none' }}>{children}</div>
    </Group>
  )
}
