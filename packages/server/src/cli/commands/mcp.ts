import { inspect } from 'node:util'
import { loadMethodology } from '@sente/engine'
import { ApiError, createClient, routes } from '@sente/api'
import type { Lang, Methodology } from '@sente/engine'
import type { CallOutput, Permission, Route } from '@sente/api'
import type { Desk } from '../../mcp/desk.ts'
import { folderDesk } from '../../mcp/folder/desk.ts'
import { serveStdio } from '../../mcp/stdio.ts'
import { workspaceDesk } from '../../mcp/workspace/desk.ts'
import type { Ask } from '../../mcp/workspace/desk.ts'
import { asOfOption, EXIT, languageOf, methodologyFrom, Stop, tell, today } from '../context.ts'
import { loginOf, withServer } from '../server/remote.ts'
import type { Login, RemoteOptions } from '../server/remote.ts'
import { stat } from 'node:fs/promises'

export interface McpOptions extends RemoteOptions {
  method?: string
  asOf?: string
}

/** `sente mcp [FOLDER]`: a server of the Model Context Protocol on standard input and output, until the input ends. */
export async function mcpCommand(place: string | undefined, options: McpOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const desk = place === undefined ? await ofServer(options, lang) : await ofFolder(place, options, lang)
  // Standard output belongs to the protocol: whatever else is said goes beside it.
  await serveStdio(desk, {
    input: process.stdin,
    output: process.stdout,
    log: (error) => tell(error instanceof Error ? error.message : inspect(error)),
  })
  return EXIT.fine
}

async function ofFolder(place: string, options: McpOptions, lang: Lang): Promise<Desk> {
  if (options.server !== undefined)
    throw new Stop(
      { en: 'Either a folder or --server, not both.', zh: '文件夹和 --server 只能选一个。' },
      EXIT.badInput,
    )
  await stat(place).catch(() => {
    throw new Stop({ en: `${place}: no such file or folder.`, zh: `${place}：没有这个文件或文件夹。` }, EXIT.badInput)
  })
  const fixed = options.asOf === undefined ? undefined : asOfOption(options.asOf, lang)
  return folderDesk({ place, method: await methodologyFrom(options.method), lang, today: () => fixed ?? today() })
}

async function ofServer(options: McpOptions, lang: Lang): Promise<Desk> {
  const login = await loginOf(options, lang)
  if (!login)
    throw new Stop(
      {
        en: 'Name a folder of deal files (sente mcp FOLDER), or a server: --server URL with SENTE_TOKEN, or sente login URL once.',
        zh: '请指定商机文件的文件夹（sente mcp 文件夹），或服务器：--server URL 并设置 SENTE_TOKEN，或先 sente login URL。',
      },
      EXIT.badInput,
    )
  if (options.asOf !== undefined)
    throw new Stop({ en: '--as-of is for a folder.', zh: '--as-of 只用于文件夹。' }, EXIT.badInput)
  // Asked once at the start, so that a wrong address or token is told at once, and not inside of some answer.
  const me = await withServer(login, lang, (client) => client.call(routes.auth.me))
  return workspaceDesk({
    ask: asking(login, lang),
    may: new Set<Permission>(me.permissions),
    lang,
    method: kept(async () => {
      const { files } = await withServer(login, lang, (client) => client.call(routes.work.methodology))
      const loaded = loadMethodology(files)
      if ('methodology' in loaded) return loaded.methodology
      throw new Error('the method of the server is of another version of the program')
    }),
  })
}

/** Made once; after a failure again. */
function kept(make: () => Promise<Methodology>): () => Promise<Methodology> {
  let made: Promise<Methodology> | undefined
  return () => (made ??= make().catch((error: unknown) => ((made = undefined), Promise.reject(error as Error))))
}

/** Milliseconds that an answer of the server may take. */
const PATIENCE_MS = 60_000

function asking(login: Login, lang: Lang): Ask {
  return async <R extends Route>(contract: R, input: Parameters<Ask>[1]) => {
    let changeSet: string | undefined
    const client = createClient({
      server: login.server,
      token: login.token,
      language: () => lang,
      fetch: async (url, init) => {
        const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
        changeSet = answer.headers.get('x-change-set') ?? undefined
        return answer
      },
    })
    try {
      return { value: (await client.call(contract as Route, input as never)) as CallOutput<R>, changeSet }
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'TimeoutError') throw error
      throw new ApiError({
        type: 'about:blank',
        title: lang === 'zh' ? '服务器没有及时应答。' : 'The server did not answer in time.',
        status: 504,
        code: 'not-ready',
        remedy: lang === 'zh' ? '请稍后再试。' : 'Try again later.',
      } as never)
    }
  }
}
