import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/**
 * Builds the application (`production`) or the page of components (`stories`) into a folder, as users get it: in a process of its own, since
 * a test runner's NODE_ENV would make it React's development build, whose effects run twice. Tests do without the compressed files, which take
 * longer than all the rest.
 */
export async function buildWeb(
  outDir: string,
  mode: 'production' | 'stories' = 'production',
  compressed = false,
): Promise<void> {
  const args = ['build', '--mode', mode, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error']
  await promisify(execFile)(process.execPath, [at('node_modules/vite/bin/vite.js'), ...args], {
    cwd: at('packages/web'),
    env: { ...process.env, NODE_ENV: 'production', ...(!compressed && { SENTE_WEB_PLAIN: 'yes' }) },
  })
}
