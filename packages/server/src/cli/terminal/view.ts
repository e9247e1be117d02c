import type { Brief, ConcernId, Lang, Methodology } from '@sente/engine'
import { width } from './text.ts'
import type { Paint } from './text.ts'

/** What the lines of a terminal are written for. */
export interface View {
  lang: Lang
  columns: number
  paint: Paint
  methodology: Methodology
  /** Everything, not only the top of long lists. */
  all: boolean
}

export function heading(text: string, { paint, columns }: View): string[] {
  return ['', paint('bold', text) + ' ' + paint('dim', '─'.repeat(Math.max(0, columns - width(text) - 1)))]
}

export function nameOf(methodology: Methodology, concern: ConcernId, lang: Lang): string {
  return methodology.concerns.concerns.find(({ id }) => id === concern)!.name[lang]
}

export function personName(brief: Brief, id: string): string {
  return brief.people.people.find((person) => person.id === id)?.name ?? id
}
