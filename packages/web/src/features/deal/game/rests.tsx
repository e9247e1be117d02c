import { Text } from '@mantine/core'
import type { WarGame } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { Panel } from '../parts/panel.tsx'
import classes from './game.module.css'
import { useGameWords } from './words.ts'

/** Every assumption in words: the rival's policies with their shares, our steps, and what else the numbers rest on. */
export function Rests({ game }: { game: WarGame }) {
  const t = useGameWords()
  const text = useText()
  const format = useFormat()
  const { byKey, methodology } = useDealView()
  const phaseOf = (id: string): string =>
    text(methodology.phases.phases.find((phase) => phase.id === id)?.name ?? { en: id, zh: id })
  const people = (keys: readonly string[]): string => format.list(keys.map((key) => byKey.get(key)?.name ?? key))
  return (
    <Panel title={t('rests')} id="rests">
      {game.notes.map((note) => (
        <Text size="sm" key={note.en} maw="80ch">
          {text(note)}
        </Text>
      ))}
      <div className={classes.two}>
        <div>
          <h3 className={classes.sub}>
            {t('rivals')} ({game.rival.name ?? t('unknownRival')})
          </h3>
          <ul className={classes.plain}>
            {game.policies.map(({ id, name, says, share }) => (
              <li key={id}>
                <strong>{text(name)}</strong>{' '}
                <span className={classes.faint}>
                  {share > 0 ? t('share', { share: format.percent(share) }) : t('question')}
                </span>
                <br />
                {text(says)}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={classes.sub}>{t('ours')}</h3>
          <ul className={classes.plain}>
            {game.strategies.map(({ id, name, says, steps }) => (
              <li key={id}>
                <strong>{text(name)}</strong>
                <br />
                {text(says)}
                {steps.length > 0 && (
                  <details>
                    <summary>{t('steps', { count: steps.length })}</summary>
                    <ol>
                      {steps.map((step, i) => (
                        <li key={`${step.play} ${i}`}>
                          {text(step.name)}
                          {step.with.length > 0 && ` · ${people(step.with)}`} ·{' '}
                          {step.on !== null
                            ? format.day(step.on)
                            : t('afterPhase', { days: step.after ?? 0, phase: phaseOf(step.phase!) })}
                        </li>
                      ))}
                    </ol>
                  </details>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Panel>
  )
}
