import type { Text } from '@sente/engine'
import { z } from 'zod'
import { CONCERNS, isPlainDate, PHASES } from '@sente/engine'

/** Words of the API's records, shared by all of them. A key that is absent says nothing; `false` says "known to be none". */

/** What a text of a form of our own must be, by its pattern: nobody reads patterns. */
export const FORMS = new Map<string, Text>()
function formed(pattern: RegExp, en: string, zh: string) {
  FORMS.set(String(pattern), { en, zh })
  return z.string().regex(pattern)
}

export const Id = z.uuid().meta({ description: 'UUID, made by the server unless a create names one' })
/** The engine's calendar, so that no day can be stored that it does not know. */
export const Day = z.iso
  .date({ abort: true })
  .refine((day): boolean => isPlainDate(day), {
    error: 'Must be a calendar day from 1900-01-01 to 2199-12-31.',
    params: { zh: '必须是 1900-01-01 到 2199-12-31 之间的日期。' },
  })
  .meta({ description: 'A calendar day from 1900-01-01 to 2199-12-31' })
/** On the wall, in the time zone of the workspace. */
export const Time = formed(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'Must be a time of day such as 09:30.',
  '必须是 09:30 这样的时刻。',
)
export const Moment = z.iso.datetime({ offset: true }).meta({ description: 'An instant, RFC 3339' })
export const Line = z.string().trim().min(1).max(500)
export const Words = z.string().min(1).max(20_000)
/** The one form in which an address is kept and compared: other widths, compositions and capitals of its letters are the same address. */
export const plainAddress = (address: string): string =>
  address.trim().normalize('NFKC').toLowerCase().normalize('NFKC')
/** Of a member. Not every address is a public one: the first administrator's is `administrator@localhost`, and intranets have names without a dot. */
export const Email = z
  .email({ pattern: z.regexes.unicodeEmail })
  .max(254)
  .transform(plainAddress)
  // Some letters come apart into signs that no address has.
  .pipe(z.email({ pattern: z.regexes.unicodeEmail }).max(254))
/** An id of the methodology; the server checks it against the method in force and names the nearest. */
export const MethodId = formed(
  /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/,
  'Must be an id of the method: letters, digits, _ and -, at most 64.',
  '必须是方法中的编号：字母、数字、_ 和 -，最多 64 个字符。',
)
export const Key = formed(
  /^[^\s/]{1,64}$/,
  'Must be 1 to 64 characters without blanks and slashes.',
  '必须是 1 到 64 个字符，不含空格和斜线。',
)
export const Share = z.number().min(0).max(1)
export const Concern = z.enum(CONCERNS)
export const Phase = z.enum(PHASES)
/** ISO 3166. */
export const Country = formed(
  /^[A-Z]{2}$/,
  'Must be the two capital letters of a country, such as CN or DE.',
  '必须是两个大写字母的国家代码，例如 CN、DE。',
)
export const Currency = formed(
  /^[A-Z]{3}$/,
  'Must be the three capital letters of a currency, such as CNY or EUR.',
  '必须是三个大写字母的币种，例如 CNY、EUR。',
)
/** Exact decimal as text: money is never a float. */
export const Decimal = formed(
  /^\d{1,15}(\.\d{1,6})?$/,
  'Must be a decimal as text, such as "1200000.50", with at most 15 digits before the point and 6 after.',
  '必须是文本形式的小数，例如 "1200000.50"，小数点前最多 15 位、后最多 6 位。',
)
/** Of amounts: there may be more digits in it than in any of them. */
export const Sum = z.string().regex(/^\d+(\.\d{1,6})?$/)
export const Money = z.strictObject({ value: Decimal, currency: Currency })

/** `false`: we know that there is none. */
export const known = <T extends z.ZodType>(value: T) => z.union([z.literal(false), value])

/** What every stored record carries besides its own fields. */
export const Stored = {
  id: Id,
  version: z.int().min(1),
  createdAt: Moment,
  createdBy: Id.optional(),
}

/** A list in an address: separated by commas. */
export const csv = <T extends z.ZodType>(item: T) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
      z.array(item).max(50),
    )
    .optional()
