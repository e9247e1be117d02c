import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { IconCalendar, IconCheck, IconLock, IconLockOpen2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.ts'
import { useDealView } from '../context.ts'
import { QuickForm } from '../forms/quick.tsx'
import { usePlanWords } from '../plan/words.ts'
import { useDealWords } from '../words.ts'
import { HowItWent } from './how-it-went.tsx'
import type { PlannedAct } from './model.ts'
import classes from './next.module.css'
import { useActMoves, useStepNames } from './use-act.ts'
import type { ActMoves } from './use-act.ts'

interface Props {
  answer: Pick<PlanAnswer, 'people' | 'ours'>
  act: PlannedAct
  /** Its keys are live: of one act on a page. */
  keyed?: boolean
}

/** Accept, another day, not him, not now; of a step that stands in the deal: another day, drop it. */
export function ActButtons({ answer, act, keyed = false }: Props) {
  const t = usePlanWords()
  const format = useFormat()
  const moves = useActMoves(answer)(act)
  const { nameOf } = useStepNames(answer)
  const [first] = act.step.with
  const name = first === undefined ? undefined : nameOf(first)
  return (
    <div className={`${classes.buttons} no-print`}>
      {keyed && <Keys moves={moves} own={act.own !== undefined} />}
      {act.own && <HowItWent step={act.own} keyed={keyed} />}
      {!act.own && (
        <Act says={t('next.acceptSays')} letter={keyed ? 'A' : undefined}>
          <Button size="compact-md" leftSection={<IconCheck size={16} aria-hidden />} onClick={moves.accept}>
            {t('next.accept')}
          </Button>
        </Act>
      )}
      <Button.Group>
        <Act
          says={t(act.own ? 'next.weekOwnSays' : 'next.weekSays', { day: format.day(moves.week) })}
          letter={keyed ? 'M' : undefined}
        >
          <Button size="compact-md" variant="default" onClick={() => moves.move(moves.week)}>
            {t('next.week')}
          </Button>
        </Act>
        <OtherDay from={act.step.on} onPick={moves.move} />
        <Lock held={act.own !== undefined || act.held !== undefined} moves={moves} />
      </Button.Group>
      {act.own ? (
        <Act says={t('next.dropSays')}>
          <Button size="compact-md" variant="subtle" onClick={moves.drop}>
            {t('next.drop')}
          </Button>
        </Act>
      ) : (
        <>
          <Act
            says={name === undefined ? t('next.notPlaySays') : t('next.notPersonSays', { name })}
            letter={keyed ? 'X' : undefined}
          >
            <Button size="compact-md" variant="subtle" onClick={moves.notPerson}>
              {name === undefined ? t('next.notPlay') : t('next.notPerson', { name })}
            </Button>
          </Act>
          <Act says={t('next.laterSays', { day: format.day(moves.later) })} letter={keyed ? 'S' : undefined}>
            <Button size="compact-md" variant="subtle" onClick={moves.notNow}>
              {t('next.later')}
            </Button>
          </Act>
        </>
      )}
    </div>
  )
}

function Act({ says, letter, children }: { says: string; letter?: string | undefined; children: ReactNode }) {
  return (
    <Tooltip label={letter === undefined ? says : `${says} (${letter})`} multiline maw={280} openDelay={400}>
      {children}
    </Tooltip>
  )
}

/** Held, a step keeps its day and who goes however often the plan is made again. */
function Lock({ held, moves }: { held: boolean; moves: ActMoves }) {
  const t = usePlanWords()
  const Icon = held ? IconLock : IconLockOpen2
  return (
    <Tooltip label={t(held ? 'next.releaseSays' : 'next.holdSays')} multiline maw={280} openDelay={400}>
      <ActionIcon
        variant={held ? 'light' : 'default'}
        size="1.875rem"
        aria-label={t('next.hold')}
        aria-pressed={held}
        onClick={held ? moves.release : moves.hold}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Any day: the reader knows when he has time. */
function OtherDay({ from, onPick }: { from: string; onPick: (on: string) => void }) {
  const t = usePlanWords()
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} width={240} position="bottom" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('next.day')}>
          <ActionIcon
            variant="default"
            size="1.875rem"
            aria-label={t('next.day')}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconCalendar size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('next.day')}>
        {open && (
          <QuickForm
            specs={[{ name: 'on', as: 'day', label: t('next.dayPick'), required: true }]}
            initial={{ on: from }}
            onCancel={() => setOpen(false)}
            onSave={({ on }) => {
              setOpen(false)
              onPick(String(on))
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

function Keys({ moves, own }: { moves: ActMoves; own: boolean }) {
  const t = usePlanWords()
  const area = useDealWords()('title')
  const { may } = useDealView()
  if (!may.write) return null
  return (
    <>
      <Key keys="m" says={t('next.keys.week')} area={area} run={() => moves.move(moves.week)} />
      {!own && (
        <>
          <Key keys="a" says={t('next.keys.accept')} area={area} run={moves.accept} />
          <Key keys="x" says={t('next.keys.notPerson')} area={area} run={moves.notPerson} />
          <Key keys="s" says={t('next.keys.later')} area={area} run={moves.notNow} />
        </>
      )}
    </>
  )
}

function Key(shortcut: { keys: string; says: string; area: string; run: () => void }) {
  useShortcut(shortcut)
  return null
}
