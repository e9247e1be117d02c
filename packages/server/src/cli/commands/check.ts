import { replacedSignals } from '@sente/engine'
import { readDeal, readText, FileProblem } from '../../exchange/files/deal-file.ts'
import { isList, listLines, readList, readMapping } from '../lists.ts'
import { answersOption } from '../intake-options.ts'
import type { IntakeOptions } from '../intake-options.ts'
import { columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { faultLines } from '../faults.ts'
import { WORDS } from '../words.ts'

/** `sente check FILE…`: every fault of every file, and signals that others say better by now; says nothing else of their content. */
export async function checkCommand(
  files: string[],
  options: GlobalOptions & IntakeOptions & { json?: boolean; method?: string; map?: string },
): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const paint = paintOf()
  const answers = answersOption(options, lang)
  const map = options.map === undefined ? undefined : await readMapping(options.map, lang)
  const report: { file: string; faults: unknown[]; replaced?: unknown[]; report?: unknown }[] = []
  let bad = 0
  for (const file of files) {
    try {
      if (isList(file)) {
        const table = await readList(file, { answers, map, methodology })
        const faults = table.rows.flatMap((row) => row.faults)
        report.push({ file, faults, report: table.report })
        if (faults.length > 0 || table.report.doubts.some((doubt) => doubt.waits)) bad++
        if (!options.json) await print(listLines(table, lang, columnsOf(options.width)).join('\n'))
        continue
      }
      const text = await readText(file)
      const read = readDeal(text, methodology)
      const faults = 'faults' in read ? read.faults : []
      const replaced = 'deal' in read ? replacedSignals(read.deal, methodology) : []
      report.push({ file, faults, ...(replaced.length > 0 ? { replaced } : {}) })
      if (faults.length > 0) bad++
      if (!options.json)
        await print(
          faults.length > 0
            ? faultLines(file, text, faults, lang, paint).join('\n')
            : [
                `${file}: ${paint('green', WORDS[lang].fine)}`,
                ...replaced.map(({ index, signal, successors }) =>
                  WORDS[lang].replaced(file, index + 1, signal, successors),
                ),
              ].join('\n'),
        )
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      bad++
      report.push({ file, faults: [{ line: 1, column: 1, code: 'unreadable', what: error.says }] })
      if (!options.json) await print(error.says[lang])
    }
  }
  if (options.json) await print(JSON.stringify(report, null, 2))
  return bad > 0 ? EXIT.badInput : EXIT.fine
}
