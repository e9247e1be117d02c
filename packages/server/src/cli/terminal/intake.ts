import type { Lang } from '@sente/engine'
import type { IntakeReport } from '@sente/api'
import { paintOf } from '../context.ts'
import { hang } from './text.ts'

interface Shown {
  file?: string
  lang: Lang
  columns: number
}

/** What of a list was taken with doubt, and what was left out; nothing where all was taken as it says. */
export function reportLines(report: IntakeReport, { file, lang, columns }: Shown): string[] {
  const t = (en: string, zh: string): string => (lang === 'zh' ? zh : en)
  const paint = paintOf()
  const out: string[] = []
  const examplesOf = (examples: IntakeReport['doubts'][number]['examples'], most = 3): string =>
    examples
      .slice(0, most)
      .map(
        ({ row, value, readAs }) =>
          `${row > 0 ? t(`row ${row} `, `第 ${row} 行 `) : ''}“${value}”${readAs === undefined ? '' : ` → ${readAs}`}`,
      )
      .join(t(', ', '、'))
  if (report.doubts.length > 0) {
    const waits = report.doubts.filter((doubt) => doubt.waits).length
    out.push(
      '',
      paint(
        'bold',
        `${t('Taken with doubt', '存疑')}${file === undefined ? '' : ` (${file})`}${waits > 0 ? t(` — ${waits} to be answered first`, `——${waits} 项需先确认`) : ''}`,
      ),
    )
    for (const doubt of report.doubts) {
      const rows =
        doubt.rows > 0 ? t(` ${doubt.rows} ${doubt.rows === 1 ? 'row' : 'rows'}.`, ` ${doubt.rows} 行。`) : ''
      // Each stage needs an answer of its own.
      const most = doubt.about === 'stage' ? doubt.examples.length : 3
      const examples = doubt.examples.length > 0 ? ` ${examplesOf(doubt.examples, most)}` : ''
      const option =
        doubt.option === undefined ? '' : t(`  Say otherwise: ${doubt.option}`, `  另行指定：${doubt.option}`)
      out.push(...hang(doubt.waits ? '  ? ' : '  · ', `${doubt.what[lang]}${rows}${examples}${option}`, columns))
    }
  }
  if (report.leftOut.length > 0) {
    out.push('', paint('bold', `${t('Left out', '未导入的行')}${file === undefined ? '' : ` (${file})`}`))
    for (const { what, rows, examples } of report.leftOut)
      out.push(...hang('  · ', `${rows} × ${what[lang]}: ${examplesOf(examples)}`, columns))
  }
  return out
}
