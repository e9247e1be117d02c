import type { Lang } from '../methodology/words.ts'
import type { FactValue } from './schema.ts'
import type { Model } from '../core/model.ts'
import type { Text } from '../methodology/schema.ts'
import type { Facts } from './facts.ts'
import { NEVER } from './recent.ts'

type Format = NonNullable<ReturnType<Model['facts']['get']>>['format']

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

type Shown = (value: FactValue, lang: Lang, model: Model) => string

const inChinese = (lang: Lang): boolean => lang === 'zh'
const listed = (names: readonly string[], lang: Lang): string =>
  names.length === 0 ? NONE[lang] : names.join(inChinese(lang) ? '、' : ', ')

function shownPhase(value: FactValue, lang: Lang, model: Model): string {
  const phase = typeof value === 'number' ? model.phases[value] : model.phases.find(({ id }) => id === value)
  return phase?.short[lang] ?? String(value)
}

function shownStep(value: FactValue, lang: Lang, model: Model): string {
  const step = model.phases[Number(value)]
  return step ? step.ourStep.name[lang] : inChinese(lang) ? '尚无' : 'none yet'
}

function shownDays(value: FactValue, lang: Lang): string {
  if (value === NEVER) return inChinese(lang) ? '从未' : 'never'
  return inChinese(lang) ? `${number(value)} 天` : `${number(value)} ${Math.abs(Number(value)) === 1 ? 'day' : 'days'}`
}

function shownPlain(value: FactValue, lang: Lang): string {
  if (Array.isArray(value)) return listed(value, lang)
  return typeof value === 'number' ? number(value) : String(value)
}

const idsIn = (value: FactValue): string[] => [value].flat().map(String)

const FORMATS: Readonly<Record<Format, Shown>> = {
  phase: shownPhase,
  step: shownStep,
  concern: (value, lang, model) =>
    lower(model.methodology.concerns.concerns.find(({ id }) => id === value)?.name[lang] ?? String(value)),
  days: shownDays,
  hours: (value, lang) =>
    inChinese(lang) ? `${String(value)} 小时` : `${String(value)} ${value === 1 ? 'hour' : 'hours'}`,
  share: (value) => `${Math.round(Number(value) * 100)}%`,
  percent: (value) => `${Math.round(Number(value))}%`,
  'yes-no': (value, lang) => (inChinese(lang) ? (value ? '是' : '否') : value ? 'yes' : 'no'),
  topics: (value, lang, model) =>
    listed(
      idsIn(value).map((id) => model.topics.get(id)?.name[lang] ?? id),
      lang,
    ),
  plays: (value, lang, model) =>
    listed(
      idsIn(value).map((id) => model.plays.get(id)?.name[lang] ?? id),
      lang,
    ),
  plain: shownPlain,
}

/** A fact's value as a reader would say it. */
export const show = (fact: string, value: FactValue, model: Model, lang: Lang): string =>
  FORMATS[model.facts.get(fact)?.format ?? 'plain'](value, lang, model)

/** A number with a true minus sign. */
const number = (value: FactValue): string => String(value).replace('-', '−')

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
