import { Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../shared/format/format.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { Curves } from './curves.tsx'
import classes from './method.module.css'
import { useMethodWords } from './words.ts'

/** The whole method at a glance: the curves over the phases, then each phase. */
export function Overview() {
  const t = useMethodWords()
  const text = useText()
  const format = useFormat()
  const { phases, method, concerns } = useMethodology()
  return (
    <div className={classes.stack}>
      <Text maw="62rem">{text(method.summary)}</Text>
      <Paper p="md">
        <Title order={2}>{t('curves')}</Title>
        <p className={classes.mute}>{t('curvesSay')}</p>
        <Curves />
      </Paper>
      <ol className={classes.phases}>
        {phases.phases.map((phase, i) => (
          <li key={phase.id}>
            <Paper p="md" h="100%" className={classes.phase}>
              <span className={classes.phaseShade} style={{ background: `var(--s-phase-${i})` }} aria-hidden />
              <Title order={3}>{text(phase.name)}</Title>
              <p className={classes.mute}>
                {format.percent(phase.window[0])} – {format.percent(phase.window[1])} ·{' '}
                {t('onAverage', { days: t('days', { count: phase.meanDays }) })}
              </p>
              <p className={classes.asks}>{text(phase.customerAsks)}</p>
              <ul>
                {phase.customerSteps.map((step) => (
                  <li key={step.en}>{text(step)}</li>
                ))}
              </ul>
              <p>
                <b>{t('ourStep')}</b> {text(phase.ourStep.name)}
              </p>
              <p className={classes.mute}>{t('executives', { share: format.percent(phase.executives) })}</p>
              <Link
                to="/method/$section"
                params={{ section: 'signals' }}
                search={{ phase: phase.id }}
                className={classes.more}
              >
                {t('signalsOf')}
              </Link>
            </Paper>
          </li>
        ))}
      </ol>
      <Paper p="md">
        <Title order={2}>{t('traits')}</Title>
        <ul className={classes.traits}>
          {concerns.traits.map(({ id, name, apply }) => (
            <li key={id}>
              <b>{text(name)}</b>{' '}
              <span className={classes.mute}>
                {apply
                  .map(({ concern, mul, add, shiftU }) => {
                    const named = text(concerns.concerns.find((entry) => entry.id === concern)!.name)
                    return `${named} ${[mul === undefined ? '' : `× ${format.number(mul)}`, add === undefined ? '' : format.signed(add), shiftU === undefined ? '' : t(shiftU < 0 ? 'sooner' : 'later', { share: format.percent(Math.abs(shiftU)) })].filter(Boolean).join(', ')}`
                  })
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Paper>
      <Paper p="md">
        <Title order={2}>{t('sourcesOf')}</Title>
        <dl className={classes.mapped}>
          {method.sources.map(({ id, what, where }) => (
            <div key={id}>
              <dt>{text(what)}</dt>
              <dd className={classes.mute}>{text(where)}</dd>
            </div>
          ))}
        </dl>
      </Paper>
    </div>
  )
}
