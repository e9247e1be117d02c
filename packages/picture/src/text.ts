/**
 * Text without a screen: how wide it will be, and how to shorten it. Nobody knows the font of the machine that will show it,
 * so the widths are those of DejaVu Sans, the widest of the usual ones (Verdana is as wide): a label that fits here fits in
 * every font of the stack, and loses a few letters more than a narrow font would ask.
 */
const widths = (list: string): readonly number[] => list.split(' ').map((width) => Number(width) / 100)
/** Hundredths of the font size, rounded up, from the space to the tilde. */
const PLAIN = widths(
  '32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 100 69 69 70 77 64 58 78 76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 40 34 40 84 50 50 62 64 55 64 62 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84',
)
const BOLD = widths(
  '35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 78 77 74 83 69 69 83 84 38 38 78 64 100 84 85 74 85 77 73 69 82 78 111 78 73 73 46 37 46 84 50 50 68 72 60 72 68 44 72 72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84',
)
/** Signs beyond ASCII that our own words use. */
const SIGNS: Readonly<Record<string, number>> = {
  '·': 0.38,
  '‘': 0.38,
  '’': 0.38,
  '‹': 0.42,
  '›': 0.42,
  '–': 0.5,
  '−': 0.84,
  '…': 1,
  '—': 1,
}
/** Made with the first text that needs it: a command line that says plain words starts without its tables. */
let segmenter: Intl.Segmenter | undefined

/** Latin, general punctuation and Chinese without anything that joins: each code unit is a character. Most text is so. */
const PLAIN_TEXT = /^[ -\u02ff\u2010-\u2027\u2030-\u205e\u2212\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff00-\uffef]*$/

const segmentsOf = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' })).segment(text)

/** What a reader takes for one character: an emoji of five code points is one. */
export function graphemes(text: string): string[] {
  // The segmenter is a hundred times slower, and a picture that follows a finger measures some thousand labels a second.
  return PLAIN_TEXT.test(text) ? text.split('') : Array.from(segmentsOf(text), ({ segment }) => segment)
}

function em(grapheme: string, bold: boolean): number {
  const code = grapheme.codePointAt(0)!
  if (code >= 0x20 && code < 0x7f) return (bold ? BOLD : PLAIN)[code - 0x20]!
  if (code >= 0x1f000) return 1.4
  if (code >= 0x2e80) return 1.02
  if (code >= 0x2190 && code < 0x2c00) return 1
  // An accented letter is as wide as the letter below the accent.
  const base = grapheme.normalize('NFD').codePointAt(0)!
  if (base !== code && base < 0x7f) return em(String.fromCodePoint(base), bold)
  return SIGNS[grapheme] ?? (bold ? 0.86 : 0.8)
}

/** Width in pixels, rather too much than too little. */
export function widthOf(text: string, size: number, bold = false): number {
  let sum = 0
  for (const grapheme of graphemes(text)) sum += em(grapheme, bold)
  return sum * size
}

/** The parts of one line that fit, one after the other; the first is shortened, the others are left out. */
export function runs<T extends { text: string; size: number; look: string }>(
  parts: readonly T[],
  room: number,
  gap: number,
): T[] {
  const list: T[] = []
  let used = 0
  for (const part of parts) {
    const bold = part.look !== 'mute' && part.look !== 'ink'
    const text = list.length === 0 ? fit(part.text, room, part.size, bold) : part.text
    const width = widthOf(text, part.size, bold)
    if (text === '' || used + width > room) break
    list.push({ ...part, text })
    used += width + gap
  }
  return list
}

/** The text, or as much of it as fits with an ellipsis; empty when not even two characters fit. */
export function fit(text: string, width: number, size: number, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text
  const parts = graphemes(text)
  let kept = ''
  for (const part of parts) {
    if (widthOf(`${kept}${part}…`, size, bold) > width) break
    kept += part
  }
  return graphemes(kept).length < 2 ? '' : `${kept.trimEnd()}…`
}

const CLOSING = /^[\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff09\u300b\u300d\u300f%]/

/** A Latin word stays whole; Chinese breaks between characters, but no line begins with a closing mark. */
export function pieces(text: string): string[] {
  const list: string[] = []
  for (const part of graphemes(text)) {
    const last = list.at(-1)
    const wide = part.codePointAt(0)! >= 0x2e80
    const joins =
      last !== undefined && !last.endsWith(' ') && (CLOSING.test(part) || (!wide && last.codePointAt(0)! < 0x2e80))
    if (joins) list[list.length - 1] = last + part
    else list.push(part)
  }
  return list
}

/** Lines of at most `width`; the last of `max` lines ends in an ellipsis when there is more. */
export function wrap(text: string, width: number, size: number, max: number, bold = false): string[] {
  const lines: string[] = []
  let line = ''
  const rest = pieces(text)
  while (rest.length > 0) {
    const next = rest[0]!
    if (line === '' || widthOf((line + next).trimEnd(), size, bold) <= width) {
      line += rest.shift()!
      continue
    }
    if (lines.length === max - 1) return [...lines, fit(line + rest.join(''), width, size, bold)]
    lines.push(fit(line.trimEnd(), width, size, bold))
    line = ''
  }
  if (line) lines.push(fit(line.trimEnd(), width, size, bold))
  return lines.filter((entry) => entry !== '')
}

/** Characters that XML 1.0 does not allow even as entities. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g // oxlint-disable-line no-control-regex

/** Safe as text and inside double or single quotes, in SVG and HTML. */
export function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
}
