import { Button, Text } from '@mantine/core'
import type { Lack, Methodology } from '@sente/engine'
import {
  amountWords,
  changeWords,
  claimWords,
  farWords,
  lackWords,
  leadSaid,
  lossWords,
  REVIEW_WORDS,
  voiceWords,
  weekWords,
} from '@sente/picture'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { CommentForm, StepForm } from './forms.tsx'
import type { ReviewRow } from './model.ts'
import classes from './review.module.css'
import { useReviewWords } from './words.ts'

export interface Asking {
  dealId: string
  what: 'step' | 'comment'
}

/** So many changes are said of a deal; the rest is on its page. */
const SAID = 6

interface Props {
  row: ReviewRow
  on: string
  /** The earlier day that was asked for. */
  since: string
  method: Methodology
  current: boolean
  onStand: () => void
  asking: Asking['what'] | null
  /** Undefined: nothing may be written here. */
  onAsk: ((what: Asking['what'] | null) => void) | undefined
  onDone: () => void
}

/** One deal of the review: what is at stake, who says what, what it lacks, what changed, what to begin; and what is decided of it. */
export function DealCard({ row, on, since, method, current, onStand, asking, onAsk, onDone }: Props) {
  const t = useReviewWords()
  const lang = useLang()
  const format = useFormat()
  const navigate = useNavigate()
  const w = REVIEW_WORDS[lang]
  const { line, changes, dealId, name } = row
  const names = { lang, asOf: on, phases: method.phases }
  const phase = method.phases.phases.find(({ id }) => id === line.phase)?.short[lang] ?? w.notKnown
  const claim = claimWords(line, names)
  const [sum, ...acts] = weekWords(line.week, lang, on)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={classes.card}
      data-deal={dealId}
      data-current={current || undefined}
      tabIndex={-1}
      onFocus={onStand}
      onKeyDown={({ key, target, currentTarget }) => {
        if (key === 'Enter' && target === currentTarget) void navigate({ to: '/deals/$dealId', params: { dealId } })
      }}
      aria-label={name}
    >
      <header className={classes.cardHead}>
        <div>
          <h3>
            <Link to="/deals/$dealId" params={{ dealId }}>
              {name}
            </Link>
          </h3>
          <Text size="xs" c="dimmed">
            {[row.account, row.owner, amountWords(line.amount, lang), phase, leadSaid(line.lead, lang)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <strong className={classes.loss}>{lossWords(row.loss, line.amount?.currency ?? null, lang)}</strong>
      </header>
      <div className={classes.cardBody}>
        <div>
          <p>
            {w.numbers}
            {w.colon}
            {voiceWords({ voices: row.voices, line }, lang)}
          </p>
          {row.far.map((far) => (
            <p key={far.high + far.low} className={classes.red}>
              {farWords(far, lang)}
            </p>
          ))}
          {claim !== null && <p className={classes.red}>{claim}</p>}
          {row.lacks.length > 0 && (
            <p className={classes.red}>{row.lacks.map((lack: Lack) => lackWords(lack, lang)).join(w.comma)}</p>
          )}
          {line.nextMeeting && <p>{w.meeting(format.shortDay(line.nextMeeting.on), line.nextMeeting.what[lang])}</p>}
          <ul className={classes.plain} aria-label={w.changed}>
            {changes.slice(0, SAID).map((change, i) => (
              <li key={i}>{changeWords(change, names)}</li>
            ))}
            {changes.length > SAID && <li>+{changes.length - SAID}</li>}
            {row.before && row.before.on !== since && (
              <li className={classes.faint}>{w.since(format.shortDay(row.before.on))}</li>
            )}
            {changes.length === 0 && <li className={classes.faint}>{row.compared ? w.unchanged : w.notCompared}</li>}
          </ul>
        </div>
        <div>
          <p className={classes.faint}>{sum}</p>
          <ul className={classes.plain} aria-label={w.acts}>
            {acts.map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </div>
      </div>
      {onAsk && asking === null && (
        <div className={`${classes.acts} no-print`}>
          <Button size="compact-xs" variant="light" onClick={() => onAsk('step')}>
            {t('step')}
          </Button>
          <Button size="compact-xs" variant="light" onClick={() => onAsk('comment')}>
            {t('comment')}
          </Button>
        </div>
      )}
      {asking === 'step' && <StepForm row={row} on={on} onDone={onDone} />}
      {asking === 'comment' && <CommentForm row={row} on={on} onDone={onDone} />}
    </article>
  )
}
