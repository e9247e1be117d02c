import { ActionIcon, Button, Text, Tooltip } from '@mantine/core'
import { OPEN_PHASES, PHASES } from '@sente/engine'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { Bar } from '../parts/marks.tsx'
import { EditButton, Line, Lines, Nothing, Panel } from '../parts/panel.tsx'
import { inOrder } from '../model/order.ts'
import { useDealWords } from '../words.ts'
import classes from './sections.module.css'

/** More reasons than that move nothing by much; they come when asked for. */
const FEW = 6
/** What moves the odds by less is shown as 0 and is no reason. */
const SEEN = 0.05

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** Where the customer is, what speaks for and against it, and how to disagree. */
export function PositionPanel() {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { brief, index, may, edit, whole } = useDealView()
  const { position } = brief
  const reasons = [...position.reasons]
    .filter(({ effect }) => Math.abs(effect) >= SEEN)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
  const leading = text(index.phases.get(position.leading)!.name)
  const pins = whole.pin ?? []
  return (
    <Panel
      title={t('position.title')}
      says={t('position.says')}
      id="position"
      actions={
        may.write &&
        position.state === 'open' && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => edit({ target: 'pin', prefill: { phase: position.leading } })}
          >
            {t('position.disagree')}
          </Button>
        )
      }
    >
      {position.known ? (
        <>
          <Text size="sm">{capital(text(position.pace.words))}</Text>
          <ul className={classes.phases} aria-label={t('position.title')}>
            {PHASES.map((phase, i) => {
              const share = position.phases[phase]
              if (i >= OPEN_PHASES && share < 0.005) return null
              return (
                <li key={phase} data-leading={phase === position.leading}>
                  <span>{text(index.phases.get(phase)!.name)}</span>
                  <Bar share={share} tone={phase === position.leading ? 'accent' : 'ink'} />
                  <span className={classes.figure}>{format.percent(share)}</span>
                </li>
              )
            })}
          </ul>
          {position.state === 'open' && position.stalled >= 0.01 && (
            <Text size="sm">{t('position.standsStill', { share: format.percent(position.stalled) })}</Text>
          )}
        </>
      ) : (
        <Nothing>{t('position.notKnown')}</Nothing>
      )}
      {pins.length > 0 && (
        <Lines label={t('position.pins')}>
          {pins.map((pin) => (
            <Line
              key={pin.id}
              day={format.day(pin.on)}
              actions={<EditButton editing={{ target: 'pin', id: pin.id }} name={t('position.pins')} />}
            >
              <strong>{t('position.pinned', { phase: text(index.phases.get(pin.phase)!.name) })}</strong> {pin.reason}
            </Line>
          ))}
        </Lines>
      )}
      {reasons.length === 0 ? (
        <Nothing>{t('position.noReasons')}</Nothing>
      ) : (
        <>
          <Reasons title={t('position.for', { phase: leading })} reasons={reasons.filter(({ effect }) => effect > 0)} />
          <Reasons
            title={t('position.against', { phase: leading })}
            reasons={reasons.filter(({ effect }) => effect < 0)}
          />
        </>
      )}
    </Panel>
  )
}

function Reasons({
  title,
  reasons,
}: {
  title: string
  reasons: ReturnType<typeof useDealView>['brief']['position']['reasons']
}) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const { index, whole, byKey, may } = useDealView()
  const run = useEdits()
  const [all, setAll] = useState(false)
  if (reasons.length === 0) return null
  const shown = all ? reasons : reasons.slice(0, FEW)
  const most = Math.max(...reasons.map(({ effect }) => Math.abs(effect)), 0.5)
  const evidence = inOrder(whole.evidence)
  return (
    <>
      <h3 className={classes.small}>{title}</h3>
      <ul className={classes.reasons}>
        {shown.map((reason) => {
          const piece = reason.kind === 'evidence' ? evidence[reason.index] : undefined
          const name =
            reason.kind === 'evidence'
              ? text(index.signals.get(reason.what)?.name ?? { en: reason.what, zh: reason.what })
              : t(`reason.${reason.kind}`, {
                  phase: text(
                    (reason.kind === 'milestone' ? index.milestones : index.phases).get(reason.what as 'need')
                      ?.name ?? {
                      en: reason.what,
                      zh: reason.what,
                    },
                  ),
                })
          return (
            <li key={`${reason.kind}.${reason.index}`}>
              <span className={classes.reason}>
                <span>{name}</span>
                <Text span size="xs" c="dimmed">
                  {[
                    format.day(reason.on),
                    reason.from ? byKey.get(reason.from)?.name : '',
                    t('position.weight', { weight: format.percent(reason.weight) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                {reason.quote && <q>{reason.quote}</q>}
              </span>
              <Tooltip label={t('position.effect', { effect: format.signed(Math.round(reason.effect * 100) / 100) })}>
                <span className={classes.effect}>
                  <Bar
                    share={Math.abs(reason.effect) / most}
                    tone={reason.effect < 0 ? 'red' : 'accent'}
                    width="2.5rem"
                  />
                  <span className={classes.figure}>{format.signed(Math.round(reason.effect * 10) / 10)}</span>
                </span>
              </Tooltip>
              {piece && may.write && (
                <Tooltip label={t('position.reject')}>
                  <ActionIcon
                    size="sm"
                    className="no-print"
                    aria-label={t('position.rejectNamed', { name })}
                    onClick={() =>
                      run(t('evidence.rejected'), (batch) => batch.update('evidence', piece, { status: 'rejected' }))
                    }
                  >
                    <IconX size={15} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          )
        })}
      </ul>
      {reasons.length > FEW && (
        <Button size="compact-xs" variant="subtle" className="no-print" onClick={() => setAll(!all)}>
          {all ? t('showLess') : t('showAll', { count: reasons.length })}
        </Button>
      )}
    </>
  )
}
