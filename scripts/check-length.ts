// A file of code is at most 400 lines long: what is longer holds more than one thing.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const MOST = 400
/** Written by programs. */
const GENERATED = new Set(['packages/server/src/store/tables.ts'])
/** Longer since before this was checked. A file leaves the list when it is split; none is added. */
const STILL = new Set([
  'packages/engine/test/position.test.ts',
  'packages/server/test/intake.test.ts',
  'packages/server/test/http/deals.test.ts',
  'packages/server/test/http/facts.test.ts',
  'packages/server/test/import.test.ts',
  'packages/server/test/language-model.test.ts',
])

const root = join(import.meta.dirname, '..')
function* code(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.') && !['node_modules', 'dist'].includes(entry.name))
      yield* code(path)
    else if (entry.isFile() && /\.(ts|tsx|mjs|mts)$/.test(entry.name)) yield path
  }
}

const faults: string[] = []
for (const file of code(root)) {
  const path = relative(root, file).split(sep).join('/')
  if (GENERATED.has(path)) continue
  const lines = readFileSync(file, 'utf8').split('\n').length - 1
  if (lines > MOST && !STILL.has(path))
    faults.push(`${path}: ${lines} lines, ${MOST} at most: split it by what it is about`)
  if (lines <= MOST && STILL.has(path))
    console.log(`${path}: ${lines} lines: take it out of the list in scripts/check-length.ts`)
}
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log(`no file of code is longer than ${MOST} lines, but ${STILL.size} that still are`)
process.exitCode = faults.length > 0 ? 1 : 0
