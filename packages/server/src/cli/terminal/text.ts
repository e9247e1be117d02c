import stringWidth from 'fast-string-width'
import type { styleText } from 'node:util'
import { sealed, withoutSeals } from './safe.ts'

/** Styles that a terminal brief uses. */
export type Style = Parameters<typeof styleText>[0]
export type Paint = (style: Style, text: string) => string

/** Colours on a terminal that wants them: NO_COLOR and a pipe switch them off, FORCE_COLOR on. */
export function painter(wanted: boolean): Paint {
  return wanted ? sealed : (_, text) => text
}

/** Columns a text takes on a terminal; a Chinese character takes two. */
export const width = (text: string): number => stringWidth(withoutSeals(text))

/** Pads to `columns`, measured as the terminal does; never cuts. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return side === 'left' ? text + space : space + text
}

/** Cuts to `columns` with an ellipsis. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let out = ''
  for (const character of text) {
    if (width(out + character) > columns - 1) break
    out += character
  }
  return `${out}…`
}

/** Marks that must not begin a line. */
const CLOSING = /^[\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300d\u300f\u3011\u300b\u201d%\u2026,.;:!?)\]}]/

/**
 * Breaks a text into lines of at most `columns`: at spaces, and between Chinese characters. A closing mark never begins a
 * line; where it would, what stands before it goes with it. Only a single word longer than a line is left too long.
 */
export function wrap(text: string, columns: number): string[] {
  const pieces =
    text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+/gu) ?? []
  const lines: string[] = []
  let line: string[] = []
  const flush = (rest: string[]): void => {
    lines.push(line.join('').trimEnd())
    line = rest
  }
  for (const piece of pieces) {
    if (/^\s+$/.test(piece)) {
      if (line.length > 0) line.push(' ')
      continue
    }
    if (line.length > 0 && width(line.join('') + piece) > columns) {
      if (!CLOSING.test(piece)) flush([])
      else {
        const last = line.findLastIndex((part) => part !== ' ' && !CLOSING.test(part))
        if (last > 0) {
          const rest = line.slice(last)
          line = line.slice(0, last)
          flush(rest)
        }
      }
    }
    line.push(piece)
  }
  if (line.join('').trim()) flush([])
  return lines.length > 0 ? lines : ['']
}

/** Wraps with a first-line lead and a hanging indent of the same width. */
export function hang(lead: string, text: string, columns: number): string[] {
  const indent = ' '.repeat(width(lead))
  return wrap(text, Math.max(20, columns - width(lead))).map((line, i) => (i === 0 ? lead : indent) + line)
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A horizontal bar of `columns` for a share 0..1, fine to an eighth of a column. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * columns * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!
}

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** One character for a share 0..1. */
export function level(share: number): string {
  return LEVELS[Math.min(7, Math.max(0, Math.floor(share * 8)))]!
}
