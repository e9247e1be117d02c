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
  if (
    words === '' ||
    !/^[零〇一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億几来多余个半数]+$/.test(words)
  )
    return undefined
  let [total, section, digit] = [0, 0, undefined as number | undefined]
  let about = false
  let last = 0
  const letters = [...words]
  for (const [i, letter] of letters.entries()) {
    if (letter === '个') continue
    if (letter === '半') {
      // `两亿半`, `一个半亿` are rare and unclear.
      if (i !== 0) return undefined
      return undefined
    }
    if ('几来多余数'.includes(letter)) {
      about = true
      // `几十万`: at least one of it.
      if ((letter === '几' || letter === '数') && i === 0) digit = 1
      continue
    }
    if (DIGITS[letter] !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined
      digit = DIGITS[letter]
      continue
    }
    if (SMALL[letter] !== undefined) {
      section += (digit ?? (section === 0 ? 1 : 1)) * 10 ** SMALL[letter]
      last = SMALL[letter]
      digit = undefined
      continue
    }
    const power = LARGE[letter]!
    section += digit ?? 0
    digit = undefined
    if (section === 0 && total === 0) return undefined
    // `一万亿`: the smaller one before multiplies.
    if (total > 0 && section === 0) total *= 10 ** power
    else if (power === 8 && total > 0) total = (total + section) * 10 ** power
    else total += section * 10 ** power
    section = 0
    last = power
  }
  // `三万五`, `一千二`: one digit after a unit is of the next one, unless a zero stands between.
  const before = letters.at(-2)
  if (digit !== undefined && last > 1 && letters.length > 1 && before !== '零' && before !== '〇')
    section += digit * 10 ** (last - 1)
  else section += digit ?? 0
  const value = total + section
  return value > 0 && Number.isSafeInteger(value) ? { digits: String(value), scale: 0, about } : undefined
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
