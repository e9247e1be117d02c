import type { ImportKind } from './fields.ts'
import { csvSource, ndjsonSource } from './source.ts'
import type { Source } from './source.ts'

export type Format = 'ndjson' | 'csv' | 'xlsx' | 'yaml'

/** What the name of a file, else its first bytes, say of its format. */
export function formatOf(filename: string | undefined, head: Uint8Array, kind: ImportKind | undefined): Format {
  const ending = /\.([a-z0-9]+)$/i.exec(filename ?? '')?.[1]?.toLowerCase()
  if (ending === 'xlsx') return 'xlsx'
  if (ending === 'ndjson' || ending === 'jsonl') return 'ndjson'
  if (ending === 'yaml' || ending === 'yml') return 'yaml'
  if (ending === 'csv' || ending === 'tsv') return 'csv'
  if (head[0] === 0x50 && head[1] === 0x4b) return 'xlsx'
  if (kind === 'deal-files')
    return /^[\s\ufeff]*\{"/.test(Buffer.from(head.subarray(0, 64)).toString('latin1')) ? 'ndjson' : 'yaml'
  return /^\s*\{/.test(
    Buffer.from(head.subarray(0, 64))
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  )
    ? 'ndjson'
    : 'csv'
}

/** Opens a stream of bytes as rows. */
export async function openSource(bytes: AsyncIterable<Uint8Array>, format: Format): Promise<Source> {
  switch (format) {
    case 'ndjson':
      return ndjsonSource(bytes)
    case 'csv':
      return csvSource(bytes)
    case 'xlsx':
      return (await import('./spreadsheet.ts')).xlsxSource(bytes)
    case 'yaml':
      return (await import('./yaml-source.ts')).yamlSource(bytes)
  }
}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  wanted = 4096,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let size = 0
  while (size < wanted) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    size += next.value.length
  }
  return {
    head: Buffer.concat(seen),
    all: (async function* () {
      yield* seen
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    })(),
  }
}
