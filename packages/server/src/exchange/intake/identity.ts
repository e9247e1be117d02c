/** Who is who: ids as CRMs and spreadsheets write them, names as people type them. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** The three characters that make a 15-character id of Salesforce safe where case is lost: five letters each, a bit for a capital. */
function suffixOf(id: string): string {
  let suffix = ''
  for (let lot = 0; lot < 3; lot++) {
    let bits = 0
    for (let i = 0; i < 5; i++) {
      const letter = id.charCodeAt(lot * 5 + i)
      if (letter >= 65 && letter <= 90) bits |= 1 << i
    }
    suffix += ALPHABET[bits]
  }
  return suffix
}

/** Key prefixes of Salesforce: a digit or letter pair such as 006, 00T, a0B. Of 15 characters, and not only digits. */
const SHORT =
  /^(?:[0-9][0-9A-Za-z]{2}|a[0-9A-Za-z]{2})[0-9A-Za-z]{2}0[0-9A-Za-z]{9}$|^0(?:01|03|05|06|0T|0U|0Q|0q|0k|0D)[0-9A-Za-z]{12}$/

/**
 * The one form of an id: reports give Salesforce ids of 15 characters, its interfaces the same ids with three characters more, which are a checksum
 * of the capitals. The long form is kept. Other ids stay as they are.
 */
export function canonicalId(id: string): string {
  if (id.length === 15 && SHORT.test(id) && /[A-Za-z]/.test(id)) return id + suffixOf(id)
  return id
}

/** The forms under which an earlier import may have kept it. */
export function formsOf(id: string): string[] {
  if (id.length !== 18 || !SHORT.test(id.slice(0, 15)) || suffixOf(id) !== id.slice(15)) return [id]
  return [id, id.slice(0, 15)]
}

/** An id that a spreadsheet has rounded: `1.58E+18`, or more than 15 digits of which the last ones are zeros. Two of them may be two records. */
export function isRounded(id: string): boolean {
  const first = id.charCodeAt(0)
  if (first < 48 || first > 57 || (id.length < 17 && !/e/i.test(id))) return false
  return (
    /^\d(?:[.,]\d+)?E\+?\d{1,2}$/i.test(id) || (/^\d{17,}$/.test(id) && id.endsWith('00') && /^0+$/.test(id.slice(15)))
  )
}

/** Names are compared as people type them: full and half width, brackets, blanks and case make no difference. */
export const plainName = (name: string): string =>
  isPlain(name) ? name.trim().toLowerCase() : name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
// eslint-disable-next-line no-control-regex -- the quick way for plain ASCII
const isPlain = (name: string): boolean => /^[\u0021-\u007e]*(?: [\u0021-\u007e]+)*$/.test(name)

const LEGAL =
  /(?:股份有限公司|有限责任公司|有限公司|集团公司|股份公司|分公司|公司|集团|株式会社|有限会社)$|[,\s]+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|se|kg|gmbh & co\.? kg|s\.?a|s\.?a\.?s|s\.?r\.?l|b\.?v|n\.?v|a\/?s|asa|oy|ab|spa|pty|pte|pvt)\.?$/i

/** What is left of a company's name without its legal form: two that share it look alike, which is said and never decided. */
export function bareName(name: string): string {
  let bare = plainName(name).replaceAll(/[《》“”"'’‘.·]/g, '')
  for (let i = 0; i < 3; i++) bare = bare.replace(LEGAL, '').trim()
  return bare.replaceAll(/[()[\]\s]/g, '')
}

/** First and last name in two columns as one: Chinese, Japanese and Korean names begin with the family and have no blank. */
export function fullName({
  first = '',
  middle = '',
  last = '',
}: {
  first?: string
  middle?: string
  last?: string
}): string {
  const parts = [first, middle, last].map((part) => part.trim())
  const eastern = /^[\p{Script=Han}\p{Script=Hangul}]+$/u
  if (parts.every((part) => part === '' || eastern.test(part))) return `${parts[2]}${parts[0]}${parts[1]}`
  return parts.filter(Boolean).join(' ')
}

const FORM =
  /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|ing|dipl|herr|frau|sir|dame|hon|mme|mlle|m|sr|sra|dott)\.?|先生|女士|小姐|博士|教授|老师)$/i
/** A form of address, which is neither name nor post. */
export const isFormOfAddress = (text: string): boolean =>
  text
    .trim()
    .split(/\s+/)
    .every((word) => FORM.test(word))

/** Programs put a joiner or an apostrophe before what a spreadsheet would take for a formula; it is no part of the text. */
export const unguarded = (text: string): string =>
  text.replace(/^(?:(?:\u200b|\u200d|\u2060|\ufeff)+|['\t](?=[=+\-@]))/, '')

/** How a plain name may stand in the database: its brackets and commas in half or full width. */
export function spellings(plain: string): string[] {
  if (!/[(),&:]/.test(plain)) return [plain]
  const wide = plain.replaceAll(/[(),&:]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))
  const brackets = plain.replaceAll(/[()]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))
  return [...new Set([plain, wide, brackets, brackets.replaceAll(/\s*（/g, '（')])]
}
