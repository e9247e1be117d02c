import { routes } from '@sente/api'
import { changeFeed } from '../../../auth/calendar-feeds.ts'
import { NotFound } from '../../../store/refusal.ts'
import { operation } from '../../operation.ts'

export const choose = operation(routes.calendar.choose, async ({ body, context: { tx, member } }) => {
  const feed = await changeFeed(tx, member.id, body)
  if (!feed) throw new NotFound()
  return { feed }
})
