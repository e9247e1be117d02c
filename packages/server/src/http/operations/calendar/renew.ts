import { routes } from '@sente/api'
import { newFeed } from '../../../auth/calendar-feeds.ts'
import { operation } from '../../operation.ts'

/** The address is in this answer and nowhere else: what is kept is a hash. */
export const renew = operation(routes.calendar.renew, async ({ body, context }) => {
  const { tx, member, origin } = context
  const { path, feed } = await newFeed(tx, member.id, body.proposals)
  return { url: origin + path, feed }
})
