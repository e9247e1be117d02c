import type { Lang } from '@sente/engine'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { ApiError, createClient } from '@sente/api'
import type { Client } from '@sente/api'
import { EXIT, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'

export interface RemoteOptions extends GlobalOptions {
  server?: string
  local?: boolean
}

/** A server with a token for it. */
export interface Login {
  server: string
  token: string
}

const loginFile = (): string =>
  join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'sente', 'login.json')

/** Which server a command means: the one it names, SENTE_SERVER, or the one of `sente login`; undefined: none, or `--local`. */
export async function loginOf(options: RemoteOptions, lang: Lang): Promise<Login | undefined> {
  if (options.local === true) return undefined
  const saved = await savedLogin()
  const named = options.server ?? process.env['SENTE_SERVER']
  const server = named === undefined ? saved?.server : addressOf(named, lang)
  if (server === undefined) return undefined
  const token = process.env['SENTE_TOKEN'] ?? (saved?.server === server ? saved.token : undefined)
  if (token === undefined)
    throw new Stop(
      lang === 'zh'
        ? `没有 ${server} 的令牌：请设置 SENTE_TOKEN，或运行 sente login ${server}`
        : `No token for ${server}: set SENTE_TOKEN, or run sente login ${server}`,
      EXIT.badInput,
    )
  return { server, token }
}

export function addressOf(text: string, lang: Lang): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url.origin
  throw new Stop(
    lang === 'zh'
      ? `${text}：不是服务器地址，应为 https://sente.example.com 这样`
      : `${text}: no address of a server; it looks like https://sente.example.com`,
    EXIT.badInput,
  )
}

async function savedLogin(): Promise<Login | undefined> {
  try {
    const { server, token } = JSON.parse(await readFile(loginFile(), 'utf8')) as Partial<Login>
    return typeof server === 'string' && typeof token === 'string' ? { server, token } : undefined
  } catch {
    return undefined
  }
}

/** Keeps a token where only this user can read it. */
export async function saveLogin(login: Login): Promise<string> {
  const path = loginFile()
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 })
  // The mode above counts for a new file only.
  await chmod(path, 0o600)
  return path
}

/** Works with a server; its problems end the command with what happened and how to mend it. */
export async function withServer<T>(login: Login, lang: Lang, work: (client: Client) => Promise<T>): Promise<T> {
  const client = createClient({ server: login.server, token: login.token, language: () => lang })
  try {
    return await work(client)
  } catch (error) {
    if (error instanceof ApiError)
      throw new Stop(
        problemText(login.server, error, lang),
        error.problem.status >= 500 ? EXIT.internal : EXIT.badInput,
      )
    if (error instanceof TypeError && error.message === 'fetch failed') {
      const reason = String((error.cause as Error | undefined)?.message ?? '')
      throw new Stop(
        lang === 'zh'
          ? `${login.server}：连接不上（${reason}）。服务在运行吗？`
          : `${login.server}: no connection (${reason}). Is the server running?`,
        EXIT.badInput,
      )
    }
    throw error
  }
}

function problemText(server: string, { problem }: ApiError, lang: Lang): string {
  const faults = (problem.faults ?? []).map(
    ({ field, what, nearest }) => `  ${field}: ${what[lang]}${nearest === undefined ? '' : ` (${nearest}?)`}`,
  )
  return [
    `${server}: ${problem.title}${problem.detail === undefined ? '' : ` ${problem.detail}`}`,
    problem.remedy,
    ...faults,
  ]
    .filter(Boolean)
    .join('\n')
}
