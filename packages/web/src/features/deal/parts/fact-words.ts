import type { Comparison, FactValue } from '@sente/engine'
import { useFormat } from '../../../shared/format/format.ts'
import { useLang, useText } from '../../../shared/i18n/use-lang.ts'
import { useCommonWords } from '../../../shared/words/common.ts'
import { useDealView } from '../context.ts'
import { factValue } from '../model/fact-value.ts'
import { useDealWords } from '../words.ts'

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

/** Values of facts, and what is asked of them, in the reader's words. */
export function useFactWords(): {
  value: (fact: string, value: FactValue) => string
  wanted: (condition: Comparison) => string
} {
  const t = useDealWords()
  const common = useCommonWords()
  const text = useText()
  const lang = useLang()
  const format = useFormat()
  const { index } = useDealView()
  const words = {
    yes: common('yes'),
    no: common('no'),
    none: common('none'),
    never: t('never'),
    days: (count: number) => t('days', { count }),
    hours: (count: number) => t('hours', { count }),
  }
  const value = (fact: string, of: FactValue): string => factValue(fact, of, index, lang, format, words)
  const nameOf = (fact: string): string => text(index.facts.get(fact)?.name ?? { en: fact, zh: fact })
  return {
    value,
    wanted: ({ fact, op, value: bound }) => {
      if (op === '==' && bound === true) return nameOf(fact)
      if (op === '==' && bound === false) return t('namedValue', { name: nameOf(fact), value: words.no })
      const than =
        typeof bound === 'object' && !Array.isArray(bound)
          ? nameOf(bound.fact)
          : value(fact, Array.isArray(bound) ? bound.map(String) : bound)
      return t('plan.wanted', { fact: nameOf(fact), op: t(`plan.op.${OPS[op]}`), value: than })
    },
  }
}
