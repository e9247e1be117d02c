import { z } from 'zod'

/** Both languages, always: a text without one of them is a fault of the methodology. */
export const Text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
export type Text = z.infer<typeof Text>
/** The languages of every text. */
export type Lang = keyof Text

export const Id = z.string().regex(/^[A-Za-z][A-Za-z0-9_.]*$/, 'letters, digits, "_" and "." only')
