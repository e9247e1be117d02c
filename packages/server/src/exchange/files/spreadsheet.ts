import { parentPort, Worker, workerData } from 'node:worker_threads'
import { unzipSync } from 'fflate'
import { ImportProblem } from './problem.ts'
import { headingsOf } from './source.ts'
import type { RawRow, Source } from './source.ts'

/** A spreadsheet is held whole: larger ones come as CSV. */
const MAX_BYTES = 50 * 1024 * 1024
const MAX_UNPACKED = 600 * 1024 * 1024
const TIME = 120_000

interface Sheet {
  sheet: string
  data: unknown[][]
}

/** The first sheet of an XLSX file that has rows, read in a thread of its own: a wicked file costs the server nothing but a refusal. */
export async function xlsxSource(bytes: AsyncIterable<Uint8Array>): Promise<Source> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > MAX_BYTES)
      throw new ImportProblem({
        en: 'This spreadsheet is larger than 50 MB: save it as CSV and import that.',
        zh: '表格超过 50 MB：请另存为 CSV 再导入。',
      })
    chunks.push(chunk)
  }
  const sheets = await readInWorker(Buffer.concat(chunks))
  const sheet = sheets.find(({ data }) => data.length > 1) ?? sheets[0]
  const columns = headingsOf(sheet?.data[0] ?? [])
  return {
    columns,
    sheets: sheets.map(({ sheet: name }) => name),
    rows: (async function* () {
      const rows = (sheet?.data ?? [])
        .slice(1)
        .flatMap((cells, i): RawRow[] =>
          cells.every((cell) => cell === null || cell === '')
            ? []
            : [{ row: i + 2, cells: Object.fromEntries(columns.map((column, c) => [column, textOf(cells[c])])) }],
        )
      if (rows.length > 0) yield rows
    })(),
  }
}

/** Days of a spreadsheet are instants at midnight UTC. */
function textOf(cell: unknown): unknown {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : cell
}

function readInWorker(bytes: Uint8Array): Promise<Sheet[]> {
  const unreadable = new ImportProblem({
    en: 'This is no readable spreadsheet (XLSX). Open it and save it again as XLSX or CSV.',
    zh: '这不是可读的 XLSX 表格。请打开后另存为 XLSX 或 CSV。',
  })
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { spreadsheet: bytes },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const timer = setTimeout(() => void worker.terminate(), TIME)
  return new Promise<Sheet[]>((resolve, reject) => {
    worker.once('message', (sheets: Sheet[] | null) => (sheets ? resolve(sheets) : reject(unreadable)))
    worker.once('error', () => reject(unreadable))
    worker.once('exit', () => reject(unreadable))
  }).finally(() => {
    clearTimeout(timer)
    void worker.terminate()
  })
}

const given = (workerData as { spreadsheet?: Uint8Array } | null)?.spreadsheet
if (parentPort && given) {
  const port = parentPort
  const read = async (): Promise<Sheet[]> => {
    let unpacked = 0
    // Only the sizes are looked at: what unpacks to more than this is a bomb, not a table.
    unzipSync(given, { filter: ({ originalSize }) => ((unpacked += originalSize), false) })
    if (unpacked > MAX_UNPACKED) throw new Error('unpacks to too much')
    const { default: readExcelFile } = await import('read-excel-file/node')
    return (await readExcelFile(Buffer.from(given))) as Sheet[]
  }
  read().then(
    (sheets) => port.postMessage(sheets),
    () => port.postMessage(null),
  )
}
