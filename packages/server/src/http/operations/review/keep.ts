import { deflateRawSync } from 'node:zlib'
import { routes } from '@sente/api'
import { reviewAnswer } from '../../../queries/review.ts'
import { newId } from '../../../store/ids.ts'
import { operation } from '../../operation.ts'

/** So many deals are presented in one meeting, and kept of it. */
const PRESENTED = 200

/** Made again on the server, so that nobody keeps what the product never said. */
export const keep = operation(routes.review.keep, async ({ body: { name, ...asked }, context }) => {
  const { tx, member } = context
  const review = await reviewAnswer(context, asked, { offset: 0, limit: PRESENTED })
  const id = newId()
  const said = name ?? review.on
  const [row] = await tx.rows<{ created_at: string }>(
    `insert into review_kept (workspace_id, id, member_id, name, "on", since, deals, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning to_json(created_at) #>> '{}' as created_at`,
    [
      tx.workspaceId,
      id,
      member.id,
      said,
      review.on,
      review.since,
      review.rows.length,
      deflateRawSync(JSON.stringify(review)),
    ],
  )
  return { id, name: said, on: review.on, since: review.since, deals: review.rows.length, createdAt: row!.created_at }
})
