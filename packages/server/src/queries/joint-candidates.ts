import type { CallOutput, DealWhole, Fact, routes } from '@sente/api'
import type { Methodology } from '@sente/engine'

type Candidate = CallOutput<typeof routes.joint.get>['candidates'][number]
type ToldBy = NonNullable<Fact<'processStep'>['toldBy']>

const plain = (id: string): string => id.replaceAll('_', '-')

/** Of a step of theirs, what was told last; a later record takes the place of an earlier one. */
export function latestTold(
  whole: DealWhole,
  step: string | undefined,
): NonNullable<DealWhole['processStep']>[number] | undefined {
  if (step === undefined) return undefined
  return (whole.processStep ?? [])
    .filter((one) => plain(one.step) === plain(step))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .at(-1)
}

/**
 * Whose word it is when somebody says a date: by the role of who got the link. Without one it is the word of whoever runs the project there, since they
 * are who works with such a page.
 */
export function toldByOf(whole: DealWhole, methodology: Methodology, personId: string | undefined): ToldBy {
  const roles = (whole.stakeholder ?? []).find((one) => one.personId === personId)?.roles ?? []
  const levels = roles.map((role) => methodology.people.roles.find(({ id }) => plain(id) === plain(role)))
  if (levels.some((role) => role?.level === 'executive')) return 'executive'
  return roles.some((role) => plain(role) === 'coach') ? 'coach' : 'project-leader'
}

/**
 * What may go on the joint plan and is not on it yet: dates of the customer's own process that they told, and our planned steps with people of theirs.
 * Steps are offered as a meeting with those people: what we call them among ourselves is not for the customer.
 */
export function jointCandidates(whole: DealWhole, methodology: Methodology): Candidate[] {
  const items = whole.jointItem ?? []
  const steps = new Set((whole.processStep ?? []).map(({ step }) => plain(step)))
  const milestones = [...steps].flatMap((step): Candidate[] => {
    const milestone = methodology.phases.milestones.find(({ id }) => plain(id) === step)
    const told = latestTold(whole, step)
    if (!milestone || !told || told.applies === false || told.done === true) return []
    if (items.some((item) => item.step !== undefined && plain(item.step) === step)) return []
    return [
      {
        what: milestone.name,
        whose: 'theirs',
        step: milestone.id,
        ...(told.on === undefined ? {} : { on: told.on }),
      },
    ]
  })
  const people = new Map((whole.people ?? []).map(({ id, name }) => [id, name]))
  const meetings = (whole.planStep ?? []).flatMap((step): Candidate[] => {
    const names = (step.with ?? []).flatMap((id) => people.get(id) ?? [])
    if (step.status !== 'open' || names.length === 0) return []
    if (items.some(({ planStepId }) => planStepId === step.id)) return []
    return [
      {
        what: { en: `Meeting with ${names.join(', ')}`, zh: `与${names.join('、')}会面` },
        whose: 'both',
        planStepId: step.id,
        ...(step.on === undefined ? {} : { on: step.on }),
      },
    ]
  })
  return [...milestones, ...meetings].toSorted((a, b) => ((a.on ?? '9') < (b.on ?? '9') ? -1 : 1))
}
