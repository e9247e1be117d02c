import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { rightsNow } from '../../../auth/rights-now.ts'
import { hashOf, newApiToken } from '../../../auth/secrets.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** A token can never do more, nor live longer, than what it was made with: neither the member's rights nor another token's. */
export const createToken = operation(routes.auth.createToken, async ({ body, context: { tx, principal } }) => {
  const beyond = body.scopes.filter((scope) => !principal.permissions.has(scope))
  if (beyond.length > 0) {
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'body.scopes',
          what: {
            en: `You do not have these rights yourself: ${beyond.join(', ')}.`,
            zh: `你自己没有这些权限：${beyond.join('、')}。`,
          },
          allowed: [...principal.permissions],
        },
      ],
    })
  }
  await tx.rows('select from member where workspace_id = $1 and id = $2 for share', [
    tx.workspaceId,
    principal.member.id,
  ])
  // A reset that was under way has ended what the caller came with, and no token may come after it.
  if (!(await rightsNow(tx, principal))) throw new Fault('not-signed-in')
  const token = newApiToken()
  const id = newId()
  await tx.rows(
    `insert into api_token (workspace_id, id, member_id, name, token_hash, scopes, expires_at)
     values ($1, $2, $3, $4, $5, $6, least(now() + make_interval(days => $7::int), (select expires_at from api_token where workspace_id = $1 and id = $8)))`,
    [
      tx.workspaceId,
      id,
      principal.member.id,
      body.name,
      hashOf(token),
      [...new Set(body.scopes)],
      body.expiresInDays ?? null,
      principal.token?.id ?? null,
    ],
  )
  return { id, token }
})
