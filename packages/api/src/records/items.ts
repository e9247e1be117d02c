import type { FileItem, KindName } from '@sente/engine'
import { fieldsOf, KIND_NAMES } from '@sente/engine'
import type { Fact } from './kinds.ts'

interface Place {
  /** Name in the record, and in the item of the deal file. */
  name: string
  file: string
  person: 'one' | 'many' | 'subject' | undefined
  /** Without it there is no item. */
  needed: boolean
  standing: unknown
}

/** The fields of each kind that the deal file says, in the order of the declaration. */
const PLACES = Object.fromEntries(
  KIND_NAMES.map((kind) => [
    kind,
    fieldsOf(kind).flatMap(([name, { file, type, need, standing }]): Place[] =>
      file === false
        ? []
        : [
            {
              name,
              file: file === true ? name : (file as string),
              person:
                type === 'person' ? 'one' : type === 'people' ? 'many' : type === 'subject' ? 'subject' : undefined,
              needed: need === 'needed',
              standing,
            },
          ],
    ),
  ]),
) as Record<KindName, Place[]>

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** A record as an item of the deal file; nothing when it is about somebody who is not among the deal's people. */
export function itemOf<K extends KindName>(
  kind: K,
  record: Fact<K>,
  keyOf: (personId: string) => string | undefined,
): FileItem<K> | undefined {
  const item: Record<string, unknown> = {}
  for (const { name, file, person, needed, standing } of PLACES[kind]) {
    let value = (record as Readonly<Record<string, unknown>>)[name]
    if (person === 'one' && value !== undefined) value = keyOf(value as string)
    else if (person === 'many' && value !== undefined) value = (value as string[]).flatMap((id) => keyOf(id) ?? [])
    // Somebody who is not among the deal's people is nobody in its file; keys of rivals and `us` are the same there.
    else if (person === 'subject' && isUuid(value)) value = keyOf(value)
    if (value === undefined && needed) return undefined
    value ??= standing
    if (value !== undefined) item[file] = value
  }
  return item as FileItem<K>
}

/** The fields of a record that an item of the deal file says. The inverse of `itemOf`. */
export function fieldsOfItem<K extends KindName>(
  kind: K,
  item: Readonly<Partial<FileItem<K>>>,
  idOf: (key: string) => string | undefined,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const { name, file, person } of PLACES[kind]) {
    const value = (item as Readonly<Record<string, unknown>>)[file]
    if (value === undefined) continue
    fields[name] =
      person === 'one'
        ? idOf(value as string)
        : person === 'many'
          ? (value as string[]).map(idOf)
          : person === 'subject'
            ? (idOf(value as string) ?? value)
            : value
  }
  return fields
}
