// The one door for `npm start`, `npm test` and their sisters. It runs on the Node that is on the machine
// (20 or newer), installs what is missing, and hands over to the Node 24 that the lockfile brings along.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installed } from './installed.mjs'
import { say } from './say.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'
const [task = 'start', ...rest] = process.argv.slice(2)

/** Runs a command with the project's own binaries first on PATH; ends this process with its code when it fails. */
function run(command, args, options = {}) {
  const env = { ...process.env, PATH: `${bin}${windows ? ';' : ':'}${process.env.PATH}` }
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    stdio: options.stdio ?? 'inherit',
    env,
    shell: windows,
  })
  if (result.error) throw result.error
  if (result.signal) process.kill(process.pid, result.signal)
  if (result.status !== 0 && !options.mayFail) process.exit(result.status ?? 1)
  return result.status
}

/**
 * Whoever called us: npm runs us by a shell, which stays when npm is killed. `undefined`: npm has gone before we were there to notice, and nobody waits for
 * what we would start. Only Linux says who the shell's parent is.
 */
function callers() {
  const parent = process.ppid
  const byNpm = (process.env.npm_config_user_agent ?? '').startsWith('npm/') && process.env.npm_lifecycle_event === task
  if (!byNpm || windows) return String(parent)
  if (process.platform !== 'linux') return parent === 1 ? undefined : String(parent)
  try {
    const above = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'latin1'))[1])
    const isNpm = (pid) => /npm/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))
    if (isNpm(parent)) return String(parent)
    return isNpm(above) ? `${parent} ${above}` : undefined
  } catch {
    return undefined
  }
}

/** Runs something that goes on until it is stopped. A terminal tells all of us of Ctrl+C; who ends this process alone means the other. */
function keepRunning(command, args) {
  const env = { ...process.env, PATH: `${bin}${windows ? ';' : ':'}${process.env.PATH}` }
  const called = callers()
  if (called === undefined) process.exit(0)
  const told = { asked: false, child: undefined }
  // Once: told again, the other would end at once and leave its database behind.
  const stop = () => {
    if (!told.asked) told.child?.kill('SIGTERM')
    told.asked = true
  }
  // Heard before there is anybody to tell.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', stop)
  // By the channel it notices when this process is gone without a word.
  const stdio = windows ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc']
  const child = spawn(command, args, { cwd: root, stdio, env, shell: windows })
  told.child = child
  if (told.asked) child.kill('SIGTERM')
  // Who ends npm or its shell alone means us.
  setInterval(() => callers() === called || stop(), 500).unref()
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/**
 * Installs what the lockfile says and the folder has not. Only a folder that is not there is made as a whole: `npm ci` deletes libraries under
 * processes that run on them, also when somebody has installed the very same by hand.
 */
function install() {
  const state = installed(root)
  if (state === 'whole') return
  say('installing the libraries (once) …', '正在安装依赖库（仅一次）……')
  // Its chatter goes to standard error, so that `npm run -s sente brief … --json` stays clean on standard output.
  run('npm', [state === 'none' ? 'ci' : 'install', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  })
}

/** The bundled Node; on a platform without one, the machine's own when it is new enough. */
function node24() {
  const bundled = join(bin, windows ? 'node.cmd' : 'node')
  if (existsSync(bundled)) return bundled
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(
    `this platform (${process.platform} ${process.arch}) has no bundled Node; install Node 24 or newer, this is ${process.version}.`,
    `这个平台（${process.platform} ${process.arch}）没有随附的 Node，请安装 Node 24 或更新版本，当前是 ${process.version}。`,
  )
  process.exit(3)
}

install()
const node = node24()
const cli = ['packages/server/bin/sente.mjs']
switch (task) {
  case 'start':
    keepRunning(node, ['scripts/start.mjs', ...rest])
    break
  case 'sente':
    // File arguments are relative to where the user typed the command, not to the project.
    run(node, [join(root, cli[0]), ...rest], { cwd: process.env.INIT_CWD ?? root })
    break
  case 'test':
    run(node, ['node_modules/vitest/vitest.mjs', 'run', ...rest])
    break
  case 'check':
    run(node, ['scripts/check.mjs', ...rest])
    break
  case 'format':
    run(node, ['node_modules/oxfmt/bin/oxfmt', ...(rest.length > 0 ? rest : ['.'])])
    break
  case 'bench':
    run(node, ['--expose-gc', 'bench/run.ts', ...rest])
    break
  case 'chaos':
    run(node, ['bench/chaos/run.ts', ...rest])
    break
  case 'web':
    // `npm run web` builds the application into packages/web/dist; `web dev` serves it while it is written.
    run(node, [join(root, 'node_modules/vite/bin/vite.js'), ...(rest.length > 0 ? rest : ['build'])], {
      cwd: join(root, 'packages/web'),
    })
    break
  case 'pictures':
    run(node, ['scripts/pictures/run.ts', ...rest])
    break
  case 'reader':
    run(node, ['packages/reader/train/run.ts', ...rest])
    break
  default:
    console.error(
      `sente: unknown task "${task}"; known are start, sente, test, check, format, bench, chaos, web, pictures, reader.`,
    )
    process.exit(2)
}
