import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { operation } from '../../operation.ts'

export const shares = operation(routes.deals.shares, async ({ params, context }) => {
  const { tx } = context
  await dealFor(context, params.dealId)
  const rows = await tx.rows<{
    id: string
    member_id: string | null
    team_id: string | null
    name: string
    may_write: boolean
    sensitive: boolean
  }>(
    `select s.id, s.member_id, s.team_id, coalesce(m.name, t.name) as name, s.may_write, s.sensitive
     from deal_share s
       left join member m on m.workspace_id = $1 and m.id = s.member_id
       left join team t on t.workspace_id = $1 and t.id = s.team_id
     where s.workspace_id = $1 and s.deal_id = $2 order by s.id`,
    [tx.workspaceId, params.dealId],
    'shares',
  )
  return {
    items: rows.map((row) => ({
      id: row.id,
      ...(row.member_id === null ? {} : { memberId: row.member_id }),
      ...(row.team_id === null ? {} : { teamId: row.team_id }),
      name: row.name,
      mayWrite: row.may_write,
      sensitive: row.sensitive,
    })),
  }
})
