// `npm start`: builds the web application when its sources have changed, then runs the server on its own database with a sample team, and
// prints where to open it. Runs on the bundled Node; should the server be killed, it is started again.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const web = join(root, 'packages', 'web')
const stamp = join(web, 'dist', '.built-from')

/** Everything the application is built from: its own sources, the pure packages it runs and the method. */
function* sources() {
  const folders = [
    'packages/web/src',
    'packages/web/public',
    'packages/web/build',
    'packages/web/worker',
    'packages/api/src',
    'packages/engine/src',
    'packages/picture/src',
    'packages/reader/src',
    'methodology',
  ]
  for (const folder of folders) {
    const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
    )
    for (const entry of names) yield join(entry.parentPath, entry.name)
  }
  for (const name of ['index.html', 'vite.config.ts', 'postcss.config.mjs', 'package.json']) yield join(web, name)
}

function digest() {
  const hash = createHash('sha256')
  for (const path of [...sources()].sort()) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

// Whoever started this is gone, killed perhaps: nothing is left behind.
if (process.send) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}

const now = digest()
if (!existsSync(join(web, 'dist', 'index.html')) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  say('building the web application (only when its sources change) …', '正在构建网页（仅在源码变化时）……')
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'],
    { cwd: web, stdio: ['ignore', 2, 2] },
  )
  if (status === 0) writeFileSync(stamp, now)
  else if (!existsSync(join(web, 'dist', 'index.html'))) process.exit(status ?? 1)
  else
    say('the web application could not be built; the build before is served.', '网页构建失败，继续使用上一次的构建。')
}

const { main } = await import('../packages/server/src/cli/main.ts')
process.exitCode = await main(['serve', '--sample', ...process.argv.slice(2)])
