import type { Lang } from '@sente/engine'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { firstStart } from '../../auth/first-start.ts'
import { patiently, startServer } from '../../server.ts'
import type { RunningServer } from '../../server.ts'
import { SettingsProblem } from '../../core/settings.ts'
import { StoreProblem } from '../../store/problem.ts'
import { EXIT, languageOf, print, Stop, tell } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { supervise, tellReady, toldToStop } from '../supervisor.ts'

export interface ServeOptions extends GlobalOptions {
  port?: string
  host?: string
  jobs?: boolean
  workerOnly?: boolean
  sample?: boolean
  log?: string
  json?: boolean
  restart?: boolean
}

export const DEFAULT_PORT = 8080
/** The application as `npm run web` builds it. */
const WEB = fileURLToPath(new URL('../../../../web/dist/', import.meta.url))

/** `sente serve`: everything in one process, until it is told to stop. */
export async function serveCommand(options: ServeOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const host = options.host ?? process.env['SENTE_HOST'] ?? '127.0.0.1'
  if (options.workerOnly === true && options.jobs === false)
    throw new Stop(
      lang === 'zh'
        ? '--worker-only 与 --no-jobs 一起就什么也不做：请二选一'
        : '--worker-only with --no-jobs would do nothing: take one of them',
      EXIT.badInput,
    )
  if (options.restart !== false) return supervise(argumentsOf(options), lang)
  const again = process.env['SENTE_AGAIN_PORT']
  const stop = Promise.race([signalled(), toldToStop()])
  const port = await portOf(again ?? options.port ?? process.env['SENTE_PORT'], host, lang)
  let running
  try {
    running = await startServer({
      host,
      port,
      http: options.workerOnly !== true,
      jobs: options.jobs !== false,
      sample: options.sample === true ? lang : undefined,
      webFolder: existsSync(`${WEB}index.html`) ? WEB : undefined,
      logLevel: options.log ?? (process.stdout.isTTY ? 'warn' : 'info'),
      say: (line) => tell(line[lang]),
    })
  } catch (error) {
    // Both say themselves what is wrong.
    if (error instanceof StoreProblem || error instanceof SettingsProblem)
      throw new Stop(error.says[lang], EXIT.badInput)
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new Stop(inUse(port, lang), EXIT.badInput)
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new Stop(
        lang === 'zh'
          ? `${host}:${port}：不能在这里监听（${message}）。请换 --host 或 --port。`
          : `${host}:${port}: cannot listen here (${message}). Choose another --host or --port.`,
        EXIT.badInput,
      )
    throw error
  }
  // Started again it says no more than that: whoever reads the output has the address.
  if (again === undefined) await announce(running, options, lang)
  else tell(lang === 'zh' ? `Sente 已重新启动：${running.address}` : `Sente runs again at ${running.address}`)
  tellReady(running.listensAt)
  await stop
  process.stderr.write(lang === 'zh' ? '正在停止……\n' : 'stopping …\n')
  await running.close()
  return EXIT.fine
}

/** The options as they were typed, for the process that serves. */
function argumentsOf({ port, host, jobs, workerOnly, sample, log, json, lang }: ServeOptions): string[] {
  const named = { port, host, log, lang }
  return [
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(jobs === false ? ['--no-jobs'] : []),
    ...(workerOnly === true ? ['--worker-only'] : []),
    ...(sample === true ? ['--sample'] : []),
    ...(json === true ? ['--json'] : []),
  ]
}

async function announce(running: RunningServer, options: ServeOptions, lang: Lang): Promise<void> {
  const { address, database } = running
  const link =
    address === undefined
      ? undefined
      : await patiently(
          (line) => tell(line[lang]),
          () => firstStart(database, { baseUrl: process.env['SENTE_URL'] ?? address, language: lang }),
        ).catch(async (error: unknown) => {
          // Otherwise it would go on, and nobody could tell it to stop.
          await running.close()
          throw error
        })
  if (options.json)
    return print(
      JSON.stringify({ address: address ?? null, setup: link ?? null, database: database.kind, pid: process.pid }),
    )
  if (address === undefined)
    return print(
      lang === 'zh' ? 'Sente 的后台任务进程已启动（Ctrl+C 停止）' : 'Sente works on its jobs (Ctrl+C stops it)',
    )
  const lines = lang === 'zh' ? [`Sente 已启动：${address}`] : [`Sente runs at ${address}`]
  if (link)
    lines.push(
      lang === 'zh'
        ? `第一次使用，请打开这个一次性链接设置管理员：\n  ${link}`
        : `First start: become its administrator by this one-time link:\n  ${link}`,
    )
  lines.push(lang === 'zh' ? '按 Ctrl+C 停止' : 'Ctrl+C stops it')
  return print(lines.join('\n'))
}

const inUse = (port: number, lang: Lang): string =>
  lang === 'zh' ? `端口 ${port} 已被占用，请用 --port 换一个` : `Port ${port} is taken; choose another with --port`

/** A port that was asked for is taken as it is; otherwise the next free one from the default on. */
async function portOf(wanted: string | undefined, host: string, lang: Lang): Promise<number> {
  if (wanted !== undefined) {
    const port = Number(wanted)
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
    throw new Stop(
      lang === 'zh' ? `--port ${wanted}：应为 0 到 65535 的整数` : `--port ${wanted}: a whole number from 0 to 65535`,
      EXIT.badInput,
    )
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + 20; port++) if (await isFree(port, host)) return port
  throw new Stop(inUse(DEFAULT_PORT, lang), EXIT.badInput)
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    // Where nobody may listen, or nothing is called so, no other port is better: the start says what is wrong.
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/** Resolves when the process is asked to end; a second request ends it at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const ask = (): void => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', ask)
    process.on('SIGTERM', ask)
  })
}
