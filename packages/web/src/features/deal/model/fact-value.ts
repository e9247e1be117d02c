import type { FactValue } from '@sente/engine'
import type { Format } from '../../../shared/format/format.ts'
import type { Lang } from '../../../shared/i18n/i18n.ts'
import { spelled } from './method-index.ts'
import type { MethodIndex } from './method-index.ts'

/** The engine's figure for "has never happened", in days. */
const NEVER = 999

interface FactWords {
  yes: string
  no: string
  none: string
  never: string
  days: (count: number) => string
  hours: (count: number) => string
}

/** A fact's value as its definition says it is to be read. */
export function factValue(
  fact: string,
  value: FactValue,
  index: MethodIndex,
  lang: Lang,
  format: Format,
  words: FactWords,
): string {
  const shape = index.facts.get(fact)?.format ?? 'plain'
  const plain = (one: FactValue): string => {
    if (typeof one === 'number') return format.number(one)
    if (typeof one === 'boolean') return one ? words.yes : words.no
    const id = spelled(String(one))
    const named = index.topics.get(id) ?? index.plays.get(id) ?? index.paths.get(id) ?? index.holds.get(id as 'asked')
    return named ? named.name[lang] : String(one)
  }
  if (Array.isArray(value)) return value.length === 0 ? words.none : format.list(value.map(plain))
  switch (shape) {
    case 'phase': {
      const phase = typeof value === 'number' ? [...index.phases.values()][value] : index.phases.get(value as 'need')
      return phase ? phase.name[lang] : plain(value)
    }
    case 'step': {
      const phase = [...index.phases.values()][Number(value)]
      return phase ? phase.ourStep.name[lang] : words.none
    }
    case 'concern':
      return index.concerns.get(value as 'need')?.name[lang] ?? plain(value)
    case 'days':
      return value === NEVER ? words.never : words.days(Number(value))
    case 'hours':
      return words.hours(Number(value))
    case 'share':
      return format.percent(Number(value))
    case 'percent':
      return `${Math.round(Number(value))}%`
    default:
      return plain(value)
  }
}
