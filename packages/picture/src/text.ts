/**
 * Text without a screen: how wide it will be, and how to shorten it. The widths are of a common sans-serif, rounded up, so
 * that a label that fits here fits in every font of the stack.
 */
const NARROW = new Set("iIjl.,:;'|!()[] ·‘’ftr-")
const WIDE = new Set('mwMW%@—…')
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What a reader takes for one character: an emoji of five code points is one. */
export const graphemes = (text: string): string[] => Array.from(GRAPHEMES.segment(text), ({ segment }) => segment)

function em(grapheme: string): number {
  const code = grapheme.codePointAt(0)!
  if (code >= 0x1f000) return 1.4
  if (code >= 0x2e80) return 1.02
  if (code >= 0x2190 && code < 0x2c00) return 1
  if (NARROW.has(grapheme)) return 0.34
  if (WIDE.has(grapheme)) return 0.92
  if (code >= 0x41 && code <= 0x5a) return 0.68
  return code < 0x250 ? 0.57 : 0.66
}

/** Width in pixels, rather too much than too little. */
export function widthOf(text: string, size: number, bold = false): number {
  let sum = 0
  for (const grapheme of graphemes(text)) sum += em(grapheme)
  return sum * size * (bold ? 1.06 : 1)
}

/** The parts of one line that fit, one after the other; the first is shortened, the others are left out. */
export function runs<T extends { text: string; size: number; look: string }>(parts: readonly T[], room: number, gap: number): T[] {
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
function pieces(text: string): string[] {
  const list: string[] = []
  for (const part of graphemes(text)) {
    const last = list.at(-1)
    const wide = part.codePointAt(0)! >= 0x2e80
    const joins = last !== undefined && !last.endsWith(' ') && (CLOSING.test(part) || (!wide && last.codePointAt(0)! < 0x2e80))
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
