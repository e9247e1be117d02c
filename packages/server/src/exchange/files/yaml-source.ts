import { parseAllDocuments } from 'yaml'
import { ImportProblem } from './problem.ts'
import type { RawRow, Source } from './source.ts'
import { textOf } from './text-stream.ts'

const MAX = 10 * 1024 * 1024

/** Deal files, one after the other, separated by `---`. YAML is read as a whole: many deals come as NDJSON. */
export async function yamlSource(bytes: AsyncIterable<Uint8Array>): Promise<Source> {
  let text = ''
  for await (const part of textOf(bytes)) {
    text += part
    if (text.length > MAX)
      throw new ImportProblem({
        en: 'More than 10 MB of YAML: export the deals as NDJSON, one on each line.',
        zh: 'YAML 超过 10 MB：请导出为 NDJSON，每行一个商机。',
      })
  }
  const documents = parseAllDocuments(text, { uniqueKeys: true, schema: 'core', prettyErrors: false })
  const rows = (Array.isArray(documents) ? documents : []).map((document, i): RawRow => {
    const error = document.errors[0]
    if (error)
      return {
        row: i + 1,
        cells: {},
        fault: {
          en: `Not readable as YAML or JSON: ${error.message}`,
          zh: `无法按 YAML 或 JSON 读取：${error.message}`,
        },
      }
    return { row: i + 1, cells: (document.toJS({ maxAliasCount: 100 }) ?? {}) as Record<string, unknown> }
  })
  return {
    rows: (async function* () {
      if (rows.length > 0) yield rows
    })(),
  }
}
