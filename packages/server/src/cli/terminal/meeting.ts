import type { Sheet, SheetLine } from '@sente/engine'
import { heading } from './view.ts'
import type { View } from './view.ts'
import { hang } from './text.ts'
import type { Style } from './text.ts'

const TONES: Readonly<Record<NonNullable<SheetLine['tone']>, Style>> = { strong: 'bold', late: 'yellow', faint: 'dim' }

/** A meeting page as it is read on a terminal. */
export function meetingLines(sheet: Sheet, view: View): string[] {
  const { columns, paint } = view
  const line = ({ label, text, tone }: SheetLine): string[] => {
    const lines = hang(label === undefined ? '  ' : `  ${paint('dim', label)}  `, text, columns)
    return tone === undefined ? lines : lines.map((one) => paint(TONES[tone], one))
  }
  return [
    paint('bold', sheet.title),
    ...hang('', sheet.under.join(' · '), columns).map((one) => paint('dim', one)),
    ...(sheet.stop === null ? [] : ['', ...hang('', sheet.stop, columns).map((one) => paint('red', one))]),
    ...sheet.sections.flatMap(({ name, lines }) => [...heading(name, view), ...lines.flatMap(line)]),
  ]
}
