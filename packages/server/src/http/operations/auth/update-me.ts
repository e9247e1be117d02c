import { routes } from '@sente/api'
import { meOf } from '../../session/me.ts'
import { memberChanged } from '../../../auth/session-records.ts'
import { KEPT, tooMuch } from '../../../core/kept.ts'
import type { Tx } from '../../../store/tenant.ts'
import { httpOperation } from '../../operation.ts'

export const updateMe = httpOperation(
  routes.auth.updateMe,
  async ({ body, context: { tx, principal, request, services, afterCommit } }) => {
    const { member } = principal
    const preferences = body.preferences && (await merged(tx, member.id, body.preferences))
    const given = (name: 'language' | 'theme'): boolean => body[name] !== undefined
    await tx.rows(
      `update member
       set name = coalesce($3, name), language = case when $4 then $5 else language end, theme = case when $6 then $7 else theme end,
       preferences = coalesce($8::jsonb, preferences), version = version + case when $3 is null then 0 else 1 end
     where workspace_id = $1 and id = $2`,
      [
        tx.workspaceId,
        member.id,
        body.name ?? null,
        given('language'),
        body.language ?? null,
        given('theme'),
        body.theme ?? null,
        preferences ?? null,
      ],
    )
    memberChanged(tx, member.id)
    afterCommit(() => services.sessions.forget(member.id))
    return meOf(tx, principal, request, services.settings)
  },
)

/** What is kept with what is given; `null` takes a key out. The whole has a limit, not only what is given at a time. */
async function merged(tx: Tx, memberId: string, given: Readonly<Record<string, unknown>>): Promise<string> {
  const [now] = await tx.rows<{ preferences: Record<string, unknown> }>(
    'select preferences from member where workspace_id = $1 and id = $2 for no key update',
    [tx.workspaceId, memberId],
  )
  const all = JSON.stringify(
    Object.fromEntries(Object.entries({ ...now!.preferences, ...given }).filter(([, value]) => value !== null)),
  )
  if (all.length <= KEPT.preferences) return all
  throw tooMuch(
    'body.preferences',
    `Too large: with what is kept already, at most ${KEPT.preferences} characters of JSON. A key that is set to null goes.`,
    `内容过大：连同已保存的内容，JSON 最多 ${KEPT.preferences} 个字符。把某个键设为 null 即可删除。`,
  )
}
