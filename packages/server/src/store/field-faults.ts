import type { Text } from '@sente/engine'
import { z } from 'zod'
import { FORMS } from '@sente/api'
import type { FieldFault } from '@sente/api'
import { nearestOf } from '@sente/engine'

type Issue = z.core.$ZodIssue

/** At most so many faults are listed: a body full of faults must not make a larger answer. */
const MOST = 50
const zhMessage = z.locales.zhCN().localeError as (issue: unknown) => string | { message: string } | undefined

/** What Zod found, as the fields at fault: where, what, what would be allowed, and what was probably meant. */
export function fieldFaults(part: string, issues: readonly Issue[], schema?: z.ZodType): FieldFault[] {
  return issues.flatMap((issue) => faultsOf(part, issue, schema)).slice(0, MOST)
}

function faultsOf(part: string, issue: Issue, schema: z.ZodType | undefined): FieldFault[] {
  const field = pathOf(part, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const known = schema ? keysAt(schema, issue.path) : []
    return issue.keys.slice(0, MOST).map((key) => ({
      field: pathOf(part, [...issue.path, key.slice(0, 100)]),
      what: { en: 'There is no such field.', zh: '没有这个字段。' },
      ...near(key, known),
    }))
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.slice(0, 100).map(String)
    const typed = valueAt(issue)
    const shown = allowed.join(', ')
    return [
      {
        field,
        what: { en: `Must be one of: ${shown}.`, zh: `必须是以下之一：${shown}。` },
        allowed,
        ...(typeof typed === 'string' ? near(typed, allowed) : {}),
      },
    ]
  }
  // Of the branches of a union, the one that came furthest says best what is wrong.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const furthest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!
    return fieldFaults(
      part,
      furthest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
      schema,
    )
  }
  return [{ field, what: whatOf(issue) }]
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map((issue) => issue.path.length)) +
  (issues.some((issue) => issue.code === 'invalid_value' && issue.values.length === 1) ? 0 : 0.5)
const valueAt = (issue: Issue): unknown => ('input' in issue ? issue.input : undefined)

/** What people call a value of the kind that is wanted. */
const TYPES: Readonly<Record<string, Text>> = {
  string: { en: 'Must be text, in quotes.', zh: '必须是文本，加引号。' },
  number: { en: 'Must be a number.', zh: '必须是数字。' },
  int: { en: 'Must be a whole number.', zh: '必须是整数。' },
  boolean: { en: 'Must be true or false.', zh: '必须是 true 或 false。' },
  array: { en: 'Must be a list.', zh: '必须是列表。' },
  object: { en: 'Must be an object with fields.', zh: '必须是带字段的对象。' },
}
const FORMATS: Readonly<Record<string, Text>> = {
  date: { en: 'Must be a day like 2025-04-02.', zh: '必须是 2025-04-02 这样的日期。' },
  datetime: { en: 'Must be an instant like 2025-04-02T09:30:00Z.', zh: '必须是 2025-04-02T09:30:00Z 这样的时刻。' },
  uuid: {
    en: 'Must be an id, such as 01890a5d-ac96-774b-bcce-b302099a8057.',
    zh: '必须是编号，例如 01890a5d-ac96-774b-bcce-b302099a8057。',
  },
  email: { en: 'Must be an e-mail address.', zh: '必须是邮箱地址。' },
}

function whatOf(issue: Issue): Text {
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined')
  if (missing) return { en: 'Is required.', zh: '必填。' }
  if (issue.code === 'invalid_format' && issue.format === 'regex')
    return (
      FORMS.get(String(issue.pattern)) ?? {
        en: `Does not have the form ${issue.pattern ?? ''}.`,
        zh: `格式不符：${issue.pattern ?? ''}。`,
      }
    )
  if (issue.code === 'invalid_type' && issue.expected in TYPES) return TYPES[issue.expected]!
  if (issue.code === 'invalid_format' && issue.format in FORMATS) return FORMATS[issue.format]!
  if (issue.code === 'custom' && issue.params?.['zh'])
    return { en: sentence(issue.message, '.'), zh: sentence(String(issue.params['zh']), '。') }
  const zh = zhMessage(issue)
  return {
    en: sentence(issue.message, '.'),
    zh: sentence(typeof zh === 'string' ? zh : (zh?.message ?? issue.message), '。'),
  }
}

const sentence = (text: string, end: string): string => (/[.。]$/.test(text) ? text : `${text}${end}`)

function pathOf(part: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    part,
  )
}

function near(typed: string, known: readonly string[]): { nearest?: string } {
  const nearest = typed.length > 64 ? undefined : nearestOf(typed, known)
  return nearest === undefined ? {} : { nearest }
}

/** The fields that the schema knows at a place, through optional, nullable and arrays. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here: z.ZodType | undefined = schema
  for (const key of path) {
    here = bare(here)
    if (here instanceof z.ZodArray) here = here.element as z.ZodType
    else if (here instanceof z.ZodObject) here = (here.shape as Record<string, z.ZodType>)[String(key)]
    else return []
    if (!here) return []
  }
  here = bare(here)
  return here instanceof z.ZodObject ? Object.keys(here.shape) : []
}

function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  let here = schema
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable || here instanceof z.ZodDefault)
    here = here.unwrap() as z.ZodType
  return here instanceof z.ZodUnion
    ? bare(here.options.find((option) => bare(option as z.ZodType) instanceof z.ZodObject) as z.ZodType | undefined)
    : here
}
