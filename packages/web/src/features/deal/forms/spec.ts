/** How a field is asked for. `yesno` has a third answer: not known. `known` has a box for "we know that there is none". */
export type FieldKind =
  | 'line'
  | 'words'
  | 'day'
  | 'choice'
  | 'choices'
  | 'yesno'
  | 'share'
  | 'number'
  | 'known'
  | 'strengths'
  | 'differs'
  | 'influence'
  | 'newPerson'

export interface Option {
  value: string
  label: string
  group?: string
}

export interface FieldSpec {
  name: string
  as: FieldKind
  /** Where the usual name of the field does not fit. */
  label?: string
  hint?: string
  required?: boolean
  /** Needed as long as these other fields say nothing either; `says` asks for one of them. */
  unless?: { others: readonly string[]; says: string }
  options?: readonly Option[]
  min?: number
  max?: number
  step?: number
  /** Half of the form's width where there is room. */
  half?: boolean
}

export type Values = Readonly<Record<string, unknown>>

/** Nothing said: an empty text, list or table is no answer. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every(isBlank)
}

/** What a create sends: only fields that say something. */
export function created(specs: readonly FieldSpec[], values: Values): Record<string, unknown> {
  return Object.fromEntries(specs.flatMap(({ name }) => (isBlank(values[name]) ? [] : [[name, tidy(values[name])]])))
}

/** What an update sends: `null` for a field that was emptied. */
export function changed(specs: readonly FieldSpec[], before: Values, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    specs.flatMap(({ name }) => {
      if (isBlank(values[name])) return isBlank(before[name]) ? [] : [[name, null]]
      return [[name, tidy(values[name])]]
    }),
  )
}

export const missing = (specs: readonly FieldSpec[], values: Values): FieldSpec[] =>
  specs.filter(
    ({ name, required, unless }) =>
      (required === true || unless?.others.every((other) => isBlank(values[other]))) && isBlank(values[name]),
  )

function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isBlank(inner))
      .map(([name, inner]) => [name, tidy(inner)]),
  )
}
