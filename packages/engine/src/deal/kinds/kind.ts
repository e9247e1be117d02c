import type { Text } from '../../methodology/schema.ts'
import type { Field } from './field.ts'
import { day, key, line, person } from './field.ts'

/**
 * A stored kind of record below a deal, declared once. From the declaration follow: the checks and columns of its table, the schemas and
 * operations of the API, its place in the deal file and the types the engine reads, what is known on an earlier day, how an import finds the
 * same record again, its form and the names of its fields in both languages. `packages/server/src/store/README.md` says how to add one.
 */
export interface Kind<Fields extends Record<string, Field> = Record<string, Field>, List extends string = string> {
  name: Text
  table: string
  /** For the deal file's documentation. */
  description?: string
  /** Last part of its path below /deals/{dealId}/. */
  path: string
  /** The lists of the deal file in which it stands, or in whose items. */
  lists: readonly List[]
  /** It stands in a list of its parent's item in the file; `none` is the parent's field for "there are none". */
  within?: { kind: string; parent: string; list: string; none?: string }
  fields: Fields
  /** The whole record, or these fields of it, need the right to see what is personal. */
  sensitive?: true | readonly (keyof Fields & string)[]
  /** By which fields two records are about the same thing although they say something else; none: never. */
  same: readonly (keyof Fields & string)[]
  /** Entries of a history, and whose: a file may also give the present value only. */
  history?: keyof Fields & string
  /** Days of which the second may not come before the first. */
  order?: readonly (readonly [earlier: keyof Fields & string, later: keyof Fields & string, says: Text])[]
  /** As long as its day `on` is still to come, a field with this value was something else. */
  settles?: { field: keyof Fields & string; value: unknown; before: unknown }
  /** What it is found by: shown as title, as text, and words that count as well. Search takes kinds that say so. */
  found?: { title?: keyof Fields & string; body: keyof Fields & string; words?: readonly (keyof Fields & string)[] }
}

export const kind = <const Fields extends Record<string, Field>, const List extends string>(
  spec: Kind<Fields, List>,
): Kind<Fields, List> => spec

// Fields that several kinds share.

/** The day something happened: before it the record is not there. */
export const on = day('Day', '日期', { when: 'begins' })
/** A day that may lie ahead. */
export const plannedOn = day('Day', '日期')
export const recordedOn = day('Written down on', '记录日期', {
  description:
    'The day it was written down; before it nobody knew. Default: today for what happened while the deal was in the database',
  fileDescription: 'The day it was written down; before it nobody knew',
})
export const shortName = key('Short name', '简称')
export const somebody = person('Person', '人')
/** Known from another deal of the account, by its name: true there, to be heard again here. */
export const carriedFrom = line('Carried over from', '带自', {
  description: 'Name of the deal of the same account from which it was carried over',
})
export const RECORDED_FIRST: Text = { en: 'Recorded before it happened.', zh: '记录早于发生。' }
