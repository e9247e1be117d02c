import type { Text } from '@sente/engine'
import { PHASES } from '@sente/engine'
import { isCurrency } from './currencies.ts'
import type { Answers } from './doubts.ts'
import { ENCODINGS, isEncoding } from './encoding.ts'
import { ENDINGS } from './stages.ts'
import { STATUS_MEANINGS } from './statuses.ts'

const MEANINGS: ReadonlySet<string> = new Set([...PHASES, ...ENDINGS, 'open'])

/** What was said about a source, checked: the same for the command line, the API and the browser. */
export function answersFrom(said: Answers): { answers: Answers } | { field: string; what: Text } {
  const wrong = (field: keyof Answers, en: string, zh: string): { field: string; what: Text } => ({
    field,
    what: { en, zh },
  })
  const { currency, timeZone, encoding, separator, stages, statuses } = said
  if (currency !== undefined && !isCurrency(currency))
    return wrong(
      'currency',
      `"${currency}" is no currency; three letters like CNY or EUR.`,
      `“${currency}”不是币种；应为 CNY、EUR 这样的三个字母。`,
    )
  if (timeZone !== undefined && !isZone(timeZone))
    return wrong(
      'timeZone',
      `There is no time zone "${timeZone}"; for example Asia/Shanghai.`,
      `没有时区“${timeZone}”；例如 Asia/Shanghai。`,
    )
  if (encoding !== undefined && !isEncoding(encoding))
    return wrong(
      'encoding',
      `There is no encoding "${encoding}"; for example ${ENCODINGS.join(', ')}.`,
      `没有编码“${encoding}”；例如 ${ENCODINGS.join('、')}。`,
    )
  if (said.year !== undefined && (said.year < 1971 || said.year > 2099))
    return wrong('year', `${said.year} is no year from 1971 to 2099.`, `${said.year} 不是 1971 到 2099 之间的年份。`)
  const mark = separator === '\\t' || separator === 'tab' ? '\t' : separator
  if (mark !== undefined && mark.length !== 1)
    return wrong('separator', 'One character, or \\t for a tab.', '应为一个字符，制表符写 \\t。')
  for (const [stage, means] of Object.entries(stages ?? {}))
    if (!MEANINGS.has(means))
      return wrong(
        'stages',
        `"${stage}" means "${means}"? One of ${[...MEANINGS].join(', ')}.`,
        `“${stage}”表示“${means}”？应为 ${[...MEANINGS].join('、')} 之一。`,
      )
  for (const [status, means] of Object.entries(statuses ?? {}))
    if (!STATUS_MEANINGS.has(means))
      return wrong(
        'statuses',
        `"${status}" means "${means}"? One of ${[...STATUS_MEANINGS].join(', ')}.`,
        `“${status}”表示“${means}”？应为 ${[...STATUS_MEANINGS].join('、')} 之一。`,
      )
  const answers = { ...said, separator: mark }
  return {
    answers: Object.fromEntries(
      Object.entries(answers).filter(([, value]) => value !== undefined && value !== false),
    ) as Answers,
  }
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}
