import { routes } from '@sente/api'
import { endFeed } from '../../../auth/calendar-feeds.ts'
import { operation } from '../../operation.ts'

/** Who has none has what they want. */
export const end = operation(routes.calendar.end, async ({ context: { tx, member } }) => {
  await endFeed(tx, member.id)
})
