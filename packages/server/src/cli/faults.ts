import type { Lang } from '@sente/engine'
import type { FileFault } from '../exchange/files/deal-file.ts'
import type { Paint } from './terminal/text.ts'
import { width } from './terminal/text.ts'
import { WORDS } from './words.ts'

/** Faults of a file as a compiler would show them: place, what is wrong, how to mend it, and the line with a mark under it. */
export function faultLines(
  file: string,
  text: string,
  faults: readonly FileFault[],
  lang: Lang,
  paint: Paint,
): string[] {
  const words = WORDS[lang]
  const source = text.split(/\r?\n/)
  const lines = faults.flatMap((fault) => {
    const found = [`${paint('bold', `${file}:${fault.line}:${fault.column}`)}  ${fault.what[lang]}`]
    if (fault.nearest) found.push(`  ${words.didYouMean} "${fault.nearest}"?`)
    if (fault.allowed && fault.allowed.length > 0) {
      const shown = fault.allowed.slice(0, 12).join(', ')
      found.push(`  ${words.allowed}: ${shown}${fault.allowed.length > 12 ? ', …' : ''}`)
    }
    const line = source[fault.line - 1]
    if (line !== undefined && line.trim() !== '') {
      found.push(paint('dim', `  ${String(fault.line).padStart(4)} │ ${line}`))
      found.push(`       ${' '.repeat(2)}${' '.repeat(width(line.slice(0, fault.column - 1)))}${paint('red', '^')}`)
    }
    return found
  })
  return [...lines, '', words.faults(faults.length, file)]
}
