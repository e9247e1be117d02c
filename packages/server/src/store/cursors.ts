import { createHash } from 'node:crypto'
import { BadCursor } from './refusal.ts'

/**
 * A cursor is the place after the last row of a page: the values by which the list is sorted. It carries a mark of the list, its sorting and its
 * filters, and is good for no other.
 */
export function cursorOf(list: unknown, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([markOf(list), ...place])).toString('base64url')
}

/** The place that a cursor names; undefined without one. Throws `BadCursor`. */
export function placeOf<P extends readonly unknown[]>(
  list: unknown,
  cursor: string | undefined,
  fits: (place: readonly unknown[]) => boolean,
): P | undefined {
  if (cursor === undefined) return undefined
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw new BadCursor()
  }
  if (!Array.isArray(read) || read[0] !== markOf(list) || !fits(read.slice(1))) throw new BadCursor()
  return read.slice(1) as unknown as P
}

/** Short: it need not keep anybody out, only tell lists apart. What a cursor says is checked like any input. */
function markOf(list: unknown): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)
export const onlyId = (place: readonly unknown[]): boolean => place.length === 1 && isId(place[0])
