import type { FactValue } from './schema.ts'
import type { Model } from '../core/model.ts'
import type { Text } from '../methodology/schema.ts'
import type { Facts } from './facts.ts'
import { NEVER } from './recent.ts'

type Lang = keyof Text

/** A message with its numbers filled in, in both languages, each fact as its `format` says. */
export function fill(message: Text, facts: Facts, model: Model): Text {
  const of = (lang: Lang): string =>
    message[lang].replace(/\{([^{}]+)\}/g, (_, fact: string) => {
      const value = facts.get(fact)
      return value === undefined ? UNKNOWN[lang] : show(fact, value, model, lang)
    })
  return { en: of('en'), zh: of('zh') }
}

const UNKNOWN: Record<Lang, string> = { en: 'unknown', zh: '未知' }
const NONE: Record<Lang, string> = { en: 'none', zh: '无' }

/** A fact's value as a reader would say it. */
export function show(fact: string, value: FactValue, model: Model, lang: Lang): string {
  const format = model.facts.get(fact)?.format ?? 'plain'
  const list = (names: readonly string[]): string =>
    names.length === 0 ? NONE[lang] : names.join(lang === 'zh' ? '、' : ', ')
  switch (format) {
    case 'phase': {
      const phase = typeof value === 'number' ? model.phases[value] : model.phases.find(({ id }) => id === value)
      return phase?.short[lang] ?? String(value)
    }
    case 'step': {
      const step = model.phases[Number(value)]
      return step ? step.ourStep.name[lang] : lang === 'zh' ? '尚无' : 'none yet'
    }
    case 'concern':
      return lower(model.methodology.concerns.concerns.find(({ id }) => id === value)?.name[lang] ?? String(value))
    case 'days':
      if (value === NEVER) return lang === 'zh' ? '从未' : 'never'
      return lang === 'zh'
        ? `${number(value)} 天`
        : `${number(value)} ${Math.abs(Number(value)) === 1 ? 'day' : 'days'}`
    case 'hours':
      return lang === 'zh' ? `${String(value)} 小时` : `${String(value)} ${value === 1 ? 'hour' : 'hours'}`
    case 'share':
      return `${Math.round(Number(value) * 100)}%`
    case 'percent':
      return `${Math.round(Number(value))}%`
    case 'yes-no':
      return value ? (lang === 'zh' ? '是' : 'yes') : lang === 'zh' ? '否' : 'no'
    case 'topics':
      return list([value].flat().map((id) => model.topics.get(String(id))?.name[lang] ?? String(id)))
    case 'plays':
      return list([value].flat().map((id) => model.plays.get(String(id))?.name[lang] ?? String(id)))
    case 'plain':
      return Array.isArray(value) ? list(value) : typeof value === 'number' ? number(value) : String(value)
  }
}

/** A number with a true minus sign. */
const number = (value: FactValue): string => String(value).replace('-', '−')

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
