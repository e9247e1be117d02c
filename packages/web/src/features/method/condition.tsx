import { modelOf, showFact } from '@sente/engine'
import type { Comparison, Condition } from '@sente/engine'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import classes from './method.module.css'
import { useMethodWords } from './words.ts'

const OPS = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  in: 'in',
  contains: 'contains',
  lacks: 'lacks',
} as const

/** A condition over facts as a tree of sentences. */
export function ConditionView({ condition }: { condition: Condition }) {
  const t = useMethodWords()
  if ('fact' in condition) return <Sentence comparison={condition} />
  const [joined, parts] = 'all' in condition ? [t('all'), condition.all] : [t('any'), condition.any]
  if (parts.length === 1) return <ConditionView condition={parts[0]!} />
  return (
    <div className={classes.condition}>
      <p>{joined}</p>
      <ul>
        {parts.map((part) => (
          <li key={JSON.stringify(part)}>
            <ConditionView condition={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sentence({ comparison: { fact, op, value } }: { comparison: Comparison }) {
  const t = useMethodWords()
  const lang = useLang()
  const model = modelOf(useMethodology())
  const definition = model.facts.get(fact)
  const other = typeof value === 'object' && 'fact' in value ? value.fact : null
  // A list of a plain format holds ids; each is shown as the fact itself would be.
  const shown =
    other !== null
      ? model.facts.get(other)?.name[lang]
      : [value]
          .flat()
          .map((each) => showFact(fact, typeof each === 'object' ? '' : each, model, lang))
          .join(lang === 'zh' ? '、' : ', ')
  return (
    <span title={definition?.definition[lang]}>
      {definition?.name[lang] ?? fact} <em>{t(`op.${OPS[op]}`)}</em> <b>{shown}</b>
    </span>
  )
}
