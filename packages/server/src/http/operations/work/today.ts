import { addDays, NEW_DAYS, plainDate, todayOf } from '@sente/engine'
import { routes } from '@sente/api'
import { briefsOfMany } from '../../../queries/briefs-of-many.ts'
import { firingSince } from '../../../queries/firing-since.ts'
import { dealsOfToday, dueOf } from '../../../queries/due.ts'
import { todayOf as dayOfWorkspace } from '../../../store/today.ts'
import { operation } from '../../operation.ts'

/** Stored summaries say which deals concern somebody today; briefs are read of these only, and mostly from the cache. */
export const today = operation(routes.work.today, async ({ query, context }) => {
  const { tx } = context
  const on = query.on === undefined ? await dayOfWorkspace(tx) : plainDate(query.on)
  const deals = await dealsOfToday(context)
  const due = await dueOf(tx, on, deals)
  const before = addDays(on, -NEW_DAYS)
  const briefs = await briefsOfMany(
    tx,
    deals.filter(({ briefed }) => briefed).map(({ id }) => id),
    [on, before],
  )
  const answer = todayOf(
    on,
    deals.map(({ id, name, account }) => {
      const [now, then] = [briefs.get(id, on), briefs.get(id, before)]
      return {
        dealId: id,
        deal: name,
        ...(account === null ? {} : { account }),
        steps: due.steps.get(id) ?? [],
        commitments: due.commitments.get(id) ?? [],
        people: due.people.get(id) ?? new Map(),
        ...(now ? { brief: now } : {}),
        ...(then ? { before: then } : {}),
      }
    }),
  )
  const since = await firingSince(tx, on, answer.findings)
  return { ...answer, findings: answer.findings.map((finding) => ({ ...finding, since: since(finding) })) }
})
