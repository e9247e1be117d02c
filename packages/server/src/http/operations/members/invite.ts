import { newId } from '../../../store/ids.ts'
import { routes } from '@sente/api'
import { audit } from '../../../auth/audit.ts'
import { createLink } from '../../../auth/links.ts'
import { memberOf, memberShape, setTeams } from '../../../auth/members.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

export const invite = operation(routes.members.invite, async ({ body, context: { tx, origin } }) => {
  const id = newId()
  const made = await tx.rows(
    `insert into member (workspace_id, id, email, name, role, sensitive)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, email) do nothing
     returning 1`,
    [tx.workspaceId, id, body.email, body.name, body.role, body.sensitive ?? null],
  )
  if (made.length === 0)
    throw new Fault('conflict', {
      detail: {
        en: `Somebody with the address ${body.email} is a member already.`,
        zh: `邮箱 ${body.email} 已是成员。`,
      },
    })
  await setTeams(tx, id, body.teamIds ?? [])
  const member = memberShape(await memberOf(tx, id))
  await audit(tx, { kind: 'member', id, action: 'create', after: member })
  return { member, link: await createLink(tx, id, 'invitation', origin) }
})
