import pg from 'pg'
import { APP_ROLE } from './cluster/roles.ts'
import type { Connections } from './pool.ts'
import { StoreProblem } from './problem.ts'

/** The oldest server that is tested; earlier ones lack what our SQL uses. */
const OLDEST = 15

/** An address as pg wants it, with `options` for the start of each connection. Passwords never come into a message. */
export function fromUrl(name: string, url: string, options = ''): pg.PoolConfig {
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('no postgres:// address')
    // pg lets the address's own options replace ours, so they are taken out of it and put before.
    const own = /[?&]options=([^&]*)/.exec(url)
    const rest = own ? url.replace(own[0], own[0][0] === '?' ? '?' : '') : url
    const config = {
      connectionString: rest,
      options: `${own ? decodeURIComponent(own[1]!.replaceAll('+', ' ')) : ''} ${options}`.trim(),
    }
    // Reads the address and connects nowhere.
    void new pg.Client(config)
    return config
  } catch (cause) {
    throw new StoreProblem(
      'bad-url',
      {
        en: `${name} is no address of a PostgreSQL. It looks like postgres://user:password@host:5432/database; special characters of the password are percent-encoded.`,
        zh: `${name} 不是 PostgreSQL 的地址。其格式为 postgres://user:password@host:5432/database，密码中的特殊字符需做百分号编码。`,
      },
      cause,
    )
  }
}

/** Is there a server, new enough, and does the database hold UTF-8? */
export async function checkServer(owner: Connections, url: string): Promise<void> {
  const where = withoutPassword(url)
  const { rows } = await owner
    .query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    )
    .catch((cause: Error) => {
      throw new StoreProblem(
        'no-server',
        {
          en: `${where}: no connection (${cause.message}). Check DATABASE_URL and that the server runs and lets you in.`,
          zh: `${where}：无法连接（${cause.message}）。请检查 DATABASE_URL，并确认服务器正在运行且允许您登录。`,
        },
        cause,
      )
    })
  const { version, encoding } = rows[0]!
  const major = Math.floor(version / 10_000)
  if (major < OLDEST) {
    throw new StoreProblem('old-server', {
      en: `${where} is PostgreSQL ${major}; Sente needs ${OLDEST} or newer. Upgrade it, or unset DATABASE_URL to use the built-in database.`,
      zh: `${where} 是 PostgreSQL ${major}，Sente 需要 ${OLDEST} 或更新版本。请升级，或取消 DATABASE_URL 以使用内置数据库。`,
    })
  }
  if (encoding !== 'UTF8') {
    throw new StoreProblem('not-utf8', {
      en: `${where} has the encoding ${encoding}; Sente needs UTF8. Make one with: create database sente encoding 'UTF8' template template0`,
      zh: `${where} 的编码是 ${encoding}，Sente 需要 UTF8。可用此语句新建：create database sente encoding 'UTF8' template template0`,
    })
  }
}

/**
 * Makes the application's role where it is missing; two processes may do so at once. `taken`: the user of DATABASE_URL takes it on
 * for the application; otherwise the application has a user of its own that already has it.
 */
export async function ensureAppRole(owner: Connections, taken: boolean): Promise<void> {
  const may = async (): Promise<boolean> => {
    const { rows } = await owner.query<{ may: boolean }>(
      `select not $2 or pg_has_role(current_user, oid, 'member') as may
       from pg_roles
       where rolname = $1`,
      [APP_ROLE, taken],
    )
    return rows[0]?.may ?? false
  }
  if (await may()) return
  try {
    await owner.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
      end if;
      execute format('grant ${APP_ROLE} to %I', current_user);
    end $$`)
  } catch (cause) {
    if (await may()) return
    const { rows } = await owner.query<{ name: string }>('select current_user as name')
    const sql = `create role ${APP_ROLE} nologin; grant ${APP_ROLE} to "${rows[0]!.name}";`
    throw new StoreProblem(
      'no-role',
      {
        en: `The user of DATABASE_URL may not make the role ${APP_ROLE} that the application works as. Let an administrator run: ${sql}`,
        zh: `DATABASE_URL 的用户无权创建应用所用的角色 ${APP_ROLE}。请让管理员执行：${sql}`,
      },
      cause,
    )
  }
}

/** The application must not be able to see past row level security; a server prepared otherwise is refused. */
export async function checkAppRole(app: Connections): Promise<void> {
  const { rows } = await app.query<{ rolsuper: boolean; rolbypassrls: boolean; me: string }>(
    'select rolsuper, rolbypassrls, current_user as me from pg_roles where rolname = current_user',
  )
  const role = rows[0]!
  if (role.me === APP_ROLE && !role.rolsuper && !role.rolbypassrls) return
  throw new StoreProblem('unsafe-role', {
    en: `The role ${role.me} would see past the walls between workspaces. Let an administrator run: alter role ${role.me} nosuperuser nobypassrls`,
    zh: `角色 ${role.me} 可绕过工作区之间的隔离。请让管理员执行：alter role ${role.me} nosuperuser nobypassrls`,
  })
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '')
}
