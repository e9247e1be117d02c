import type { Lang } from '@sente/engine'
import { newId } from '../../store/ids.ts'
import { PERMISSIONS, plainAddress, routes } from '@sente/api'
import type { Permission } from '@sente/api'
import { hashOf, newApiToken } from '../../auth/secrets.ts'
import { permissionsOf } from '../../auth/principal.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Tx } from '../../store/tenant.ts'
import { EXIT, languageOf, print, Stop } from '../context.ts'
import { loginOf, withServer } from '../server/remote.ts'
import type { RemoteOptions } from '../server/remote.ts'
import { withLocalWorkspace } from '../server/workspace.ts'
import { date } from '../terminal/format.ts'
import { pad } from '../terminal/text.ts'

export interface TokenOptions extends RemoteOptions {
  workspace?: string
  user?: string
  name?: string
  scopes?: string
  days?: string
  json?: boolean
}

interface Listed {
  id: string
  name: string
  user?: string
  scopes: string[]
  expiresAt?: string | undefined
  usedAt?: string | undefined
  createdAt: string
}

/** Scopes as they are typed; without any, all that the member may do. */
function scopesOf(options: TokenOptions, may: readonly Permission[], lang: Lang): Permission[] {
  if (options.scopes === undefined) return [...may]
  const wanted = options.scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean)
  const wrong = wanted.filter((scope) => !may.includes(scope as Permission))
  if (wrong.length === 0 && wanted.length > 0) return wanted as Permission[]
  throw new Stop(
    lang === 'zh'
      ? `--scopes ${wrong.join(',') || options.scopes}：可用 ${may.join('、')}`
      : `--scopes ${wrong.join(',') || options.scopes}: there are ${may.join(', ')}`,
    EXIT.badInput,
  )
}

function daysOf(options: TokenOptions, lang: Lang): number | undefined {
  if (options.days === undefined) return undefined
  const days = Number(options.days)
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days
  throw new Stop(
    lang === 'zh'
      ? `--days ${options.days}：应为 1 到 3650 的整数`
      : `--days ${options.days}: a whole number from 1 to 3650`,
    EXIT.badInput,
  )
}

/** A member of the local database; on a server the token's own member is meant. */
async function memberOf(tx: Tx, options: TokenOptions, lang: Lang): Promise<{ id: string; may: Permission[] }> {
  if (options.user === undefined)
    throw new Stop(lang === 'zh' ? '请用 --user 指定成员的邮箱' : 'Say whose with --user ADDRESS', EXIT.badInput)
  const [row] = await tx.rows<{ id: string; role: 'administrator'; sensitive: boolean | null }>(
    `select id, role, sensitive
     from member
     where workspace_id = $1 and email = $2 and disabled_at is null`,
    [tx.workspaceId, plainAddress(options.user)],
  )
  if (!row)
    throw new Stop(
      lang === 'zh' ? `没有邮箱为 ${options.user} 的成员` : `Nobody has the address ${options.user}`,
      EXIT.badInput,
    )
  const may = permissionsOf(row.role, row.sensitive)
  return { id: row.id, may: PERMISSIONS.filter((permission) => may.has(permission)) }
}

const local = <T>(options: TokenOptions, lang: Lang, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withLocalWorkspace(lang, options.workspace, ({ store, workspace }) =>
    withWorkspace(store, { workspaceId: workspace.id, via: 'cli' }, work),
  )

/** `sente token create`: shown once. */
export async function tokenCreateCommand(options: TokenOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const login = await loginOf(options, lang)
  const days = daysOf(options, lang)
  const name = options.name ?? 'sente'
  const made = login
    ? await withServer(login, lang, async (client) => {
        const me = await client.call(routes.auth.me)
        return client.call(routes.auth.createToken, {
          body: {
            name,
            scopes: scopesOf(options, me.permissions, lang),
            ...(days === undefined ? {} : { expiresInDays: days }),
          },
        })
      })
    : await local(options, lang, async (tx) => {
        const member = await memberOf(tx, options, lang)
        const token = newApiToken()
        const id = newId()
        await tx.rows(
          `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes, expires_at)
           values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7::int))`,
          [tx.workspaceId, id, member.id, name, hashOf(token), scopesOf(options, member.may, lang), days ?? null],
        )
        return { id, token }
      })
  if (options.json) await print(JSON.stringify(made))
  else await print(made.token)
  return EXIT.fine
}

/** `sente token list` */
export async function tokenListCommand(options: TokenOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const login = await loginOf(options, lang)
  const tokens: Listed[] = login
    ? (await withServer(login, lang, (client) => client.call(routes.auth.tokens))).items
    : await local(options, lang, tokensHere)
  if (options.json) await print(JSON.stringify(tokens, null, 2))
  else await print(tokens.map((token) => lineOf(token, lang)).join('\n') || (lang === 'zh' ? '没有令牌' : 'no tokens'))
  return EXIT.fine
}

async function tokensHere(tx: Tx): Promise<Listed[]> {
  const rows = await tx.rows<{
    id: string
    name: string
    user: string
    scopes: string[]
    expires_at: Date | null
    used_at: Date | null
    created_at: Date
  }>(
    `select t.id, t.name, m.email as user, t.scopes, t.expires_at, t.used_at, t.created_at
     from api_token t
     join member m on m.workspace_id = $1 and m.id = t.member_id
     where t.workspace_id = $1
     order by t.id`,
    [tx.workspaceId],
  )
  return rows.map(({ expires_at: expires, used_at: used, created_at: created, ...token }) => ({
    ...token,
    expiresAt: expires?.toISOString(),
    usedAt: used?.toISOString(),
    createdAt: created.toISOString(),
  }))
}

/** One line: which, whose, how long it works, when it last did, what it may do. */
function lineOf({ id, name, user, scopes, expiresAt, usedAt }: Listed, lang: Lang): string {
  const zh = lang === 'zh'
  const until =
    expiresAt === undefined
      ? zh
        ? '长期有效'
        : 'no end'
      : new Date(expiresAt) <= new Date()
        ? zh
          ? `${dayOf(expiresAt, lang)}已过期`
          : `ended ${dayOf(expiresAt, lang)}`
        : zh
          ? `有效至${dayOf(expiresAt, lang)}`
          : `until ${dayOf(expiresAt, lang)}`
  const used =
    usedAt === undefined
      ? zh
        ? '从未使用'
        : 'never used'
      : zh
        ? `上次使用${dayOf(usedAt, lang)}`
        : `last used ${dayOf(usedAt, lang)}`
  return [
    id,
    pad(name, 20),
    ...(user === undefined ? [] : [pad(user, 30)]),
    pad(until, 20),
    pad(used, 23),
    scopes.join(' '),
  ].join('  ')
}

/** The day here on which a moment was: the Swedish write days as we do. */
const dayOf = (moment: string, lang: Lang): string => date(new Date(moment).toLocaleDateString('sv-SE'), lang)

/** `sente token revoke ID` */
export async function tokenRevokeCommand(id: string, options: TokenOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const login = await loginOf(options, lang)
  if (login) await withServer(login, lang, (client) => client.call(routes.auth.revokeToken, { params: { id } }))
  else {
    const gone = await local(options, lang, (tx) =>
      tx.rows('delete from api_token where workspace_id = $1 and id::text = $2 returning id', [tx.workspaceId, id]),
    )
    if (gone.length === 0) throw new Stop(lang === 'zh' ? `没有令牌 ${id}` : `There is no token ${id}`, EXIT.badInput)
  }
  await print(lang === 'zh' ? '已撤销' : 'revoked')
  return EXIT.fine
}
