import { Button, Menu, NativeSelect, Paper, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { canOwn, membersQuery, useMay, useMe } from '../../shared/api/me.ts'
import { teamsQuery } from '../../shared/api/teams.ts'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { MeetingLink } from '../../shared/plan/meeting-link.tsx'
import { askOutcome, OutcomeHost, outcomeAhead } from '../../shared/plan/outcome-host.tsx'
import { sentenceOf } from '../../shared/plan/sentence.ts'
import type { Piece } from '../../shared/plan/sentence.ts'
import { useActWords } from '../../shared/plan/words.ts'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import { actOfLine, nameOfLine } from './agenda-model.ts'
import type { Line } from './agenda-model.ts'
import classes from './agenda.module.css'
import { DealLink } from './card.tsx'
import { useMethodNames } from './names.ts'
import { agendaQuery } from './query.ts'
import type { AgendaData, Whose } from './query.ts'
import { useLine } from './use-line.ts'
import { useTodayWords } from './words.ts'

/** Whom to see or call today: at most seven lines over all deals, one's own or all of a team, each answered where it stands. */
export function Agenda() {
  const t = useTodayWords()
  const label = useId()
  const role = useMe()?.member.role
  const leads = role === 'manager' || role === 'administrator'
  const [whose, setWhose] = useState<Whose>('own')
  const query = useQuery(agendaQuery(whose))
  return (
    <Paper component="section" aria-labelledby={label} className={classes.agenda}>
      <header className={classes.head}>
        <Title order={2} id={label}>
          {t('agenda.title')}
        </Title>
        {leads && <WhoseChoice whose={whose} onChange={setWhose} />}
      </header>
      <Loaded query={query} waiting={<Waiting like="rows" count={5} />}>
        {(data) => <Lines data={data} whose={whose} />}
      </Loaded>
      <OutcomeHost />
    </Paper>
  )
}

/** For whoever leads: whose people and steps are shown. */
function WhoseChoice({ whose, onChange }: { whose: Whose; onChange: (whose: Whose) => void }) {
  const t = useTodayWords()
  const me = useMe()?.member.id
  const members = (useQuery(membersQuery).data ?? []).filter((one) => canOwn(one) && one.id !== me)
  const teams = useQuery(teamsQuery).data ?? []
  const group = (name: string, kind: 'team' | 'member', all: readonly { id: string; name: string }[]) =>
    all.length === 0
      ? []
      : [{ group: name, items: all.map((one) => ({ value: `${kind}:${one.id}`, label: one.name })) }]
  return (
    <NativeSelect
      size="xs"
      aria-label={t('agenda.whose')}
      value={whose}
      onChange={(event) => onChange(event.currentTarget.value as Whose)}
      data={[
        { value: 'own', label: t('agenda.own') },
        { value: 'all', label: t('agenda.all') },
        ...group(t('agenda.teams'), 'team', teams),
        ...group(t('agenda.members'), 'member', members),
      ]}
    />
  )
}

function Lines({ data, whose }: { data: AgendaData; whose: Whose }) {
  const t = useTodayWords()
  const text = useText()
  const { question } = data
  return (
    <>
      {data.lines.length === 0 && <p className={classes.none}>{t('agenda.none')}</p>}
      <ol className={classes.lines}>
        {data.lines.map((line) => (
          <li key={nameOfLine(line)}>
            <AgendaLine line={line} today={data.on} whose={whose} />
          </li>
        ))}
      </ol>
      {question && (
        <p className={classes.question}>
          <strong>{question.to === undefined ? t('agenda.askAny') : t('agenda.ask', { person: question.to })}</strong>{' '}
          {text(question.text)} <span>{t('agenda.changes', { what: text(question.changes) })}</span>{' '}
          <DealLink dealId={question.dealId} deal={question.deal} section="evidence" />
        </p>
      )}
      {data.looked.plans < data.looked.deals && (
        <p className={classes.looked}>{t('agenda.looked', { count: data.looked.deals, plans: data.looked.plans })}</p>
      )}
    </>
  )
}

function AgendaLine({ line, today, whose }: { line: Line; today: string; whose: Whose }) {
  const t = useTodayWords()
  const text = useText()
  const format = useFormat()
  const names = useMethodNames()
  const act = useActWords()
  const may = useMay('deals:write')
  const pieces: Piece[] =
    line.kind === 'promise'
      ? [
          {
            text: t(line.with[0] ? 'agenda.promise' : 'agenda.promiseAny', {
              what: line.what ?? '',
              person: line.with[0]?.name ?? '',
              day: format.shortDay(line.on),
            }),
            strong: false,
          },
        ]
      : line.kind === 'outcome'
        ? [
            {
              text: act('outcome.ask', {
                what: [format.list(line.with.map(({ name }) => name)), line.what ?? names.play(line.play ?? '', text)]
                  .filter(Boolean)
                  .join(' · '),
              }),
              strong: true,
            },
            { text: ` ${format.shortDay(line.on)}`, strong: false },
          ]
        : sentenceOf(actOfLine(line, { text, play: (id) => names.play(id, text) }), act, format)
  const late = line.kind === 'promise' && line.on < today
  return (
    <div className={classes.line} data-late={late || undefined} data-kind={line.kind}>
      <p>
        {pieces.map((piece, i) =>
          piece.strong ? <strong key={i}>{piece.text}</strong> : <span key={i}>{piece.text}</span>,
        )}
      </p>
      <DealLink
        dealId={line.dealId}
        deal={line.deal}
        account={line.account}
        section={line.kind === 'promise' ? 'process' : 'plan'}
      >
        {line.owner !== undefined && ` · ${line.owner}`}
        {late && <span className={classes.overdue}> · {t('late')}</span>}
      </DealLink>
      {line.kind !== 'promise' && (
        <MeetingLink
          meeting={{
            dealId: line.dealId,
            people: line.with,
            on: line.on,
            play: line.play,
            planStepId: line.planStepId,
          }}
        />
      )}
      {line.papers.length > 0 && (
        <details className={classes.papers}>
          <summary>{t('agenda.papers', { count: line.papers.length })}</summary>
          <ul>
            {line.papers.map((paper) => (
              <li key={paper.name.en}>
                {paper.startBy <= today
                  ? t('agenda.beginNow', { paper: text(paper.name) })
                  : t('agenda.beginBy', { paper: text(paper.name), day: format.shortDay(paper.startBy) })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {may && <Acts line={line} today={today} whose={whose} />}
    </div>
  )
}

function Acts({ line, today, whose }: { line: Line; today: string; whose: Whose }) {
  const t = useTodayWords()
  const act = useActWords()
  const text = useText()
  const format = useFormat()
  const names = useMethodNames()
  const does = useLine(line, today, whose)
  const what = [format.list(line.with.map(({ name }) => name)), line.what ?? names.play(line.play ?? '', text)]
    .filter(Boolean)
    .join(' · ')
  const named = (says: string): string => t('agenda.named', { says, what })
  const size = 'compact-sm'
  if (line.kind === 'promise')
    return (
      <div className={classes.acts}>
        <Button
          size={size}
          variant="light"
          leftSection={<IconCheck size={14} aria-hidden />}
          aria-label={named(t('agenda.keep'))}
          onClick={() => void does.kept()}
        >
          {t('agenda.keep')}
        </Button>
      </div>
    )
  if (line.kind === 'decide')
    return (
      <div className={classes.acts}>
        <Button
          size={size}
          leftSection={<IconCheck size={14} aria-hidden />}
          aria-label={named(t('agenda.accept'))}
          onClick={() => void does.accepted()}
        >
          {t('agenda.accept')}
        </Button>
        <Button size={size} variant="subtle" aria-label={named(t('agenda.later'))} onClick={() => void does.notNow()}>
          {t('agenda.later')}
        </Button>
      </div>
    )
  return (
    <div className={classes.acts}>
      {line.on <= today && (
        <Button
          size={size}
          variant="light"
          aria-label={named(act('outcome.say'))}
          onPointerEnter={outcomeAhead}
          onClick={() =>
            askOutcome({
              dealId: line.dealId,
              planStepId: line.planStepId!,
              name: what,
              on: line.on,
              people: line.with,
            })
          }
        >
          {act('outcome.say')}
        </Button>
      )}
      <Button size={size} variant="default" aria-label={named(t('agenda.week'))} onClick={() => void does.moved()}>
        {t('agenda.week')}
      </Button>
      <HandOver named={named(t('agenda.handOver'))} onPick={(owner) => void does.handedOver(owner)} />
      <Button size={size} variant="subtle" aria-label={named(t('agenda.snooze'))} onClick={() => void does.snoozed()}>
        {t('agenda.snooze')}
      </Button>
    </div>
  )
}

function HandOver({ named, onPick }: { named: string; onPick: (owner: string) => void }) {
  const t = useTodayWords()
  const members = useQuery(membersQuery).data
  return (
    <Menu withinPortal position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" aria-label={named}>
          {t('agenda.handOver')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(members ?? []).filter(canOwn).map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onPick(name)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
