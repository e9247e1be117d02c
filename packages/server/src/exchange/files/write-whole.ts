import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FileProblem } from './deal-file.ts'
import { writeProblem } from './write-problem.ts'

/**
 * Writes beside the file and renames: a killed process leaves the old file or the new one, never half of one. Throws a `FileProblem` that says where
 * it could not write and why.
 */
export async function writeWhole(path: string, text: string | Uint8Array, mode = 0o666): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    await writeFile(beside, text, { mode })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw new FileProblem(writeProblem(path, error))
  }
}
