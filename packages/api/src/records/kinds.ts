import type { Field, KindFields, KindName, MethodWord, PlainDate } from '@sente/engine'
import { fieldsOf, KIND_NAMES } from '@sente/engine'
import { z } from 'zod'
import { Concern, Day, Id, Key, known, Line, MethodId, Phase, Share, Time, Words } from './shapes.ts'

/** A day is any text until it was checked. */
type Wire<T> = [T] extends [PlainDate] ? string : T
type SchemaOf<F> = F extends Field<infer T> & { need: infer N }
  ? N extends 'needed'
    ? z.ZodType<Wire<T>, Wire<T>>
    : z.ZodOptional<z.ZodType<Wire<T>, Wire<T>>>
  : never
/** The schemas of the fields that a client writes for a kind. */
export type FieldSchemas<K extends KindName> = { -readonly [P in keyof KindFields<K>]: SchemaOf<KindFields<K>[P]> }

/** Words of the method that customers have their own of: a line says them. */
const OWN: ReadonlySet<MethodWord> = new Set(['milestone'])

/** Types whose fields all take the same. */
const PLAIN: Partial<Record<Field['type'], z.ZodType>> = {
  line: Line,
  words: Words,
  lines: z.array(Line).max(20),
  day: Day,
  time: Time,
  key: Key,
  subject: Key,
  methods: z.array(MethodId).max(20),
  person: Id,
  parent: Id,
  people: z.array(Id).max(50),
  concern: Concern,
  phase: Phase,
  yesno: z.boolean(),
  shares: z.partialRecord(Concern, Share),
  differs: z.record(Key, Words),
  span: z.array(z.int().min(0)).length(2),
}

/** The schemas of all kinds, made from their declarations. */
export const FIELD_SCHEMAS = Object.fromEntries(
  KIND_NAMES.map((kind) => [kind, Object.fromEntries(fieldsOf(kind).map(([name, field]) => [name, schemaOf(field)]))]),
) as unknown as { [K in KindName]: FieldSchemas<K> }

function schemaOf(field: Field): z.ZodType {
  const bare = bareSchema(field)
  const one = field.known ? known(bare) : bare
  const may = field.need === 'needed' ? one : one.optional()
  return field.description === undefined ? may : may.meta({ description: field.description })
}

function bareSchema({ type, of, values, min, max, above }: Field): z.ZodType {
  switch (type) {
    case 'method':
      return OWN.has(of as MethodWord) ? Line : MethodId
    case 'number': {
      let number = z.number()
      if (above !== undefined) number = number.gt(above)
      if (min !== undefined) number = number.min(min)
      return max === undefined ? number : number.max(max)
    }
    case 'choice':
      return z.enum(values as [string, ...string[]])
    case 'choices':
      return z.array(z.enum(values as [string, ...string[]]))
    default:
      return PLAIN[type]!
  }
}

/** Fields a client writes for a kind. */
export type FactInput<K extends KindName> = z.output<z.ZodObject<FieldSchemas<K>>>
/** A stored fact. */
export type Fact<K extends KindName> = FactInput<K> & {
  id: string
  version: number
  dealId: string
  createdAt: string
  createdBy?: string
}
