import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../packages/server/src/store/cluster/lock.ts'
import { buildWeb } from './build-web.ts'

const built = new Map<string, Promise<string>>()

/**
 * The folder with the application as users get it (`production`), or with the page of components (`stories`). In a run of the tests it is
 * built once, by whichever worker comes first; elsewhere once in a process.
 */
export function builtWeb(mode: 'production' | 'stories' = 'production'): Promise<string> {
  const known = built.get(mode) ?? build(mode)
  built.set(mode, known)
  return known
}

async function build(mode: 'production' | 'stories'): Promise<string> {
  // While tests are written: a build that is there already.
  if (mode === 'production' && process.env.SENTE_TEST_WEB) return process.env.SENTE_TEST_WEB
  const run = process.env.SENTE_TEST_FOLDER
  if (run === undefined) {
    const own = mkdtempSync(join(tmpdir(), 'sente-web-'))
    process.on('exit', () => rmSync(own, { recursive: true, force: true }))
    await buildWeb(own, mode)
    return own
  }
  const folder = join(run, `web-${mode}`)
  const done = join(folder, '.whole')
  if (!existsSync(done))
    await withLock(
      `${folder}.lock`,
      async () => {
        if (existsSync(done)) return
        await buildWeb(folder, mode)
        writeFileSync(done, '')
      },
      300_000,
    )
  return folder
}
