import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { ConditionView } from './condition.tsx'
import { Names, Part, Phases } from './entry-parts.tsx'
import { EntryHead } from './entry-parts.tsx'
import classes from './method.module.css'
import { namesOf } from './model.ts'
import { useMethodWords } from './words.ts'

export function PlayView({ id }: { id: string }) {
  const t = useMethodWords()
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const play = method.plays.plays.find((entry) => entry.id === id)!
  const concern = method.concerns.concerns.find((entry) => entry.id === play.concern)
  const [fast, normal, slow] = play.leadDays
  const rules = method.rules.rules.filter(({ recommend }) => recommend.includes(id)).map((rule) => rule.id)
  const modes = play.entryModes.map((mode) => method.phases.entryModes.find((entry) => entry.id === mode)!.name)
  return (
    <>
      <EntryHead
        name={text(play.name)}
        id={id}
        marks={[
          t(`playKind.${play.kind as 'prove'}`),
          t(`for.${play.with}`),
          ...(concern ? [text(concern.name)] : []),
          ...(play.substantive ? [t('substantive')] : []),
        ]}
      />
      <Part title={t('objective')}>
        <p className={classes.big}>{text(play.objective)}</p>
        <p className={classes.mute}>
          {t('takes', { fast, normal, slow })} · {t('hours', { count: play.hours })}
        </p>
      </Part>
      <div className={classes.pair}>
        <Part title={t('bring')}>
          <p>{text(play.bring)}</p>
        </Part>
        <Part title={t('ask')}>
          <p>{text(play.ask)}</p>
        </Part>
        <Part title={t('followUp')}>
          <p>{text(play.followUp)}</p>
        </Part>
        <Part title={t('phases')}>
          <Phases ids={play.phases} />
          <p className={classes.mute}>
            {t('entry')}: {modes.map(text).join(' · ')}
          </p>
        </Part>
      </div>
      {play.preconditions.length > 0 && (
        <Part title={t('needs')}>
          <ConditionView condition={{ all: play.preconditions }} />
        </Part>
      )}
      {play.effects.length > 0 && (
        <Part title={t('effects')}>
          <ul className={classes.links}>
            {play.effects.map(({ topic, status }) => (
              <li key={topic}>
                {text(name('topic', topic))}: {t(`status.${status}`)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {play.successSignals.length > 0 && (
        <Part title={t('success')}>
          <Names kind="signal" ids={play.successSignals} />
        </Part>
      )}
      {rules.length > 0 && (
        <Part title={t('recommendedBy')}>
          <Names kind="rule" ids={rules} />
        </Part>
      )}
      {play.caution && (
        <Part title={t('caution')}>
          <p>{text(play.caution)}</p>
        </Part>
      )}
      {play.thought && (
        <Part title={t('thought')}>
          <blockquote className={classes.thought}>{text(play.thought)}</blockquote>
        </Part>
      )}
    </>
  )
}
