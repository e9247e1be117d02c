import { dealOf } from '@sente/api'
import type { DealWhole, PlanAnswer } from '@sente/api'
import { agendaOf, brief, meetingPage, NO_HOLIDAYS, plainDate, plan, stepIdOf, warGame } from '@sente/engine'
import type { Agenda, Methodology, PlanRequest, WarGame } from '@sente/engine'

/** The plan of a deal as the server would answer it, without a country's holidays: it stands in for one in tests of looks. */
export function planFor(
  whole: DealWhole,
  methodology: Methodology,
  asOf: string,
  request: PlanRequest = {},
): PlanAnswer {
  const deal = dealOf(whole)
  const { changed, ...made } = plan(deal, methodology, plainDate(asOf), request)
  const people = new Map((whole.people ?? []).map((person) => [person.id, person]))
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  const open = (whole.planStep ?? []).filter(({ status }) => (status ?? 'open') === 'open')
  return {
    plan: made,
    changed: changed.map((change) => ({ ...change, noticedOn: asOf })),
    own: made.steps.flatMap((step) => {
      const stored = open.find(
        ({ play, on, with: met }) => play === step.play && on === step.on && keys.get(met?.[0] ?? '') === step.with[0],
      )
      return stored ? [{ step: stepIdOf(step), on: step.on, planStepId: stored.id, version: stored.version }] : []
    }),
    people: (whole.stakeholder ?? []).flatMap(({ personId, key }) => {
      const person = people.get(personId)
      return person ? [{ key: key!, id: personId, name: person.name }] : []
    }),
    ours: (deal.us?.team ?? []).map((one) => ({ ...one })),
    us: {},
    calendars: request.calendars ?? NO_HOLIDAYS,
  } as unknown as PlanAnswer
}

/** A game of few paths, as the server answers one to whoever may not see all that it is played on. */
export const gameFor = (whole: DealWhole, methodology: Methodology, asOf: string): WarGame =>
  warGame(dealOf(whole), methodology, plainDate(asOf), { paths: 200 })

/** The agenda of whoever has this one deal. */
export function agendaFor(whole: DealWhole, answer: PlanAnswer, asOf: string): Agenda {
  const named = new Map(answer.people.map(({ key, id, name }) => [key, { id, name }]))
  const byId = new Map([...named.values()].map((person) => [person.id, person]))
  const open = (whole.planStep ?? []).filter(
    ({ status, snoozedUntil }) => (status ?? 'open') === 'open' && !snoozedUntil,
  )
  return agendaOf(plainDate(asOf), [
    {
      dealId: whole.deal.id,
      deal: whole.deal.name,
      steps: open.flatMap(({ id, play, what, on, with: met }) =>
        on === undefined
          ? []
          : [
              {
                id,
                on,
                ...(play !== undefined && { play }),
                ...(what !== undefined && { what }),
                with: (met ?? []).flatMap((person) => byId.get(person) ?? []),
              },
            ],
      ),
      promises: (whole.commitment ?? []).flatMap(({ id, what, dueOn, doneOn }) =>
        dueOn === undefined || doneOn !== undefined ? [] : [{ id, what, dueOn }],
      ),
      people: named,
      plan: answer.plan as never,
    },
  ])
}

/** The page of a meeting as the server would answer it; undefined where nobody of it is of the deal. */
export function meetingFor(
  whole: DealWhole,
  methodology: Methodology,
  query: URLSearchParams,
  asOf: string,
): object | undefined {
  const keyOf = new Map(whole.stakeholder!.map(({ personId, key }) => [personId, key!]))
  const step = whole.planStep!.find(({ id }) => id === query.get('planStepId'))
  const [on, play] = [step?.on ?? query.get('on'), step ? step.play : query.get('play')]
  const deal = dealOf(whole)
  const page = meetingPage(deal, brief(deal, methodology, plainDate(asOf)), methodology, {
    with: query
      .get('with')!
      .split(',')
      .map((id) => keyOf.get(id) ?? id),
    ...(on && { on }),
    ...(play && { play }),
    ...(step?.what && { what: step.what }),
    ...(step?.owner && { ours: step.owner }),
  })
  if (!page) return undefined
  const personIds = Object.fromEntries([...keyOf].map(([id, key]) => [key, id]))
  return { ...page, personIds, ...(step && { planStep: { id: step.id, status: step.status ?? 'open' } }) }
}
