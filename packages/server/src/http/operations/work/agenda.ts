import { agendaOf } from '@sente/engine'
import { routes } from '@sente/api'
import { dealsOfAgenda } from '../../../queries/agenda.ts'
import { todayOf } from '../../../store/today.ts'
import { operation } from '../../operation.ts'

/** Whom to see or call today; made of the same plans as the deals' own pages show. */
export const agenda = operation(routes.work.agenda, async ({ query, context }) => {
  const on = await todayOf(context.tx)
  const { deals, looked } = await dealsOfAgenda(context, on, query)
  return { ...agendaOf(on, deals), looked }
})
