import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Lang } from '@sente/engine'
import { asOfOption, EXIT, languageOf, methodologyFrom, print, Stop, tell, today } from '../context.ts'
import type { GlobalOptions } from '../context.ts'

export interface OpenOptions extends GlobalOptions {
  port?: string
  browser?: boolean
  method?: string
  asOf?: string
  json?: boolean
}

/** The application as `npm run web` builds it. */
const WEB = fileURLToPath(new URL('../../../../web/dist/', import.meta.url))

/** `sente open FILE…`: the application on deal files, for this machine and until it is stopped; no account, no database. */
export async function openCommand(places: readonly string[], options: OpenOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const port = portOf(options.port)
  if (!existsSync(`${WEB}index.html`))
    throw new Stop(
      {
        en: 'The web application is not built yet: run `npm run web` once (npm start does it by itself).',
        zh: '网页应用尚未构建：先运行一次 npm run web（npm start 会自动构建）。',
      },
      EXIT.badInput,
    )
  const method = await methodologyFrom(options.method)
  const fixed = options.asOf === undefined ? undefined : asOfOption(options.asOf, lang)
  // Loaded only here: other commands start faster without them.
  const [{ Shelf }, { serveFiles }, { OWNER }] = await Promise.all([
    import('../../open/shelf.ts'),
    import('../../open/serve.ts'),
    import('../../open/reads.ts'),
  ])
  const shelf = await Shelf.open({ places, method, today: () => fixed ?? today(), ownerId: OWNER })
  const deals = await shelf.deals()
  if (deals.size === 0)
    throw nothing(
      places,
      shelf.left.map((one) => one[lang]),
    )
  for (const why of shelf.left) tell(why[lang])
  const open = await serveFiles({
    shelf,
    webFolder: WEB,
    place: places.map((place) => basename(resolve(place))).join(', '),
    // A language that was asked for is the page's as well; otherwise the browser's own decides.
    lang: options.lang === undefined ? undefined : lang,
    port,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    throw new Stop(
      {
        en: `Port ${port} cannot be used (${error.code}); choose another with --port, or leave it out.`,
        zh: `端口 ${port} 无法使用（${error.code}）；请用 --port 换一个，或不指定。`,
      },
      EXIT.badInput,
    )
  })
  const stop = signalled()
  if (options.json === true) await print(JSON.stringify({ address: open.address, deals: deals.size, pid: process.pid }))
  else
    await print(
      lang === 'zh'
        ? `已打开 ${deals.size} 个商机：${open.address}\n改动直接写入文件，注释保留。按 Ctrl+C 停止`
        : `${deals.size === 1 ? 'One deal is' : `${deals.size} deals are`} open: ${open.address}\nChanges are written into the files, comments stay. Ctrl+C stops it`,
    )
  if (options.browser !== false) showInBrowser(open.address, lang)
  await stop
  await open.close()
  return EXIT.fine
}

function nothing(places: readonly string[], left: readonly string[]): Stop {
  const why = left.length > 0 ? `\n${left.join('\n')}` : ''
  return new Stop(
    {
      en: `${places.join(', ')}: no deal that can be opened.${why}\nWrite a first one with sente new, or see sente schema for the form of a deal file.`,
      zh: `${places.join('、')}：没有可以打开的商机。${why}\n可用 sente new 写第一个商机，或用 sente schema 查看商机文件的格式。`,
    },
    EXIT.badInput,
  )
}

function portOf(wanted: string | undefined): number {
  if (wanted === undefined) return 0
  const port = Number(wanted)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Stop(
    { en: `--port ${wanted}: a whole number from 0 to 65535`, zh: `--port ${wanted}：应为 0 到 65535 的整数` },
    EXIT.badInput,
  )
}

/** Asks the system to show an address. Where there is no browser the address stands in the output. */
function showInBrowser(address: string, lang: Lang): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address]
  const failed = (): void =>
    tell(
      lang === 'zh'
        ? '没有找到浏览器：请自己打开上面的地址。'
        : 'No browser was found: open the address above yourself.',
    )
  const child = spawn(program!, args, { stdio: 'ignore', detached: true })
  child.on('error', failed)
  child.on('exit', (code) => code !== 0 && failed())
  child.unref()
}

/** Resolves when the process is asked to end; a second request ends it at once. */
function signalled(): Promise<void> {
  return new Promise((end) => {
    let asked = false
    const ask = (): void => {
      if (asked) process.exit(130)
      asked = true
      end()
    }
    process.on('SIGINT', ask)
    process.on('SIGTERM', ask)
  })
}
