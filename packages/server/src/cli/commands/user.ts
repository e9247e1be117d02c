import type { Lang, Text } from '@sente/engine'
import { newId } from '../../store/ids.ts'
import { Email, plainAddress, ROLES } from '@sente/api'
import type { Role } from '@sente/api'
import { audit } from '../../auth/audit.ts'
import { createLink, resetPassword } from '../../auth/links.ts'
import { keepAnAdministrator, memberOf, memberShape, membersOf, setTeams } from '../../auth/members.ts'
import { endSessions, memberChanged } from '../../auth/session-records.ts'
import { withWorkspace } from '../../store/tenant.ts'
import type { Tx } from '../../store/tenant.ts'
import { EXIT, languageOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { withLocalWorkspace } from '../server/workspace.ts'
import { pad } from '../terminal/text.ts'
import { DEFAULT_PORT } from './serve.ts'

export interface UserOptions extends GlobalOptions {
  workspace?: string
  name?: string
  role?: string
  team?: string[]
  json?: boolean
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: '管理员',
  manager: '主管',
  seller: '销售',
  viewer: '只读',
}
/** Under which links are printed; another address is told by SENTE_URL. */
const baseUrl = (): string =>
  process.env['SENTE_URL'] ?? `http://localhost:${process.env['SENTE_PORT'] ?? DEFAULT_PORT}`

function within<T>(options: UserOptions, work: (tx: Tx, lang: Lang) => Promise<T>): Promise<T> {
  const lang = languageOf(options.lang)
  return withLocalWorkspace(lang, options.workspace, ({ store, workspace }) =>
    withWorkspace(store, { workspaceId: workspace.id, via: 'cli' }, (tx) => work(tx, lang)),
  )
}

async function memberAt(tx: Tx, email: string, lang: Lang): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(
    `select id
    from member
    where workspace_id = $1 and email = $2`,
    [tx.workspaceId, plainAddress(email)],
  )
  if (row) return row.id
  throw new Stop(lang === 'zh' ? `没有邮箱为 ${email} 的成员` : `Nobody has the address ${email}`, EXIT.badInput)
}

/** `sente user add EMAIL` */
export async function userAddCommand(email: string, options: UserOptions): Promise<number> {
  const role = (options.role ?? 'seller') as Role
  if (!ROLES.includes(role)) throw new Stop(`--role ${role}: ${ROLES.join(', ')}`, EXIT.badInput)
  if (!Email.safeParse(email).success)
    throw new Stop(languageOf(options.lang) === 'zh' ? `${email} 不是邮箱` : `${email} is no address`, EXIT.badInput)
  const link = await within(options, async (tx, lang) => {
    const id = newId()
    const made = await tx.rows(
      `insert into member (workspace_id, id, email, name, role)
       values ($1, $2, $3, $4, $5)
       on conflict (workspace_id, email) do nothing
       returning id`,
      [tx.workspaceId, id, plainAddress(email), options.name ?? email.split('@')[0], role],
    )
    if (made.length === 0)
      throw new Stop(lang === 'zh' ? `${email} 已是成员` : `${email} is a member already`, EXIT.badInput)
    const teams = await tx.rows<{ id: string; name: string }>(
      'select id, name from team where workspace_id = $1 and name = any($2::text[])',
      [tx.workspaceId, options.team ?? []],
    )
    const missing = (options.team ?? []).find((name) => !teams.some((team) => team.name === name))
    if (missing !== undefined)
      throw new Stop(lang === 'zh' ? `没有团队“${missing}”` : `There is no team "${missing}"`, EXIT.badInput)
    await setTeams(
      tx,
      id,
      teams.map((team) => team.id),
    )
    await audit(tx, { kind: 'member', id, action: 'create', after: memberShape(await memberOf(tx, id)) })
    return createLink(tx, id, 'invitation', baseUrl())
  })
  await say(options, link, { en: 'They set a password by this one-time link', zh: '请对方用这个一次性链接设置密码' })
  return EXIT.fine
}

/** `sente user list` */
export async function userListCommand(options: UserOptions): Promise<number> {
  const members = await within(options, async (tx) => (await membersOf(tx)).map(memberShape))
  if (options.json) await print(JSON.stringify(members, null, 2))
  else
    await print(
      members
        .map(({ email, name, role, disabled, hasPassword }) =>
          `${pad(email, 36)}${pad(name, 20)}${pad(languageOf(options.lang) === 'zh' ? ROLE_NAMES[role] : role, 16)}${disabled ? (languageOf(options.lang) === 'zh' ? '已停用' : 'disabled') : hasPassword ? '' : languageOf(options.lang) === 'zh' ? '尚未设置密码' : 'no password yet'}`.trimEnd(),
        )
        .join('\n'),
    )
  return EXIT.fine
}

/** `sente user reset EMAIL` */
export async function userResetCommand(email: string, options: UserOptions): Promise<number> {
  const link = await within(options, async (tx, lang) => {
    const id = await memberAt(tx, email, lang)
    const member = await memberOf(tx, id, true)
    if (member.disabled_at !== null)
      throw new Stop(lang === 'zh' ? `${email} 已停用` : `${email} is disabled`, EXIT.badInput)
    return resetPassword(tx, id, baseUrl())
  })
  await say(options, link, {
    en: 'The old password, all sessions and all API tokens have ended. They set a new password by this one-time link',
    zh: '原密码、所有登录会话和 API 令牌均已失效。请对方用这个一次性链接设置新密码',
  })
  return EXIT.fine
}

/** `sente user disable EMAIL`: out at once, with sessions and tokens. */
export async function userDisableCommand(email: string, options: UserOptions): Promise<number> {
  await within(options, async (tx, lang) => {
    const id = await memberAt(tx, email, lang)
    const before = await memberOf(tx, id)
    if (before.role === 'administrator' && before.disabled_at === null) await keepAnAdministrator(tx, id)
    await tx.rows(
      `update member
       set disabled_at = coalesce(disabled_at, now()), version = version + 1
       where workspace_id = $1 and id = $2`,
      [tx.workspaceId, id],
    )
    await endSessions(tx, id, { tokens: true })
    await tx.rows(
      `delete from one_time_link
      where workspace_id = $1 and member_id = $2 and used_at is null`,
      [tx.workspaceId, id],
    )
    await audit(tx, {
      kind: 'member',
      id,
      action: 'update',
      before: memberShape(before),
      after: memberShape(await memberOf(tx, id)),
    })
  })
  await print(languageOf(options.lang) === 'zh' ? `${email} 已停用` : `${email} is disabled`)
  return EXIT.fine
}

/** `sente user enable EMAIL`: in again by the password of before; tokens and links were ended for good. */
export async function userEnableCommand(email: string, options: UserOptions): Promise<number> {
  const hasPassword = await within(options, async (tx, lang) => {
    const id = await memberAt(tx, email, lang)
    const before = await memberOf(tx, id, true)
    if (before.disabled_at === null) return before.password_hash !== null
    await tx.rows(
      `update member
      set disabled_at = null, version = version + 1
      where workspace_id = $1 and id = $2`,
      [tx.workspaceId, id],
    )
    memberChanged(tx, id)
    await audit(tx, {
      kind: 'member',
      id,
      action: 'update',
      before: memberShape(before),
      after: memberShape(await memberOf(tx, id)),
    })
    return before.password_hash !== null
  })
  const zh = languageOf(options.lang) === 'zh'
  await print(zh ? `${email} 已启用` : `${email} is enabled`)
  if (!hasPassword)
    await print(
      zh
        ? `尚未设置密码：用 sente user reset ${email} 生成链接`
        : `No password yet: sente user reset ${email} prints a link`,
    )
  return EXIT.fine
}

async function say(options: UserOptions, link: { url: string; expiresAt: string }, says: Text): Promise<void> {
  const lang = languageOf(options.lang)
  if (options.json) await print(JSON.stringify(link))
  else {
    const day = link.expiresAt.slice(0, 10)
    const lines = [`${says[lang]}${lang === 'zh' ? `（有效至 ${day}）：` : ` (until ${day}):`}`, `  ${link.url}`]
    if (!process.env['SENTE_URL'])
      lines.push(
        lang === 'zh'
          ? '如果别人用另一个地址打开 Sente，请设置 SENTE_URL。'
          : 'Where people reach Sente under another address, set SENTE_URL.',
      )
    await print(lines.join('\n'))
  }
}
