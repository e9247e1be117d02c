import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import '../../packages/server/test/support/global-setup.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { withLock } from '../../packages/server/src/store/cluster/lock.ts'

/** The application as users get it, built once in a run: whichever worker comes first builds, the others wait. */
export async function builtWeb(): Promise<string> {
  // While tests are written: a build that is there already.
  if (process.env.SENTE_TEST_WEB) return process.env.SENTE_TEST_WEB
  const folder = join(inject('senteTestFolder'), 'web')
  const done = join(folder, '.whole')
  if (!existsSync(done)) {
    await withLock(
      `${folder}.lock`,
      async () => {
        if (existsSync(done)) return
        await buildWeb(folder)
        writeFileSync(done, '')
      },
      300_000,
    )
  }
  return folder
}
