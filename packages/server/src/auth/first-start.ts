import type { Lang } from '@sente/engine'
import { newId } from '../store/ids.ts'
import type { Database } from '../store/connect.ts'
import { LINK_LIFETIMES } from './lifetimes.ts'
import { hashOf, newSecret } from './secrets.ts'

/** Can nobody sign in yet? */
export async function setupNeeded(db: Database): Promise<boolean> {
  const { rows } = await db.app.query<{ needed: boolean }>('select setup_needed() as needed')
  return rows[0]!.needed
}

/** Any number that nothing else locks here. */
const LOCK = 0x73746172

/**
 * Makes the first workspace and its administrator where there is none, and a one-time link by which a person takes that place; `undefined`
 * when somebody can sign in already. Called at every start: only a hash of a link is kept, so each start makes a new one, and whichever is
 * used first ends the others. Works as the owner of the tables, since the application's role may not make workspaces.
 */
export async function firstStart(
  db: Database,
  { baseUrl, language = 'en' }: { baseUrl: string; language?: Lang },
): Promise<string | undefined> {
  return db.owner.hold(async (client) => {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const { rows } = await client.query<{ needed: boolean }>('select setup_needed() as needed')
    if (!rows[0]!.needed) {
      await client.query('commit')
      return undefined
    }
    const { rows: there } = await client.query<{ workspace_id: string; id: string }>(
      `select m.workspace_id, m.id
       from member m
       join workspace w on w.id = m.workspace_id
       where m.role = 'administrator'
       order by w.created_at, m.created_at
       limit 1`,
    )
    const [workspaceId, memberId] = there[0]
      ? [there[0].workspace_id, there[0].id]
      : [await firstWorkspace(client, language), newId()]
    if (!there[0]) {
      await client.query(
        `insert into member (workspace_id, id, email, name, role)
         values ($1, $2, $3, $4, 'administrator')`,
        [workspaceId, memberId, 'administrator@localhost', language === 'zh' ? '管理员' : 'Administrator'],
      )
    }
    const secret = newSecret()
    await client.query(
      `insert into one_time_link (workspace_id, id, member_id, purpose, token_hash, expires_at)
       values ($1, $2, $3, 'setup', $4, now() + interval '${LINK_LIFETIMES.setup}')`,
      [workspaceId, newId(), memberId, hashOf(secret)],
    )
    await client.query('commit')
    return `${baseUrl}/welcome?token=${secret}`
  })
}

async function firstWorkspace(client: { query: Database['owner']['query'] }, language: Lang): Promise<string> {
  const { rows } = await client.query<{ id: string }>(`select id
    from workspace
    order by created_at
    limit 1`)
  if (rows[0]) return rows[0].id
  const id = newId()
  await client.query('insert into workspace (id, name, language) values ($1, $2, $3)', [
    id,
    language === 'zh' ? '我们的团队' : 'Our team',
    language,
  ])
  return id
}
