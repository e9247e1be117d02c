import { routes } from '@sente/api'
import { feedOfMember } from '../../../auth/calendar-feeds.ts'
import { operation } from '../../operation.ts'

export const feed = operation(routes.calendar.feed, async ({ context: { tx, member } }) => {
  const found = await feedOfMember(tx, member.id)
  return found ? { feed: found } : {}
})
