import { inflateRawSync } from 'node:zlib'
import { routes } from '@sente/api'
import { NotFound } from '../../../store/refusal.ts'
import { operation } from '../../operation.ts'

interface KeptRow {
  id: string
  name: string
  on: string
  since: string
  deals: number
  created_at: string
}
const keptOf = ({ id, name, on, since, deals, created_at: createdAt }: KeptRow) => ({
  id,
  name,
  on,
  since,
  deals,
  createdAt,
})

const MOST = 100

/** One's own only: a review shows deals that others may not see. */
export const kept = operation(routes.review.kept, async ({ context: { tx, member } }) => {
  const rows = await tx.rows<KeptRow>(
    `select id, name, "on"::text as "on", since::text as since, deals, to_json(created_at) #>> '{}' as created_at
     from review_kept
     where workspace_id = $1 and member_id = $2
     order by created_at desc, id desc
     limit ${MOST}`,
    [tx.workspaceId, member.id],
  )
  return { items: rows.map(keptOf) }
})

export const snapshot = operation(routes.review.snapshot, async ({ params, context: { tx, member } }) => {
  const [row] = await tx.rows<KeptRow & { body: Buffer }>(
    `select id, name, "on"::text as "on", since::text as since, deals, to_json(created_at) #>> '{}' as created_at, body
     from review_kept
     where workspace_id = $1 and member_id = $2 and id = $3`,
    [tx.workspaceId, member.id, params.reviewId],
  )
  if (!row) throw new NotFound()
  return { kept: keptOf(row), review: JSON.parse(inflateRawSync(row.body).toString()) as never }
})
