/** How the letters of a file without a mark are written, by what its bytes would spell. */

export interface EncodingFound {
  encoding: string
  /** Other encodings that the bytes would be text in as well. */
  others: string[]
  /** How far ahead the one taken is, 0..1; 1 where the bytes leave no choice. */
  sure: number
}

/** Labels that one may say; all others that `TextDecoder` knows are taken too. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'gb18030',
  'big5',
  'windows-1252',
  'shift_jis',
  'euc-kr',
  'windows-1251',
  'windows-1250',
] as const

export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

const decoded = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** Share of what is not ASCII that is of the kind which people write in this encoding. */
const SCORES: readonly { encoding: string; score: (text: string, bytes: Uint8Array) => number }[] = [
  {
    encoding: 'gb18030',
    score: (_, bytes) =>
      pairs(
        bytes,
        (a, b) => b >= 0xa1 && ((a >= 0xb0 && a <= 0xd7) || a === 0xa1 || a === 0xa3),
        (a, b) => b >= 0xa1 && a >= 0xd8 && a <= 0xf7,
      ),
  },
  {
    encoding: 'big5',
    score: (_, bytes) =>
      pairs(
        bytes,
        (a, b) => (a >= 0xa4 && a <= 0xc6 && (b <= 0x7e || b >= 0xa1)) || a === 0xa1,
        (a) => a >= 0xc9 && a <= 0xf9,
      ),
  },
  { encoding: 'windows-1252', score: western },
  { encoding: 'shift_jis', score: (text) => japanese(text) },
  { encoding: 'euc-kr', score: (text) => share(text, /[\uac00-\ud7af]/g) * 0.98 },
]

/** Two-byte letters: common ones count whole, rare ones a third; a lead byte without a fitting second one counts against. */
function pairs(
  bytes: Uint8Array,
  common: (a: number, b: number) => boolean,
  rare: (a: number, b: number) => boolean,
): number {
  let [good, all] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const a = bytes[i]!
    if (a < 0x80) continue
    const b = bytes[i + 1]
    if (b === undefined) break
    all++
    if (common(a, b)) good += 1
    else if (rare(a, b)) good += 0.33
    i++
  }
  return all === 0 ? 0 : good / all
}

/** Signs of cp1252 that stand in Western texts: € … quotes and dashes, £ § © « ® ° ´ », the space that does not break. */
const WESTERN_MARKS: ReadonlySet<number> = new Set([
  0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa0, 0xa3, 0xa7, 0xa9, 0xab, 0xae, 0xb0, 0xb4, 0xbb,
])

/** Western letters stand alone between ASCII ones; `Ã¼` and pairs of capitals are no words. */
function western(text: string, bytes: Uint8Array): number {
  let [good, all] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const a = bytes[i]!
    if (a < 0x80) continue
    all++
    const [before, after] = [bytes[i - 1] ?? 0x20, bytes[i + 1] ?? 0x20]
    const letter = a >= 0xc0 && a !== 0xd7 && a !== 0xf7
    const mark = WESTERN_MARKS.has(a)
    if (letter && before < 0x80 && after < 0x80 && (isLetter(before) || isLetter(after))) good += 1
    else if (letter && (before < 0x80 || after < 0x80)) good += 0.5
    else if (mark && before < 0x80 && after < 0x80) good += 0.9
  }
  return all === 0 || /[\u0081\u008d\u008f\u0090\u009d]/.test(text) ? 0 : good / all
}
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

const share = (text: string, pattern: RegExp): number => {
  // eslint-disable-next-line no-control-regex -- what is not ASCII
  const all = text.match(/[^\u0000-\u007f]/g)?.length ?? 0
  return all === 0 ? 0 : (text.match(pattern)?.length ?? 0) / all
}
/** Half-width katakana is what other encodings look like in this one. */
function japanese(text: string): number {
  const kana = share(text, /[\u3040-\u30ff]/g)
  return kana < 0.1
    ? 0
    : (share(text, /[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]/g) - share(text, /[\uff61-\uff9f]/g) * 2) *
        0.97
}

/** Decides on the bytes up to the last whole line of what was looked at. Undefined: this is no text. */
export function encodingIn(head: Uint8Array): EncodingFound | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', others: [], sure: 1 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', others: [], sure: 1 }
  const wide = wideOf(head)
  if (wide) return { encoding: wide, others: [], sure: 1 }
  if (decoded('utf-8', head) !== undefined) return { encoding: 'utf-8', others: [], sure: 1 }
  const found = SCORES.flatMap(({ encoding, score }) => {
    const text = decoded(encoding, head)
    return text === undefined ? [] : [{ encoding, score: score(text, head) }]
  }).toSorted((a, b) => b.score - a.score)
  const [best, next] = found
  if (!best) return undefined
  return {
    encoding: best.encoding,
    others: found
      .slice(1)
      .filter(({ score }) => score > 0.3)
      .map(({ encoding }) => encoding),
    sure: Math.max(0, Math.min(1, best.score - (next?.score ?? 0) * 0.9)),
  }
}

/** UTF-16 without a mark gives itself away: in Latin text every second byte is zero. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, 2000)
  const zeros = [0, 0]
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2]!++
  if (zeros[0]! + zeros[1]! < end / 8) return undefined
  return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be'
}
