import { rowsOfYaml } from './parsing.ts'
import { ImportProblem } from './problem.ts'
import type { Source } from './source.ts'
import { textOf } from './text-stream.ts'

const MAX = 10 * 1024 * 1024

/** Deal files, one after the other, separated by `---`. YAML is read as a whole, in a thread: many deals come as NDJSON. */
export async function yamlSource(bytes: AsyncIterable<Uint8Array>): Promise<Source> {
  const parts: string[] = []
  let size = 0
  for await (const part of textOf(bytes)) {
    parts.push(part)
    size += part.length
    if (size > MAX)
      throw new ImportProblem({
        en: 'More than 10 MB of YAML: export the deals as NDJSON, one on each line.',
        zh: 'YAML 超过 10 MB：请导出为 NDJSON，每行一个商机。',
      })
  }
  const rows = await rowsOfYaml(parts.join(''))
  return {
    rows: (async function* () {
      if (rows.length > 0) yield rows
    })(),
  }
}
