import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { inject } from 'vitest'
import '../../packages/server/test/support/global-setup.ts'
import { withLock } from '../../packages/server/src/store/cluster/lock.ts'

const config = fileURLToPath(new URL('../../packages/web/vite.config.ts', import.meta.url))

/** The application as users get it, built once in a run: whichever worker comes first builds, the others wait. */
export async function builtWeb(): Promise<string> {
  // While tests are written: a build that is there already.
  if (process.env.SENTE_TEST_WEB) return process.env.SENTE_TEST_WEB
  const folder = join(inject('senteTestFolder'), 'web')
  const done = join(folder, 'index.html')
  if (!existsSync(done)) {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(done)) return
      // Under another name until it is whole.
      await build({ configFile: config, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 4000, sourcemap: false } })
    }, 300_000)
  }
  return folder
}
