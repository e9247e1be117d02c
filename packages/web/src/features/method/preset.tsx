import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { Part } from './entry-parts.tsx'
import { EntryHead } from './entry-parts.tsx'
import classes from './method.module.css'
import { namesOf } from './model.ts'
import { useMethodWords } from './words.ts'

export function PresetView({ id }: { id: string }) {
  const t = useMethodWords()
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const preset = method.presets.find((entry) => entry.id === id)!
  return (
    <>
      <EntryHead name={text(preset.name)} id={id} marks={[]} />
      <p className={classes.big}>{text(preset.summary)}</p>
      {preset.stages.length > 0 && (
        <Part title={t('stages')}>
          <dl className={classes.mapped}>
            {preset.stages.map((stage) => (
              <div key={stage.name.en}>
                <dt>{text(stage.name)}</dt>
                <dd>
                  {stage.phases.length > 0 ? (
                    stage.phases.map((phase) => text(name('phase', phase))).join(' · ')
                  ) : (
                    <span className={classes.mute}>{t('noPhase')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {preset.roles.length > 0 && (
        <Part title={t('rolesMapped')}>
          <dl className={classes.mapped}>
            {preset.roles.map((role) => (
              <div key={role.name.en}>
                <dt>{text(role.name)}</dt>
                <dd>
                  {role.role ? text(name('role', role.role)) : <span className={classes.mute}>{t('noRole')}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {preset.checks.length > 0 && (
        <Part title={t('checks')}>
          <ul>
            {preset.checks.map((check) => (
              <li key={check.en}>{text(check)}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('sources')}>
        <p className={classes.mute}>{text(preset.sources)}</p>
      </Part>
    </>
  )
}
