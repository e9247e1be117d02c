import { z } from 'zod'
import type { FieldFault } from '@sente/client'
import { nearestOf } from '@sente/engine'
import type { Text } from './language.ts'

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
    return [{ field, what: { en: `Must be one of: ${shown}.`, zh: `必须是以下之一：${shown}。` }, allowed, ...(typeof typed === 'string' ? near(typed, allowed) : {}) }]
  }
  // Of the branches of a union, the one that came furthest says best what is wrong.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const furthest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!
    return fieldFaults(part, furthest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })), schema)
  }
  return [{ field, what: whatOf(issue) }]
}

const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length)) + (issues.some((issue) => issue.code === 'invalid_value' && issue.values.length === 1) ? 0 : 0.5)
const valueAt = (issue: Issue): unknown => ('input' in issue ? issue.input : undefined)

function whatOf(issue: Issue): Text {
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined')
  if (missing) return { en: 'Is required.', zh: '必填。' }
  if (issue.code === 'invalid_format' && issue.format === 'regex') return { en: `Does not have the form ${issue.pattern ?? ''}.`, zh: `格式不符：${issue.pattern ?? ''}。` }
  const zh = zhMessage(issue)
  return { en: sentence(issue.message, '.'), zh: sentence(typeof zh === 'string' ? zh : (zh?.message ?? issue.message), '。') }
}

const sentence = (text: string, end: string): string => (/[.。]$/.test(text) ? text : `${text}${end}`)

function pathOf(part: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`), part)
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
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable || here instanceof z.ZodDefault) here = here.unwrap() as z.ZodType
  return here instanceof z.ZodUnion ? bare(here.options.find((option) => bare(option as z.ZodType) instanceof z.ZodObject) as z.ZodType | undefined) : here
}
