import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { calendarText } from '../../../exchange/calendar/write.ts'
import { stepForCalendar } from '../../../queries/calendar-steps.ts'
import { operation } from '../../operation.ts'

/** Added again after it was moved, the entry moves: its id stays and its sequence rises. */
export const step = operation(routes.calendar.step, ({ params, context }) =>
  context.inWorkspace(async (tx) => {
    const { principal, language, origin } = context
    await dealFor({ tx, principal }, params.dealId)
    const { zone, event } = await stepForCalendar(tx, params, { language, origin })
    const text = calendarText({ name: 'Sente', language, zone, events: [event] })
    return { stream: text, filename: `${event.day}.ics`, headers: { 'cache-control': 'private, no-store' } }
  }),
)
