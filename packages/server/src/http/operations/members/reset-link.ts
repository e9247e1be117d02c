import { routes } from '@sente/api'
import { resetPassword } from '../../../auth/links.ts'
import { memberOf } from '../../../auth/members.ts'
import { Conflict } from '../../../store/refusal.ts'
import { operation } from '../../operation.ts'

export const resetLink = operation(
  routes.members.resetLink,
  async ({ params: { memberId }, context: { tx, principal, origin, services, afterCommit } }) => {
    const member = await memberOf(tx, memberId, true)
    if (member.disabled_at !== null)
      throw new Conflict({ en: 'This member is disabled. Enable them first.', zh: '该成员已停用，请先启用。' })
    afterCommit(() => services.sessions.forget(memberId))
    const own = memberId === principal.member.id ? principal.session?.id : undefined
    return resetPassword(tx, memberId, origin, own)
  },
)
