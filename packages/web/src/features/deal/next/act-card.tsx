import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import type { Piece } from '../../../shared/plan/sentence.ts'
import { useDealView } from '../context.ts'
import { AddToCalendar } from '../plan/add-to-calendar.tsx'
import { MeetStep } from '../plan/meet-step.tsx'
import { usePlanWords } from '../plan/words.ts'
import { ActButtons } from './act-buttons.tsx'
import type { PlannedAct } from './model.ts'
import classes from './next.module.css'
import { StepDetails } from './step-details.tsx'
import { useSentence } from './use-act.ts'

interface Props {
  answer: PlanAnswer
  act: PlannedAct
  /** Its keys are live: of one act on a page. */
  keyed?: boolean
  small?: boolean
  /** Opened, since it was asked for. */
  details?: boolean
  /** With the way to the whole plan. */
  leads?: boolean
}

/** One step: what it is in a sentence, what one says to it, and all there is to it. */
export function ActCard({ answer, act, keyed = false, small = false, details = false, leads = false }: Props) {
  const t = usePlanWords()
  const { may, dealId } = useDealView()
  const sentence = useSentence(answer)
  return (
    <div className={classes.act} data-small={small || undefined}>
      <p className={classes.sentence}>
        <Sentence pieces={sentence(act.step)} />
      </p>
      <div className={classes.below}>
        {may.write && <ActButtons answer={answer} act={act} keyed={keyed} />}
        {(act.own ?? act.held) && (
          <Text size="xs" c="dimmed">
            {t(act.own ? 'next.accepted' : 'next.held')}
          </Text>
        )}
        <MeetStep people={act.step.with} on={act.step.on} play={act.step.play} planStepId={act.own?.id} />
        {act.own && <AddToCalendar planStepId={act.own.id} />}
        {leads && (
          <Link
            to="/deals/$dealId/$section"
            params={{ dealId, section: 'plan' }}
            resetScroll={false}
            className={`${classes.toPlan} no-print`}
          >
            {t('next.toPlan')}
          </Link>
        )}
      </div>
      <details className={classes.more} open={details || undefined}>
        <summary>{t('next.more')}</summary>
        <StepDetails answer={answer} step={act.step} />
      </details>
    </div>
  )
}

const Sentence = ({ pieces }: { pieces: readonly Piece[] }): ReactNode =>
  pieces.map(({ text, strong }, i) => (strong ? <strong key={i}>{text}</strong> : <span key={i}>{text}</span>))
