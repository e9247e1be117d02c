import type { Lang } from '@sente/engine'
import type { FastifyRequest } from 'fastify'
import { PERMISSIONS } from '@sente/api'
import type { Me } from '@sente/api'
import { Fault } from '../../core/fault.ts'
import type { Tx } from '../../store/tenant.ts'
import { isSecure } from './origin.ts'
import type { Settings } from '../../core/settings.ts'
import { todayIn } from '../../core/time-zones.ts'
import { sessionCookie } from './cookies.ts'
import { memberShape } from '../../auth/members.ts'
import type { MemberRow } from '../../auth/members.ts'
import type { Principal } from '../../auth/principal.ts'
import { csrfOf } from '../../auth/secrets.ts'

/** Who is signed in, for the application's first question. */
export async function meOf(tx: Tx, principal: Principal, request: FastifyRequest, settings: Settings): Promise<Me> {
  const secret = principal.session && request.cookies[sessionCookie(isSecure(request, settings))]
  return meFrom(tx, principal, secret)
}

interface Row extends MemberRow {
  language: Lang | null
  theme: 'light' | 'dark' | 'auto' | null
  preferences: Record<string, unknown>
  w: { name: string; language: Lang; time_zone: string; currency: string; sample: boolean }
}

export async function meFrom(
  tx: Tx,
  { workspaceId, member, permissions }: Pick<Principal, 'workspaceId' | 'permissions'> & { member: { id: string } },
  sessionSecret: string | undefined,
): Promise<Me> {
  const [row] = await tx.rows<Row>(
    `select m.id, m.version, m.email, m.name, m.role, m.sensitive, m.disabled_at, m.password_hash, m.created_at, m.language, m.theme, m.preferences,
       array(select t.team_id::text
         from team_member t
         where t.workspace_id = m.workspace_id and t.member_id = m.id
         order by t.team_id) as team_ids,
       json_build_object('name', w.name, 'language', w.language, 'time_zone', w.time_zone, 'currency', w.currency, 'sample', coalesce(w.settings -> 'sample' not in ('null', 'false'), false)) as w
     from member m join workspace w on w.id = m.workspace_id
     where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, member.id],
    'me',
  )
  if (!row) throw new Fault('not-signed-in')
  return {
    member: memberShape(row),
    workspace: {
      id: workspaceId,
      name: row.w.name,
      language: row.w.language,
      timeZone: row.w.time_zone,
      currency: row.w.currency,
      today: todayIn(row.w.time_zone),
      sample: row.w.sample,
    },
    permissions: PERMISSIONS.filter((permission) => permissions.has(permission)),
    ...(row.language ? { language: row.language } : {}),
    ...(row.theme ? { theme: row.theme } : {}),
    preferences: row.preferences,
    ...(sessionSecret === undefined ? {} : { csrfToken: csrfOf(sessionSecret) }),
  }
}
