import { z } from 'zod'

/** Both languages, always: a text without one of them is a fault of the methodology. */
export const Text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
export type Text = z.infer<typeof Text>
/** The languages of every text. */
export type Lang = keyof Text

export const Id = z.string().regex(/^[A-Za-z][A-Za-z0-9_.]*$/, 'letters, digits, "_" and "." only')

/** A share or a probability, 0..1. */
export const Unit = z.number().min(0).max(1)
/** A length of time in days, more than none. */
export const Days = z.number().positive()
