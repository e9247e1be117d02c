import { meetingPage } from '@sente/engine'
import type { MeetingPage } from '@sente/engine'
import type { z } from 'zod'
import type { CallOutput, DealWhole, routes } from '@sente/api'
import { dealFor } from '../access/access.ts'
import type { Asking } from '../auth/principal.ts'
import { methodologyOf } from '../store/method.ts'
import { NotFound } from '../store/refusal.ts'
import { dayAskedFor } from './as-of.ts'
import { briefFor } from './brief-for.ts'

type Asked = z.output<typeof routes.deals.meeting.query>
type OwnStep = NonNullable<DealWhole['planStep']>[number]

interface Found {
  page: MeetingPage
  /** Ids of the deal's people by their keys. */
  personIds: Record<string, string>
  /** The step of the deal that this meeting is: the one that was named, else the open one with the same day, play and first person. */
  planStep: CallOutput<typeof routes.deals.meeting>['planStep']
  version: number
}

/** The page of a meeting as whoever asks may see it. Throws `NotFound`: of the deal, of its step, or where somebody of `with` is not of it. */
export async function meetingFor(asking: Asking, dealId: string, asked: Asked): Promise<Found> {
  const { tx } = asking
  const access = await dealFor(asking, dealId)
  const asOf = await dayAskedFor(tx, asked.asOf)
  const { whole, deal, brief, version } = await briefFor(tx, dealId, { asOf }, access)
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  const people = asked.with.map((id) => keys.get(id))
  const named = asked.planStepId && whole.planStep?.find(({ id }) => id === asked.planStepId)
  if (people.some((key) => key === undefined) || (asked.planStepId !== undefined && !named)) throw new NotFound()
  const { on = asked.on, play = asked.play, what, owner } = named || ({} as Partial<OwnStep>)
  const page = meetingPage(deal, brief, await methodologyOf(tx), {
    with: people as string[],
    ...(on !== undefined && { on }),
    ...(play !== undefined && { play }),
    ...(what !== undefined && { what }),
    ...(owner !== undefined && { ours: owner }),
  })
  if (!page) throw new NotFound()
  const step = named || stepOf(page, whole, keys)
  return {
    page,
    personIds: Object.fromEntries([...keys].map(([id, key]) => [key, id])),
    planStep: step && { id: step.id, status: step.status ?? 'open' },
    version,
  }
}

const stepOf = (page: MeetingPage, { planStep }: DealWhole, keys: ReadonlyMap<string, string>): OwnStep | undefined =>
  (planStep ?? []).find(
    ({ status, on, play, with: met }) =>
      (status ?? 'open') === 'open' &&
      on === page.on &&
      (play ?? null) === page.play &&
      keys.get(met?.[0] ?? '') === page.people[0]!.id,
  )
