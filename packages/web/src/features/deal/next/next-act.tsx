import { Button, Paper, Skeleton } from '@mantine/core'
import { IconRefresh, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { planQuery } from '../../../shared/api/plan.ts'
import type { PlanAnswer } from '../../../shared/api/plan.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useFormat } from '../../../shared/format/format.ts'
import { useActWords } from '../../../shared/plan/words.ts'
import { useDealView } from '../context.ts'
import { stepName } from '../plan/model.ts'
import { FoldedPlan } from '../plan/fold.tsx'
import { usePlanWords } from '../plan/words.ts'
import { ActCard } from './act-card.tsx'
import { HowItWent } from './how-it-went.tsx'
import { actsOf } from './model.ts'
import type { Acts } from './model.ts'
import classes from './next.module.css'
import { useStepNames } from './use-act.ts'

/** The first thing on a deal's page: what to do next, in one sentence, and what one says to it. */
export function NextAct() {
  const t = usePlanWords()
  const label = useId()
  const { dealId, past, asOf, whole } = useDealView()
  const { data, error, isPending, refetch } = useQuery(planQuery(dealId, past ? asOf : undefined))
  // Of what is over nothing is left to do; what was won goes on.
  if (whole.deal.status === 'lost' || whole.deal.status === 'no-decision') return null
  return (
    <Paper component="section" className={classes.next} aria-labelledby={label} aria-busy={isPending || undefined}>
      <h2 id={label}>{t('next.title')}</h2>
      {data ? (
        <Content answer={data} />
      ) : error ? (
        <p className={classes.says}>
          {t('next.failed')}{' '}
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconRefresh size={15} aria-hidden />}
            onClick={() => void refetch()}
          >
            {t('next.again')}
          </Button>
        </p>
      ) : (
        <div role="status" aria-label={t('next.waiting')} className={classes.waiting}>
          <Skeleton height={20} width="92%" />
          <Skeleton height={20} width="64%" />
          <Skeleton height={30} width={320} maw="100%" />
        </div>
      )}
    </Paper>
  )
}

function Content({ answer }: { answer: PlanAnswer }) {
  const { whole, asOf } = useDealView()
  const shown = actsOf(answer, whole, asOf)
  const [first] = shown.acts
  // What stands in the deal already is the next act; what has still to be decided is said with it.
  const open = first?.own ? shown.acts.find(({ own }) => !own) : undefined
  return (
    <>
      <Past steps={shown.past} />
      {first ? <ActCard answer={answer} act={first} keyed={!open} leads /> : <NothingToDo />}
      {open && (
        <div className={classes.then}>
          <Then />
          <ActCard answer={answer} act={open} keyed small />
        </div>
      )}
      <Asked answer={answer} question={shown.question} />
      {shown.acts.length > 0 && <FoldedPlan answer={answer} />}
    </>
  )
}

/** Steps whose day has passed: how they went is asked first, since what comes next hangs on it. The newest; the others stand on the plan. */
function Past({ steps: [step] }: { steps: Acts['past'] }) {
  const t = useActWords()
  const text = useText()
  const format = useFormat()
  const { index, byPerson, may } = useDealView()
  if (!step) return null
  const people = format.list((step.with ?? []).flatMap((id) => byPerson.get(id)?.name ?? []))
  return (
    <p className={classes.past}>
      <strong>{t('outcome.ask', { what: text(stepName(step, index)) })}</strong>
      <span>
        {people === '' ? format.shortDay(step.on!) : t('outcome.asked', { day: format.shortDay(step.on!), people })}
      </span>
      {may.write && <HowItWent step={step} keyed />}
    </p>
  )
}

const Then = () => <h3>{usePlanWords()('next.then')}</h3>

/** Where nothing is known: said so, with the one thing that would help most. */
function NothingToDo() {
  const t = usePlanWords()
  const { people, may, edit } = useDealView()
  if (people.length > 0)
    return (
      <p className={classes.says}>
        <strong>{t('next.nothing')}</strong> {t('next.nothingSays')}
      </p>
    )
  return (
    <div className={classes.act}>
      <p className={classes.sentence}>{t('next.nobody')}</p>
      {may.write && (
        <div className={`${classes.buttons} no-print`}>
          <Button
            size="compact-md"
            leftSection={<IconUserPlus size={16} aria-hidden />}
            onClick={() => edit({ target: 'stakeholder', prefill: { roles: ['number_one'] } })}
          >
            {t('next.addPerson')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The question whose answer would change the plan most; where the plan has none, the first of the homework. */
function Asked({ answer, question }: { answer: PlanAnswer; question: Acts['question'] }) {
  const t = usePlanWords()
  const text = useText()
  const { brief, dealId } = useDealView()
  const { nameOf } = useStepNames(answer)
  const [homework] = brief.homework
  const asked = question
    ? {
        says: text(question.text),
        to: question.to === null ? undefined : nameOf(question.to),
        changes: text(question.changes),
        item: undefined,
      }
    : homework && {
        says: text(homework.question),
        to: undefined,
        changes: undefined,
        item: `homework.${homework.fact}`,
      }
  if (!asked) return null
  return (
    <p className={classes.asked}>
      <strong>{asked.to === undefined ? t('next.worthAskingAny') : t('next.worthAsking', { person: asked.to })}</strong>{' '}
      {asked.says}
      {asked.changes !== undefined && <span> {t('next.changes', { what: asked.changes })}</span>}{' '}
      <Link
        className="no-print"
        to="/deals/$dealId/$section"
        params={{ dealId, section: asked.item === undefined ? 'evidence' : 'brief' }}
        search={asked.item === undefined ? {} : { item: asked.item }}
        hash={asked.item === undefined ? 'capture' : ''}
        resetScroll={false}
      >
        {t('next.answer')}
      </Link>
    </p>
  )
}
