/** Numbers in words, as far as amounts are written in them. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  貳: 2,
  两: 2,
  兩: 2,
  三: 3,
  叁: 3,
  參: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  陸: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
}
const SMALL: Readonly<Record<string, number>> = { 十: 1, 拾: 1, 百: 2, 佰: 2, 千: 3, 仟: 3 }
const LARGE: Readonly<Record<string, number>> = { 万: 4, 萬: 4, 亿: 8, 億: 8 }

/**
 * `三百五十万`, `五十几万`, `一亿两千万`, `三万五` (35,000), `几十万` (ten times ten thousand, and more), `叁拾万元整`. Digits, the power of ten still
 * to be applied, and whether it said "some" or "more".
 */
export function chineseNumber(text: string): { digits: string; scale: number; about: boolean } | undefined {
  const words = text.replaceAll(/[\s元圆整正]/g, '')
  // `两亿半`, `一个半亿` are rare and unclear: a half is not read.
  if (!/^[零〇一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億几来多余个数]+$/.test(words))
    return undefined
  const sum: Sum = { total: 0, section: 0, digit: undefined, last: 0 }
  let about = false
  const letters = [...words]
  for (const [i, letter] of letters.entries()) {
    if (letter === '个') continue
    if ('几来多余数'.includes(letter)) {
      about = true
      // `几十万`: at least one of it.
      if ((letter === '几' || letter === '数') && i === 0) sum.digit = 1
    } else if (DIGITS[letter] !== undefined) {
      if (sum.digit !== undefined && sum.digit !== 0) return undefined
      sum.digit = DIGITS[letter]
    } else if (SMALL[letter] !== undefined) {
      sum.section += (sum.digit ?? 1) * 10 ** SMALL[letter]
      sum.last = SMALL[letter]
      sum.digit = undefined
    } else if (!addLarge(sum, LARGE[letter]!)) return undefined
  }
  const value = sum.total + sum.section + lastDigit(sum, letters)
  return value > 0 && Number.isSafeInteger(value) ? { digits: String(value), scale: 0, about } : undefined
}

/** What is read so far: whole sections before 万 or 亿, the section under way, its digit, and the power of the last unit. */
interface Sum {
  total: number
  section: number
  digit: number | undefined
  last: number
}

/** Ends a section with 万 or 亿; false where nothing stands before it. */
function addLarge(sum: Sum, power: number): boolean {
  sum.section += sum.digit ?? 0
  sum.digit = undefined
  if (sum.section === 0 && sum.total === 0) return false
  // `一万亿`: the smaller one before multiplies.
  if (sum.total > 0 && sum.section === 0) sum.total *= 10 ** power
  else if (power === 8 && sum.total > 0) sum.total = (sum.total + sum.section) * 10 ** power
  else sum.total += sum.section * 10 ** power
  sum.section = 0
  sum.last = power
  return true
}

/** `三万五`, `一千二`: one digit after a unit is of the next one, unless a zero stands between. */
function lastDigit({ digit, last }: Sum, letters: readonly string[]): number {
  const before = letters.at(-2)
  const ofNext = last > 1 && letters.length > 1 && before !== '零' && before !== '〇'
  return digit === undefined ? 0 : ofNext ? digit * 10 ** (last - 1) : digit
}

const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const GREAT: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }

/** `twenty-five hundred`, `half a million`, `one and a half million`, `two million three hundred thousand`. Exact decimal text. */
export function wordNumber(text: string): string | undefined {
  const words = text
    .toLowerCase()
    .replaceAll('-', ' ')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'and' && word !== 'of')
  if (words.length === 0) return undefined
  let [total, part] = [0, 0]
  let some = false
  for (const [i, word] of words.entries()) {
    const one = ONES.indexOf(word)
    const ten = TENS.indexOf(word)
    if (one >= 0) part += one
    else if (ten >= 0) part += (ten + 2) * 10
    else if (word === 'half') part += 0.5
    else if (word === 'quarter') part += 0.25
    else if (word === 'dozen') part = (part || 1) * 12
    else if (word === 'a' || word === 'an') {
      if (
        words[i + 1] !== 'half' &&
        words[i + 1] !== 'quarter' &&
        words[i - 1] !== 'half' &&
        words[i - 1] !== 'quarter'
      )
        part += 1
    } else if (word === 'hundred') part = (part || 1) * 100
    else if (/^\d+(\.\d+)?$/.test(word)) part += Number(word)
    else if (GREAT[word] !== undefined) {
      total += (part || 1) * GREAT[word]
      part = 0
    } else return undefined
    some = true
  }
  const value = total + part
  return some && value > 0 && Number.isSafeInteger(Math.round(value * 100))
    ? String(Math.round(value * 100) / 100)
    : undefined
}
