import { PHASES } from '@sente/engine'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { EntryHead, Names, Part } from './entry-parts.tsx'
import classes from './method.module.css'
import { namesOf } from './model.ts'
import type { ListSection } from './model.ts'
import { PlayView } from './play.tsx'
import { PresetView } from './preset.tsx'
import { RuleView } from './rule.tsx'
import { TopicView } from './topic.tsx'
import { useMethodWords } from './words.ts'

const VIEWS = { signals: SignalView, plays: PlayView, rules: RuleView, topics: TopicView, presets: PresetView } as const

export function EntryView({ section, id }: { section: ListSection; id: string }) {
  const View = VIEWS[section]
  return <View id={id} />
}

function SignalView({ id }: { id: string }) {
  const t = useMethodWords()
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const signal = method.signals.signals.find((entry) => entry.id === id)!
  const concern = method.concerns.concerns.find((entry) => entry.id === signal.concern)
  const { weights } = method.phases.evidence
  return (
    <>
      <EntryHead
        name={text(signal.name)}
        id={id}
        marks={[
          t(`kind.${signal.kind as 'phase'}`),
          ...(concern ? [text(concern.name)] : []),
          t(`polarity.${signal.polarity}`),
        ]}
      />
      <Part title={t('examples')}>
        <ul className={classes.quotes}>
          {text({ en: signal.examples.en.join('\n'), zh: signal.examples.zh.join('\n') })
            .split('\n')
            .map((line) => (
              <li key={line}>{line}</li>
            ))}
        </ul>
      </Part>
      <Part title={t('weights')}>
        <dl className={classes.weights}>
          {[...PHASES, 'stalled' as const].map((phase, i) => {
            const level = signal.phases[phase] ?? 'none'
            return (
              <div key={phase} data-level={level}>
                <dt>{phase === 'stalled' ? t('stalled') : text(method.phases.phases[i]!.name)}</dt>
                <dd>
                  <i style={{ width: `${Math.max(2, weights[level] * 160)}%` }} aria-hidden />
                  <span>{t(`level.${level}`)}</span>
                </dd>
              </div>
            )
          })}
        </dl>
      </Part>
      {signal.from.length > 0 && (
        <Part title={t('from')}>
          <p>{signal.from.map((role) => text(name('role', role))).join(' · ')}</p>
        </Part>
      )}
      {signal.asks && (
        <Part title={t('asksFor')}>
          <Names kind="topic" ids={signal.asks} />
        </Part>
      )}
      {signal.answers && signal.answers.length > 0 && (
        <Part title={t('answers')}>
          <Names kind="topic" ids={signal.answers.map(({ topic }) => topic)} />
        </Part>
      )}
      {signal.rung && (
        <Part title={t('rungTo')}>
          <p>{text(name('rung', signal.rung))}</p>
        </Part>
      )}
      {signal.lowersRung && <p>{t('rungDown')}</p>}
    </>
  )
}
