import { Button, Menu, Text } from '@mantine/core'
import type { ProofStatus } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { statusOf } from '../forms/values.ts'
import { bestProof, matrixOf, proofFor } from '../model/matrix.ts'
import type { MatrixRow } from '../model/matrix.ts'
import type { DealPerson } from '../model/people.ts'
import { Bar, StatusMark } from '../parts/marks.tsx'
import { AddButton, EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { useDealWords } from '../words.ts'
import stack from '../deal.module.css'
import classes from './proofs.module.css'

const STATUSES: readonly ProofStatus[] = ['missing', 'preparing', 'prepared', 'presented', 'accepted']

export function ProofsSection() {
  return (
    <div className={stack.stack}>
      <Matrix />
      <ProofList />
    </div>
  )
}

/** Which worry of whom has been answered: a row for each topic, a column for each person who asks it. */
function Matrix() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { whole, brief, index, people } = useDealView()
  const groups = matrixOf(whole, brief)
  const columns = people.filter(({ view }) => view !== undefined)
  return (
    <Panel
      title={t('matrix.title')}
      says={t('matrix.says')}
      actions={<AddButton editing={{ target: 'proof' }}>{t('matrix.add')}</AddButton>}
      id="matrix"
    >
      {columns.length === 0 && <Nothing>{t('matrix.nobody')}</Nothing>}
      {/* Scrolls by keys as well. */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('matrix.title')}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('topic')}</th>
              <th scope="col">{t('matrix.deal')}</th>
              {columns.map(({ key, name, view }) => (
                <th key={key} scope="col">
                  <span>{name}</span>
                  {view?.numberOne && (
                    <Text size="xs" c="dimmed">
                      {t('numberOne')}
                    </Text>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ concern, now, demand, rows }) => (
            <tbody key={concern}>
              <tr className={classes.concern}>
                <th scope="rowgroup" colSpan={columns.length + 2}>
                  <span className={classes.concernHead}>
                    {text(index.concerns.get(concern)!.name)}
                    <span className={classes.figures} data-over={demand > now + 0.1}>
                      {t('matrix.demandReadiness', { demand: format.percent(demand), readiness: format.percent(now) })}
                      <Bar share={now} width="4rem" tone={demand > now + 0.1 ? 'red' : 'accent'} />
                    </span>
                  </span>
                </th>
              </tr>
              {rows.map((row) => (
                <tr key={row.topic}>
                  <th scope="row">
                    <span title={text(index.topics.get(row.topic)?.question ?? row.readiness.name)}>
                      {text(row.readiness.name)}
                    </span>
                    {row.readiness.expired && (
                      <Text size="xs" c="red">
                        {t('expired')}
                      </Text>
                    )}
                    {row.notNeeded && (
                      <Text size="xs" c="dimmed">
                        {t('matrix.notNeeded')}
                      </Text>
                    )}
                  </th>
                  <td>
                    <StatusMark status={row.readiness.status} />
                  </td>
                  {columns.map((person) => (
                    <td key={person.key}>
                      <Cell row={row} person={person} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Panel>
  )
}

function Cell({ row, person }: { row: MatrixRow; person: DealPerson }) {
  const t = useDealWords()
  const text = useText()
  const { may, whole, methodology, edit, asOf } = useDealView()
  const run = useEdits()
  const cell = row.cells.get(person.key)
  // Nobody of this role asks this.
  if (!cell)
    return (
      <span className={classes.notAsked} role="img" aria-label={t('matrix.notAsked')}>
        ·
      </span>
    )
  const mark = <StatusMark status={cell.status} />
  if (!may.write) return mark
  const proof = proofFor(whole, row.topic, cell.proof, person.personId)
  const set = (status: ProofStatus): void =>
    run(t('proof.changed'), (batch) => {
      const proofId = proof?.for?.includes(person.personId)
        ? proof.id
        : batch.create('proof', {
            topic: row.topic,
            proof: proof?.proof ?? bestProof(row.topic, methodology) ?? row.topic,
            for: [person.personId],
          })
      const today = (whole.proofStatus ?? []).find((one) => one.proofId === proofId && one.on === asOf)
      if (today) batch.update('proofStatus', today, { status })
      else batch.create('proofStatus', { proofId, status, on: asOf })
    })
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.cell}
          aria-label={t('matrix.cell', {
            topic: text(row.readiness.name),
            person: person.name,
            status: t(`proofStatus.${cell.status}`),
          })}
        >
          {mark}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {text(row.readiness.name)} · {person.name}
        </Menu.Label>
        {STATUSES.map((status) => (
          <Menu.Item key={status} aria-current={status === cell.status} onClick={() => set(status)}>
            <StatusMark status={status} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        {proof && <Menu.Item onClick={() => edit({ target: 'proof', id: proof.id })}>{t('matrix.edit')}</Menu.Item>}
        <Menu.Item
          onClick={() =>
            edit({
              target: 'proof',
              prefill: { topic: row.topic, proof: bestProof(row.topic, methodology), for: [person.personId] },
            })
          }
        >
          {t('matrix.addAnother')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Every proof with its own dates, owner and remark. */
function ProofList() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const view = useDealView()
  const { whole, index, byPerson, asOf } = view
  const proofs = whole.proof ?? []
  return (
    <Panel
      title={t('proofList.title')}
      id="proofs"
      actions={<AddButton editing={{ target: 'notNeeded' }}>{t('proofList.addNotNeeded')}</AddButton>}
    >
      {proofs.length === 0 && <Nothing>{t('proofList.none')}</Nothing>}
      <Lines>
        {proofs.map((proof) => {
          const topic = index.topics.get(proof.topic)
          const name = text(
            topic?.proofs.find(({ id }) => id === proof.proof)?.name ?? { en: proof.proof, zh: proof.proof },
          )
          const status = (statusOf(view, proof.id).status ?? 'missing') as ProofStatus
          const late =
            proof.readyOn !== undefined && proof.readyOn < asOf && (status === 'missing' || status === 'preparing')
          return (
            <Line key={proof.id} actions={<EditButton editing={{ target: 'proof', id: proof.id }} name={name} />}>
              <span className={classes.proof}>
                <StatusMark status={status} late={late} />
                <strong>{name}</strong>
              </span>
              <Text size="xs" c="dimmed">
                {[
                  topic ? text(topic.name) : proof.topic,
                  proof.for?.length
                    ? t('forPeople', { people: format.list(proof.for.flatMap((id) => byPerson.get(id)?.name ?? [])) })
                    : t('forEverybody'),
                  proof.owner,
                  proof.readyOn ? t(late ? 'lateSince' : 'readyOn', { day: format.day(proof.readyOn) }) : '',
                  proof.expiresOn ? t('validUntil', { day: format.day(proof.expiresOn) }) : '',
                  proof.note,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Line>
          )
        })}
        {(whole.notNeeded ?? []).map((one) => (
          <Line
            key={one.id}
            dim
            actions={
              <EditButton
                editing={{ target: 'notNeeded', id: one.id }}
                name={text(index.topics.get(one.topic)?.name ?? { en: one.topic, zh: one.topic })}
              />
            }
          >
            {t('namedValue', {
              name: text(index.topics.get(one.topic)?.name ?? { en: one.topic, zh: one.topic }),
              value: t('matrix.notNeeded'),
            })}{' '}
            <Text span size="xs" c="dimmed">
              {one.reason}
            </Text>
          </Line>
        ))}
      </Lines>
    </Panel>
  )
}
