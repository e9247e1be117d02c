import type { PlanAnswer } from '@sente/api'
import type { Calendars, Plan } from '@sente/engine'
import { plainDate, stands, stepIdOf } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { planWithoutSensitive } from '../access/without-sensitive.ts'
import type { Ground, Noticed } from '../store/plans.ts'
import type { Access } from '../store/visibility.ts'

/** The record by which a proposal is held on its day. */
export function heldStep(whole: Ground['whole'], step: Pick<Plan['steps'][number], 'play' | 'on' | 'with'>) {
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  return (whole.planStep ?? []).find(
    ({ status, play, on, with: met }) =>
      status === 'held' && play === step.play && on === step.on && keys.get(met?.[0] ?? '') === step.with[0],
  )
}

/** A plan as somebody with this access may see it, with who the people in it are and which of its steps stand in the deal. */
export function planAnswer(
  { whole, deal, ours }: Ground,
  made: Plan,
  changed: readonly Noticed[],
  { sensitive }: Pick<Access, 'sensitive'>,
): PlanAnswer {
  const { changed: _, ...plan } = sensitive ? made : planWithoutSensitive(made)
  const people = new Map((whole.people ?? []).map((person) => [person.id, person]))
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  const open = (whole.planStep ?? []).filter(({ status }) => (status ?? 'open') === 'open')
  const members = new Map((ours.team ?? []).map(({ id, memberId }) => [id, memberId]))
  return {
    plan,
    changed: sensitive ? [...changed] : changed.map((change) => ({ ...change, why: NOT_SHOWN })),
    own: plan.steps.flatMap((step) => {
      const stored = open.find(
        ({ play, on, with: met }) => play === step.play && on === step.on && keys.get(met?.[0] ?? '') === step.with[0],
      )
      return stands(step) && stored
        ? [{ step: stepIdOf(step), on: step.on, planStepId: stored.id, version: stored.version }]
        : []
    }),
    held: plan.steps.flatMap((step) => {
      const stored = step.held && heldStep(whole, step)
      return stored ? [{ step: stepIdOf(step), on: step.on, planStepId: stored.id, version: stored.version }] : []
    }),
    people: (whole.stakeholder ?? []).flatMap(({ personId, key }) => {
      const person = people.get(personId)
      if (!person) return []
      return [
        { key: key!, id: personId, name: person.name, ...(person.title === undefined ? {} : { title: person.title }) },
      ]
    }),
    ours: (deal.us?.team ?? []).map((one) => {
      const memberId = members.get(one.id)
      return { ...one, ...(memberId === undefined ? {} : { memberId }) }
    }),
    us: ours,
    calendars: daysOff(calendarsOf(deal, plainDate(plan.asOf))),
  }
}

const daysOff = ({ ours, theirs }: Calendars): PlanAnswer['calendars'] => ({
  ours: { ...ours, off: [...ours.off], working: [...ours.working] },
  theirs: { ...theirs, off: [...theirs.off], working: [...theirs.working] },
})

const NOT_SHOWN = {
  en: 'the reason names what only some may see',
  zh: '原因涉及只有部分人可见的内容',
}
