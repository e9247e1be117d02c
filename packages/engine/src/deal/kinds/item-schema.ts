import { z } from 'zod'
import { isPlainDate } from '../../core/dates.ts'
import type { Methodology } from '../../methodology/schema.ts'
import { CONCERNS, PHASES } from '../../methodology/schema.ts'
import type { Field, MethodWord } from './field.ts'
import { fieldsOf } from './index.ts'
import type { FileItem, KindName } from './index.ts'

type Shape<T> = {
  [P in keyof T]-?: object extends Pick<T, P> ? z.ZodOptional<z.ZodType<Exclude<T[P], undefined>>> : z.ZodType<T[P]>
}

/** What the texts, days and ids of a deal file are. */
export const file = {
  date: z
    .string()
    .refine(isPlainDate, { error: 'date' })
    .meta({ format: 'date', description: 'A calendar day, YYYY-MM-DD' }),
  text: z.string().min(1),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' })
    .meta({ description: 'A time of day, HH:MM' }),
  id: z.string().regex(/^[^\s/]{1,64}$/, { error: 'id' }),
  concern: z.enum(CONCERNS),
  phase: z.enum(PHASES),
  share: z.number().min(0).max(1),
}

/** `economic-buyer` and `economic_buyer` are the same word. */
export function spelled(ids: readonly string[]): [string, ...string[]] {
  const all = ids.flatMap((id) => (id.includes('_') ? [id.replaceAll('_', '-'), id] : [id]))
  return all as [string, ...string[]]
}

/** The fields of a kind as an item of the deal file has them, by their names there. */
export function itemSchemas(methodology: Methodology): <K extends KindName>(kind: K) => Shape<FileItem<K>> {
  const ids = (items: readonly { id: string }[]): [string, ...string[]] =>
    items.map(({ id }) => id) as [string, ...string[]]
  const words: Record<MethodWord, z.ZodType> = {
    signal: z.enum(ids(methodology.signals.signals)),
    play: z.enum(ids(methodology.plays.plays)),
    topic: z.enum(ids(methodology.topics.topics)),
    role: z.enum(spelled(ids(methodology.people.roles))),
    path: z.enum(spelled(ids(methodology.people.paths))),
    // Proofs hang on their topic, and a step may have a name of its own: `check.ts`.
    proof: file.text,
    milestone: file.text,
  }
  return (kind) =>
    Object.fromEntries(
      fieldsOf(kind).flatMap(([name, field]) =>
        field.file === false ? [] : [[field.file === true ? name : field.file, schemaOf(field, words)]],
      ),
    ) as never
}

function schemaOf(field: Field, words: Record<MethodWord, z.ZodType>): z.ZodType {
  const bare = bareSchema(field, words)
  const one = field.known ? z.union([z.literal(false), bare]) : bare
  if (field.need === 'standing') return one.default(field.standing)
  const may = field.need === 'optional' ? one.optional() : one
  return field.fileDescription === undefined ? may : may.meta({ description: field.fileDescription })
}

function bareSchema({ type, of, values, min, max, above }: Field, words: Record<MethodWord, z.ZodType>): z.ZodType {
  switch (type) {
    case 'line':
    case 'words':
      return file.text
    case 'lines':
      return z.array(file.text)
    case 'day':
      return file.date
    case 'time':
      return file.time
    case 'key':
    case 'person':
    case 'parent':
    case 'subject':
      return file.id
    case 'people':
      return z.array(file.id)
    case 'method':
      return words[of as MethodWord]
    case 'methods':
      return z.array(words[of as MethodWord])
    case 'concern':
      return file.concern
    case 'phase':
      return file.phase
    case 'number': {
      let number = z.number()
      if (above !== undefined) number = number.gt(above)
      if (min !== undefined) number = number.min(min)
      return max === undefined ? number : number.max(max)
    }
    case 'yesno':
      return z.boolean()
    case 'choice':
      return z.enum(spelled(values!))
    case 'choices':
      return z.array(z.enum(values as [string, ...string[]]))
    case 'shares':
      return z.partialRecord(file.concern, file.share)
    case 'differs':
      return z.record(z.string(), file.text)
    case 'span':
      return z.array(z.int().min(0)).length(2)
  }
}
