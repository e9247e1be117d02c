import { routes } from '@sente/api'
import { meOf } from '../../session/me.ts'
import { memberChanged } from '../../../auth/session-records.ts'
import { Fault } from '../../../core/fault.ts'
import { httpOperation } from '../../operation.ts'

/** Characters of JSON; preferences are for switches and column widths. */
const MOST_PREFERENCES = 32_000

export const updateMe = httpOperation(
  routes.auth.updateMe,
  async ({ body, context: { tx, principal, request, services, afterCommit } }) => {
    const { member } = principal
    if (body.preferences && JSON.stringify(body.preferences).length > MOST_PREFERENCES) {
      throw new Fault('invalid-input', {
        faults: [
          {
            field: 'body.preferences',
            what: {
              en: `Too large: at most ${MOST_PREFERENCES} characters of JSON.`,
              zh: `内容过大，JSON 最多 ${MOST_PREFERENCES} 个字符。`,
            },
          },
        ],
      })
    }
    const given = (name: 'language' | 'theme'): boolean => body[name] !== undefined
    await tx.rows(
      `update member set name = coalesce($3, name), language = case when $4 then $5 else language end, theme = case when $6 then $7 else theme end,
       preferences = preferences || coalesce($8::jsonb, '{}'), version = version + case when $3 is null then 0 else 1 end
     where workspace_id = $1 and id = $2`,
      [
        tx.workspaceId,
        member.id,
        body.name ?? null,
        given('language'),
        body.language ?? null,
        given('theme'),
        body.theme ?? null,
        body.preferences ? JSON.stringify(body.preferences) : null,
      ],
    )
    memberChanged(tx, member.id)
    afterCommit(() => services.sessions.forget(member.id))
    return meOf(tx, principal, request, services.settings)
  },
)
