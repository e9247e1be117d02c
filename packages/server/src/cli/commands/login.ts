import type { Lang } from '@sente/engine'
import { hostname } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { createClient, routes } from '@sente/api'
import type { CallOutput } from '@sente/api'
import { EXIT, languageOf, print, Stop } from '../context.ts'
import { addressOf, saveLogin, withServer } from '../server/remote.ts'
import type { RemoteOptions } from '../server/remote.ts'

interface LoginOptions extends RemoteOptions {
  token?: string
  email?: string
}

/** `sente login URL`: keeps an API token for a server; without one, makes it after signing in once. */
export async function loginCommand(url: string, options: LoginOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const server = addressOf(url, lang)
  const token = options.token ?? process.env['SENTE_TOKEN'] ?? (await newToken(server, options, lang))
  const me = await withServer({ server, token }, lang, (client) => client.call(routes.auth.me))
  const path = await saveLogin({ server, token })
  await print(
    lang === 'zh'
      ? `已登录 ${server}（${me.member.name}，${me.workspace.name}）；令牌保存在 ${path}`
      : `Signed in to ${server} as ${me.member.name} (${me.workspace.name}); the token is kept in ${path}`,
  )
  return EXIT.fine
}

/** Signs in by password, makes a token with all rights of the member, and ends the session again. */
async function newToken(server: string, options: LoginOptions, lang: Lang): Promise<string> {
  const email = options.email ?? (await ask(lang === 'zh' ? '邮箱：' : 'Address: ', false, lang))
  const password = await ask(lang === 'zh' ? '密码：' : 'Password: ', true, lang)
  let cookie = ''
  let csrf: string | undefined
  const keeping: typeof fetch = async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) },
    })
    cookie =
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ') || cookie
    return response
  }
  const client = createClient({ server, language: () => lang, csrfToken: () => csrf, fetch: keeping })
  return withServer({ server, token: '' }, lang, async () => {
    const me: CallOutput<typeof routes.auth.signIn> = await client.call(routes.auth.signIn, {
      body: { email, password },
    })
    csrf = me.csrfToken
    const { token } = await client.call(routes.auth.createToken, {
      body: { name: `sente on ${hostname()}`.slice(0, 100), scopes: me.permissions, expiresInDays: 365 },
    })
    await client.call(routes.auth.signOut)
    return token
  })
}

/** Asks on the terminal; what is secret is not shown while it is typed. */
async function ask(question: string, secret: boolean, lang: Lang): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Stop(
      lang === 'zh'
        ? 'sente login 需要在终端中运行，或用 --token 给出令牌'
        : 'sente login needs a terminal, or --token',
      EXIT.badInput,
    )
  let quiet = false
  const output = new Writable({
    write: (chunk: Buffer, _, done) => void (quiet ? done() : process.stderr.write(chunk, () => done())),
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  try {
    const answer = terminal.question(question)
    quiet = secret
    return (await answer).trim()
  } finally {
    terminal.close()
    if (secret) process.stderr.write('\n')
  }
}
