import { useLang, useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import { ConditionView } from './condition.tsx'
import { Names, Part } from './entry-parts.tsx'
import { EntryHead } from './entry-parts.tsx'
import { SeverityBadge } from './marks.tsx'
import classes from './method.module.css'
import { namesOf } from './model.ts'
import { useMethodWords } from './words.ts'

export function RuleView({ id }: { id: string }) {
  const t = useMethodWords()
  const lang = useLang()
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const rule = method.rules.rules.find((entry) => entry.id === id)!
  // The places for numbers are named after the facts that fill them.
  const message = text(rule.message).replace(/\{([^{}]+)\}/g, (_, fact: string) => `[${name('fact', fact)[lang]}]`)
  return (
    <>
      <EntryHead name={text(rule.name)} id={id} marks={[t(`ruleType.${rule.type}`), t(`about.${rule.about}`)]} />
      <SeverityBadge severity={rule.severity} />
      <Part title={t('says')}>
        <p className={classes.big}>{message}</p>
      </Part>
      <Part title={t('fires')}>
        <ConditionView condition={rule.when} />
      </Part>
      {rule.recommend.length > 0 && (
        <Part title={t('recommends')}>
          <Names kind="play" ids={rule.recommend} />
        </Part>
      )}
      <Part title={t('thought')}>
        <blockquote className={classes.thought}>
          {text(rule.claim)}
          <footer>{text(rule.speaker)}</footer>
        </blockquote>
      </Part>
    </>
  )
}
