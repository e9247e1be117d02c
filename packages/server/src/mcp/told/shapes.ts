import type { Lang, Text } from '@sente/engine'
import { z } from 'zod'
import { line } from '../marks.ts'

// What all answers are made of.

export const Day = z.string().meta({ description: 'A calendar day, YYYY-MM-DD' })
/** A share to two places; more says nothing. */
export const share = (value: number): number => Math.round(value * 100) / 100
export const Share = z.number().min(0).max(1)

export const DealNamed = z.object({ id: z.string(), name: z.string(), account: z.string().optional() })
export const dealNamed = ({
  id,
  name,
  account,
}: {
  id: string
  name: string
  account?: string | null | undefined
}) => ({
  id,
  name: line(name),
  ...(account ? { account: line(account) } : {}),
})

/** A sentence of ours in one language; what it names was written by somebody, so it is one line and no longer than so. */
export const says = (text: Text, lang: Lang, most = 600): string => line(text[lang], most)

/** Without the keys that say nothing. */
export type Said<T> = { [K in keyof T]: Exclude<T[K], undefined | null> }
export const said = <T extends object>(value: T): Said<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined && part !== null)) as Said<T>

/** The first so many of a list, and how many more there are. */
export function top<T>(list: readonly T[], most: number): { items: T[]; more?: number } {
  return list.length <= most ? { items: [...list] } : { items: list.slice(0, most), more: list.length - most }
}
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), more: z.int().optional().meta({ description: 'So many more are not listed' }) })
