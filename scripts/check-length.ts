// A file of code is at most 400 lines long: what is longer holds more than one thing.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const MOST = 400

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
  const lines = readFileSync(file, 'utf8').split('\n').length - 1
  if (lines > MOST) faults.push(`${path}: ${lines} lines, ${MOST} at most: split it by what it is about`)
}
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log(`no file of code is longer than ${MOST} lines`)
process.exitCode = faults.length > 0 ? 1 : 0
