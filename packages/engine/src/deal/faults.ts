import type { Lang, Text } from '../methodology/words.ts'
import type { z } from 'zod'
import { nearestOf } from '../core/nearest.ts'
import type { DealFault } from './deal.ts'

type Issue = z.core.$ZodIssue
type Path = (string | number)[]

/** What stands at a path of the raw file; undefined when nothing does. */
export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  )
}

/** The faults that an issue of the shape stands for, in words that say how to mend them. */
export function shapeFaults(
  issue: Issue,
  raw: unknown,
  keysAt: (path: readonly PropertyKey[]) => string[],
  base: Path = [],
): DealFault[] {
  const path = [...base, ...(issue.path as Path)]
  const value = valueAt(raw, path)
  if (value === null) {
    return [
      {
        path,
        code: 'wrong-type',
        what: {
          en: 'Empty. Leave the key out when you do not know it; write [] or false when you know that there is none.',
          zh: '值是空的。不知道就删掉这个键；确知没有，请写 [] 或 false。',
        },
      },
    ]
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const keys = keysAt(path)
        const nearest = nearestOf(key, keys)
        return {
          path: [...path, key],
          code: 'unknown-key',
          what: { en: `Unknown key "${key}".`, zh: `未知的键“${key}”。` },
          allowed: keys,
          ...(nearest ? { nearest } : {}),
        }
      })
    case 'invalid_union':
      return unionFaults(issue.errors, value, raw, keysAt, path)
    case 'invalid_value': {
      const allowed = issue.values.map(String)
      if (value === undefined) return [missing(path, allowed)]
      const nearest = typeof value === 'string' ? nearestOf(value, allowed) : undefined
      return [notAllowed(path, value, allowed, nearest)]
    }
    case 'too_small':
    case 'too_big':
      return [rangeFault(path, issue, value)]
    case 'invalid_type':
      if (value === undefined) return [missing(path)]
      return [wrongType(path, issue.expected, value)]
    case 'invalid_format':
      return [formatFault(path, issue.message, value)]
    case 'custom':
      return [dateFault(path, value)]
    default:
      return [{ path, code: 'wrong-type', what: { en: issue.message, zh: `不符合格式：${issue.message}` } }]
  }
}

/** Of the alternatives the one that was meant: where the value has its kind, else all of them named. */
function unionFaults(
  errors: readonly (readonly Issue[])[],
  value: unknown,
  raw: unknown,
  keysAt: (path: readonly PropertyKey[]) => string[],
  path: Path,
): DealFault[] {
  const meant = errors.find((issues) =>
    issues.some(
      (issue) =>
        issue.path.length > 0 ||
        issue.code === 'unrecognized_keys' ||
        issue.code === 'too_small' ||
        issue.code === 'too_big',
    ),
  )
  if (meant) return meant.flatMap((issue) => shapeFaults(issue, raw, keysAt, path))
  const inner = errors.find((issues) =>
    issues.some((issue) => issue.code === 'invalid_format' || issue.code === 'custom'),
  )
  if (inner && typeof value === 'string') return inner.flatMap((issue) => shapeFaults(issue, raw, keysAt, path))
  const expected = errors
    .flatMap((issues) =>
      issues.map((issue) =>
        'expected' in issue ? String(issue.expected) : 'values' in issue ? String(issue.values) : '',
      ),
    )
    .filter(Boolean)
  return [wrongType(path, expected.join(' | ') as never, value)]
}

const KINDS: Record<string, Text> = {
  string: { en: 'text', zh: '文字' },
  number: { en: 'a number', zh: '数字' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'keys with values', zh: '键和值' },
  record: { en: 'keys with values', zh: '键和值' },
  false: { en: 'false', zh: 'false' },
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value
}

function wrongType(path: Path, expected: string, value: unknown): DealFault {
  const parts = String(expected).split(' | ')
  const name = (lang: Lang, kind: string): string => KINDS[kind]?.[lang] ?? kind
  const got = kindOf(value)
  return {
    path,
    code: 'wrong-type',
    what: {
      en: `Expected ${parts.map((kind) => name('en', kind)).join(' or ')}, found ${name('en', got)}.`,
      zh: `这里应为${parts.map((kind) => name('zh', kind)).join('或')}，现在是${name('zh', got)}。`,
    },
  }
}

function missing(path: Path, allowed?: string[]): DealFault {
  const key = String(path.at(-1) ?? '')
  return {
    path,
    code: 'missing-key',
    what: { en: `"${key}" is missing.`, zh: `缺少“${key}”。` },
    ...(allowed ? { allowed } : {}),
  }
}

/** The key tells what kind of word was meant, so that the code says what is unknown. */
const CODE_OF_KEY: Record<string, DealFault['code']> = {
  signal: 'unknown-signal',
  play: 'unknown-play',
  topic: 'unknown-topic',
}

function notAllowed(path: Path, value: unknown, allowed: string[], nearest: string | undefined): DealFault {
  const code = CODE_OF_KEY[String(path.at(-1))] ?? 'not-allowed'
  const shown = typeof value === 'string' ? `"${value}"` : JSON.stringify(value)
  const word = {
    'unknown-signal': ['signal', '信号'],
    'unknown-play': ['play', '打法'],
    'unknown-topic': ['topic', '议题'],
  }[code as string]
  return {
    path,
    code,
    what: word
      ? { en: `Unknown ${word[0]} ${shown}.`, zh: `未知的${word[1]} ${shown}。` }
      : { en: `${shown} is not allowed here.`, zh: `这里不能写 ${shown}。` },
    allowed,
    ...(nearest ? { nearest } : {}),
  }
}

function rangeFault(path: Path, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, value: unknown): DealFault {
  const limit = issue.code === 'too_small' ? Number(issue.minimum) : Number(issue.maximum)
  if (typeof value === 'string')
    return {
      path,
      code: 'missing-key',
      what: { en: 'Empty text; leave the key out.', zh: '文字是空的，请删掉这个键。' },
    }
  const side =
    issue.code === 'too_small'
      ? issue.inclusive === false
        ? ['above', '大于']
        : ['at least', '至少']
      : ['at most', '至多']
  // Estimates and confidences are shares: 70 means 0.7.
  const share =
    issue.code === 'too_big' && limit === 1 && typeof value === 'number' && value > 1 && value <= 100
      ? value / 100
      : undefined
  const hint = share === undefined ? ['', ''] : [` Write ${share} for ${value}%.`, `${value}% 请写成 ${share}。`]
  return {
    path,
    code: 'out-of-range',
    what: {
      en: `${String(value)} is out of range: ${side[0]} ${limit}.${hint[0]}`,
      zh: `${String(value)} 超出范围：${side[1]} ${limit}。${hint[1]}`,
    },
  }
}

function formatFault(path: Path, message: string, value: unknown): DealFault {
  const shown = `"${String(value)}"`
  const of: Record<string, Text> = {
    id: {
      en: `${shown} cannot be an id: 1 to 64 characters, no spaces, no "/".`,
      zh: `${shown} 不能作 id:1 到 64 个字符，不含空格和“/”。`,
    },
    decimal: {
      en: `${shown} is not an amount: digits with at most one point, like 4800000.50.`,
      zh: `${shown} 不是金额：只用数字和一个小数点，如 4800000.50。`,
    },
    time: {
      en: `${shown} is not a time of day, like 09:30.`,
      zh: `${shown} 不是一天里的时刻，如 09:30。`,
    },
    country: {
      en: `${shown} is not a country code: two capitals, like CN or DE.`,
      zh: `${shown} 不是国家代码：两个大写字母，如 CN、DE。`,
    },
    currency: {
      en: `${shown} is not a currency code: three capitals, like CNY.`,
      zh: `${shown} 不是货币代码：三个大写字母，如 CNY。`,
    },
  }
  return { path, code: 'not-allowed', what: of[message] ?? { en: `${shown}: ${message}`, zh: `${shown}:${message}` } }
}

function dateFault(path: Path, value: unknown): DealFault {
  return {
    path,
    code: 'impossible-date',
    what: {
      en: `"${String(value)}" is no calendar day; write it like 2025-04-02.`,
      zh: `“${String(value)}”不是日期，请写成 2025-04-02 这样。`,
    },
  }
}
