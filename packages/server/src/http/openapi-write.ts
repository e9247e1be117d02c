// Compares openapi.json with what the route table makes, and rewrites it with --write.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openApi } from './openapi.ts'

const FILE = fileURLToPath(new URL('../../openapi.json', import.meta.url))

/** Is the file in the tree what the route table makes? With `write` it is made so. */
export async function isCurrent(write = false): Promise<boolean> {
  const wanted = `${JSON.stringify(openApi(), null, 1)}\n`
  if ((await readFile(FILE, 'utf8').catch(() => '')).replaceAll('\r\n', '\n') === wanted) return true
  if (write) await writeFile(FILE, wanted)
  return false
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const write = process.argv.includes('--write')
  const current = await isCurrent(write)
  console.log(
    current
      ? 'openapi.json is current'
      : write
        ? 'openapi.json: written'
        : 'openapi.json: not what the route table makes; run with --write',
  )
  process.exitCode = current || write ? 0 : 1
}
