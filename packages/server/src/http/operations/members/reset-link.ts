import { routes } from '@sente/api'
import { createLink } from '../../../auth/links.ts'
import { memberOf } from '../../../auth/members.ts'
import { Conflict } from '../../../store/refusal.ts'
import { httpOperation } from '../../operation.ts'
import { ownOrigin } from '../../session/origin.ts'

/** Somebody who never came in gets a new invitation. */
export const resetLink = httpOperation(
  routes.members.resetLink,
  async ({ params: { memberId }, context: { tx, request, services } }) => {
    const member = await memberOf(tx, memberId, true)
    if (member.disabled_at !== null)
      throw new Conflict({ en: 'This member is disabled. Enable them first.', zh: '该成员已停用，请先启用。' })
    return createLink(
      tx,
      memberId,
      member.password_hash === null ? 'invitation' : 'reset',
      ownOrigin(request, services.settings),
    )
  },
)
